"""Forms that narrow lists and choose a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.ui.forms import DayField

LONGEST_SEARCH = 100


class DayForm(forms.Form):
    """Which day a page is about; without an answer, today."""

    on = DayField(label=_("As it was on"), required=False, help_text=_("For example, 27 3 2024"))

    def __init__(self, data: Any, today: date) -> None:
        """Bind the form when the address asks for a day.

        Args:
            today: the country's.
        """
        asked = any(data.get(f"on_{part}") for part in ("day", "month", "year"))
        super().__init__(data if asked else None, initial={"on": today})
        self.today = today

    def chosen(self) -> date:
        """The day asked for, or today when none or no such day was."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["on"] or self.today
        return self.today


class BodySearch(forms.Form):
    """Which bodies to list."""

    q = forms.CharField(label=_("Name or number of a body"), required=False, max_length=LONGEST_SEARCH)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, data: Any) -> None:
        """Offer the levels of the country pack."""
        super().__init__(data)
        levels = naming.pack().codes.get("body_level", {})
        self.fields["level"] = forms.ChoiceField(
            label=_("Level"),
            required=False,
            choices=[("", _("all levels")), *((key, naming.spoken(names, key)) for key, names in levels.items())],
            error_messages={"invalid_choice": _("“%(value)s” is not one of the choices.")},
        )

    def asked(self) -> dict[str, str]:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("q", "level")}


class Search(forms.Form):
    """One box that searches."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST_SEARCH,
        error_messages={"max_length": _("Search for at most %(limit_value)s characters.")},
    )

    def asked(self) -> str:
        """What was asked for, as far as it makes sense."""
        self.is_valid()
        return str(self.cleaned_data.get("q", "")).strip()
