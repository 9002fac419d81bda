"""What officers and reviewers say in a review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.permits.domain.deciding import (
    ABOLISH,
    ENDING,
    EXCLUDE,
    KEEP,
    LONGEST_WORDS,
    MOVE,
    SIMPLIFY,
    Decision,
    Lighter,
    Reference,
)
from adaldyq.measures.permits.domain.terms import LONGEST_NAME, LONGEST_REFERENCE, Burden
from adaldyq.measures.permits.queries.catalogue import bodies
from adaldyq.measures.permits.queries.words import KIND_WORDS
from adaldyq.ui.forms import DayField, MoneyField

SHORT = {"class": "govuk-input--width-5", "inputmode": "decimal"}
YES, NO = "yes", "no"
AFTER = ("days_after", "fee_after", "hours_after", "costs_after")


def words_field(label: Any, hint: Any = "") -> forms.CharField:
    """A box for reasons."""
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_WORDS, widget=forms.Textarea({"rows": 5}))


class ActForm(forms.Form):
    """An act that can be looked up."""

    form_key = KeyField()
    act_title = forms.CharField(label=_("Name of the act"), max_length=LONGEST_NAME)
    act_number = forms.CharField(label=_("Number of the act"), max_length=LONGEST_REFERENCE)
    act_date = DayField(label=_("Day of the act"))

    @property
    def reference(self) -> Reference:
        """The act of a form that is valid."""
        said = self.cleaned_data
        return Reference(said["act_title"].strip(), said["act_number"].strip(), said["act_date"])


class RoundForm(ActForm):
    """Which permits are reviewed, by which act, and until when bodies justify them."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    until = DayField(label=_("Last day to justify"))
    field_order = ("body", "sector", "kind", "until", "act_title", "act_number", "act_date")

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what the catalogue has."""
        super().__init__(*args, **options)
        offered = {
            "body": bodies(),
            "sector": naming.code_titles("permit_sector").items(),
            "kind": KIND_WORDS.items(),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", str(_("All"))), *((code, str(word)) for code, word in choices)]


class JustifyForm(forms.Form):
    """Why the body needs it."""

    form_key = KeyField()
    words = words_field(
        _("Why it is needed"),
        _("Which harm it prevents, how often that happened, and why a notification or an inspection would not do."),
    )


class JudgeForm(forms.Form):
    """Yes or no, and why."""

    form_key = KeyField()
    answer = forms.ChoiceField(widget=forms.RadioSelect, choices=[(YES, _("Yes")), (NO, _("No"))])
    words = words_field(_("Why"))

    def __init__(self, *args: Any, question: object, **options: Any) -> None:
        """Ask a question."""
        super().__init__(*args, **options)
        self.fields["answer"].label = str(question)

    @property
    def yes(self) -> bool:
        """Whether it was answered yes."""
        return bool(self.cleaned_data["answer"] == YES)


class BurdenForm(forms.Form):
    """What one application costs, and how many there are."""

    form_key = KeyField()
    hours = forms.DecimalField(
        label=_("Hours of work that one application takes"), min_value=0, widget=forms.TextInput(SHORT)
    )
    costs = MoneyField(label=_("What else is paid for one application, beside the fee"))
    applications = forms.IntegerField(label=_("Applications in a year"), min_value=0, widget=forms.TextInput(SHORT))
    days = forms.IntegerField(
        label=_("Working days in which the body decides"), min_value=0, widget=forms.TextInput(SHORT)
    )
    words = words_field(_("How it was counted"), _("Whom you asked, how many, and when."))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Say which currency it is."""
        super().__init__(*args, **options)
        in_currency(self.fields["costs"])

    @property
    def burden(self) -> Burden:
        """The burden of a form that is valid."""
        said = self.cleaned_data
        return Burden(said["hours"], said["costs"], said["applications"])


OUTCOMES_OFFERED: Mapping[str, Any] = {
    KEEP: _("It is kept as it is"),
    SIMPLIFY: _("It is kept and simplified"),
    MOVE: _("It becomes a notification"),
    ABOLISH: _("It is abolished"),
    EXCLUDE: _("It is taken out, since it is no permit"),
}


class DecideForm(ActForm):
    """What becomes of it, by which act, since when, and why."""

    outcome = forms.ChoiceField(
        label=_("What becomes of it?"), widget=forms.RadioSelect, choices=list(OUTCOMES_OFFERED.items())
    )
    days_after = forms.IntegerField(
        label=_("Working days, after it is simplified"), required=False, min_value=0, widget=forms.TextInput(SHORT)
    )
    fee_after = forms.DecimalField(
        label=_("Fee after it is simplified, in the unit of fees"), required=False, min_value=0,
        widget=forms.TextInput(SHORT),
    )  # fmt: skip
    hours_after = forms.DecimalField(
        label=_("Hours of one application, after it is simplified"), required=False, min_value=0,
        widget=forms.TextInput(SHORT),
    )  # fmt: skip
    costs_after = MoneyField(label=_("What else is paid, after it is simplified"), required=False)
    since = DayField(label=_("First day on which the decision holds"))
    reasons = words_field(_("Reasons"))
    field_order = ("outcome", *AFTER, "act_title", "act_number", "act_date", "since", "reasons")

    def __init__(self, *args: Any, ends: bool = False, **options: Any) -> None:
        """Offer what may be decided.

        Args:
            ends: whether it may only be abolished or taken out now.
        """
        super().__init__(*args, **options)
        in_currency(self.fields["costs_after"])
        field = self.fields["outcome"]
        if ends and isinstance(field, forms.ChoiceField):
            field.choices = [(code, word) for code, word in OUTCOMES_OFFERED.items() if code in ENDING]
            for name in AFTER:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What is simplified says how."""
        said = super().clean() or self.cleaned_data
        if said.get("outcome") in {SIMPLIFY, MOVE}:
            for name in AFTER:
                if said.get(name) is None and name not in self.errors:
                    self.add_error(name, forms.ValidationError(_("Say what it asks for then."), code="required"))
        return said

    @property
    def decision(self) -> Decision:
        """The decision of a form that is valid."""
        said = self.cleaned_data
        lighter = None
        if said["outcome"] in {SIMPLIFY, MOVE}:
            lighter = Lighter(said["days_after"], said["fee_after"], said["hours_after"], said["costs_after"])
        return Decision(said["outcome"], self.reference, said["reasons"], said["since"], lighter)


def in_currency(field: forms.Field) -> None:
    """Let a field of money say the country's currency."""
    if isinstance(field, MoneyField):
        field.currency, field.suffix = naming.pack().currency, naming.pack().money.sign
