"""Which entries of the catalogue are shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.measures.permits.queries.catalogue import Asked, bodies
from adaldyq.measures.permits.queries.words import KIND_WORDS

LONGEST = 200


class CatalogueForm(forms.Form):
    """Narrows the catalogue; what is not offered counts as not said."""

    q = forms.CharField(label=_("Words"), required=False, max_length=LONGEST)
    activity = forms.CharField(
        label=_("Code of the activity"),
        required=False,
        max_length=20,
        help_text=_("As in the classifier of activities, or its beginning: 56 or 56.10."),
        widget=forms.TextInput({"class": "govuk-input--width-10", "inputmode": "decimal"}),
    )
    life_event = forms.ChoiceField(label=_("What you are about to do"), required=False)
    body = forms.ChoiceField(label=_("Body"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    ended = forms.BooleanField(label=_("Show those that have ended too"), required=False)

    def __init__(self, sent: Any) -> None:
        """Offer what the country has."""
        super().__init__(sent)
        anything: tuple[str, object] = ("", _("All"))
        offered = {
            "life_event": naming.code_titles("life_event").items(),
            "body": bodies(),
            "sector": naming.code_titles("permit_sector").items(),
            "kind": KIND_WORDS.items(),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(code, str(word)) for code, word in (anything, *choices)]

    @property
    def asked(self) -> Asked:
        """What is looked for."""
        self.is_valid()
        said = self.cleaned_data
        texts = {name: said.get(name, "") for name in ("activity", "life_event", "body", "sector", "kind")}
        return Asked(words=said.get("q", ""), ended=said.get("ended", False), **texts)
