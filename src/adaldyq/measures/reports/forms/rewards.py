"""Forms of rewards: what an officer proposes, and what a custodian decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.queries.rewards import LONGEST_GROUND

GRANT, REFUSE, RETURN = "grant", "refuse", "return"


class ProposeForm(forms.Form):
    """The class of the offence, whether a reward is given, and on what that rests."""

    form_key = KeyField()
    offence = forms.ChoiceField(label=_("What was established?"), widget=forms.RadioSelect)
    refusal = forms.ChoiceField(label=_("Is a reward given?"), required=False, widget=forms.RadioSelect)
    ground = forms.CharField(
        label=_("On which judgment or decision does it rest?"),
        max_length=LONGEST_GROUND,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Number and date. Write nothing of the report here: the custodian reads it, and no report."),
    )

    def __init__(self, data: Any) -> None:
        """Offer the lists of the pack."""
        super().__init__(data)
        given = ("", _("yes, as the law gives it"))
        for name, listed, first in (("offence", "reward_class", ()), ("refusal", "reward_refusal", (given,))):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                codes = naming.pack().codes[listed]
                field.choices = [*first, *((code, naming.spoken(names, code)) for code, names in codes.items())]


class DecideForm(forms.Form):
    """What a custodian decides."""

    form_key = KeyField()
    step = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, refusal: bool) -> None:
        """Offer what was proposed, or to give it back."""
        super().__init__(data)
        field = self.fields["step"]
        proposed = (
            (REFUSE, _("No reward is given, as proposed.")) if refusal else (GRANT, _("It is granted, as proposed."))
        )
        if isinstance(field, forms.ChoiceField):
            field.choices = [proposed, (RETURN, _("The officers propose anew."))]
