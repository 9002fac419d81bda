"""What is decided about many people at once, and about whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from adaldyq.base.errors import DomainError
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.actions.relief_list import Relief
from adaldyq.measures.declarations.forms.choices import Choices
from adaldyq.ui.forms import DayField

WHAT = (
    ("extend", gettext_lazy("Put off the last day to file")),
    ("exempt", gettext_lazy("Exempt from filing")),
)
LONGEST_LIST = 20_000


class ReliefForm(forms.Form):
    """Put off or exempt, for which year, whom, until when and why."""

    form_key = KeyField()
    what = forms.ChoiceField(
        label=gettext_lazy("What you decide"),
        choices=WHAT,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide.")},
    )
    year = forms.ChoiceField(label=gettext_lazy("Year declared"))
    body = forms.ChoiceField(
        label=gettext_lazy("Everybody of this body who has filed nothing"),
        required=False,
    )
    people = forms.CharField(
        label=gettext_lazy("Numbers or ids of people"),
        help_text=gettext_lazy("One a line, or with commas between them; up to 500 people with those of the body."),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 6}),
    )
    due = DayField(
        label=gettext_lazy("New last day to file"),
        required=False,
        help_text=gettext_lazy("Only when you put it off."),
    )
    words = forms.CharField(
        label=gettext_lazy("Reason, or ground of the law"),
        help_text=gettext_lazy("The same for all of them. Each person reads it."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write the reason, or the ground of the law.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, bodies: Choices, years: Sequence[int]) -> None:
        """Offer the bodies whose declarations the viewer keeps, and the years for which their people must file."""
        over = next((year for year in years if year < timezone.localdate().year), None)
        super().__init__(data, initial={"year": str(over or "")})
        self.offer("body", [("", gettext("No body, only those of the list")), *bodies])
        self.offer("year", [(str(year), str(year)) for year in years])

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a select its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """An extension needs its day, and somebody must be meant."""
        given = super().clean() or self.cleaned_data
        if given.get("what") == "extend" and not given.get("due") and "due" not in self.errors:
            self.add_error("due", gettext("Write the new last day to file."))
        if not given.get("body") and not given.get("people", "").strip() and "people" not in self.errors:
            self.add_error("people", sentence(DomainError("list-empty", year=given.get("year", ""))))
        return given

    def relief(self) -> Relief:
        """What is decided."""
        given = self.cleaned_data
        due = given["due"] if given["what"] == "extend" else None
        return Relief(given["what"], int(given["year"]), due, given["words"].strip(), given["body"], given["people"])
