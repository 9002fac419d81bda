"""What is looked for in the register of licences and among applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.measures.permits.forms.applying import offer
from adaldyq.measures.permits.queries.application_words import APPLICATION_WORDS, LICENCE_WORDS
from adaldyq.measures.permits.queries.catalogue import bodies
from adaldyq.measures.permits.queries.licences import Asked


class LicencesForm(forms.Form):
    """Words, body and state."""

    q = forms.CharField(
        label=_("Number, holder or place"), required=False, max_length=200, widget=forms.TextInput({"type": "search"})
    )
    entry = forms.CharField(label=_("Number of the permit in the catalogue"), required=False, max_length=12)
    body = forms.ChoiceField(label=_("Body"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what there is."""
        super().__init__(*args, **options)
        offer(self, "body", [("", str(_("Any"))), *bodies()])
        offer(self, "state", [("", str(_("Any"))), *((code, str(word)) for code, word in LICENCE_WORDS.items())])

    @property
    def asked(self) -> Asked:
        """What is looked for."""
        self.is_valid()
        said = self.cleaned_data
        texts = {name: said.get(name, "") for name in ("body", "state")}
        return Asked(words=said.get("q", ""), entry=said.get("entry", "").strip().upper(), **texts)


class InboxForm(forms.Form):
    """Which applications of one's body are shown."""

    state = forms.ChoiceField(label=_("State"), required=False)
    mine = forms.BooleanField(label=_("Only those drawn for me"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer states."""
        super().__init__(*args, **options)
        offer(self, "state", [("", str(_("Any"))), *((code, str(word)) for code, word in APPLICATION_WORDS.items())])
