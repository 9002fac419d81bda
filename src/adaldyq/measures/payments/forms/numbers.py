"""Of which year numbers are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class NumbersForm(forms.Form):
    """The year."""

    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: Sequence[int], **options: Any) -> None:
        """Offer the years of which there is something to tell."""
        super().__init__(*args, **options)
        self.years = years
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(one), str(one)) for one in years]

    @property
    def chosen(self) -> int:
        """The year; the newest when none of them is asked for."""
        said = self.cleaned_data["year"] if self.is_valid() else ""
        return int(said) if said else self.years[0]
