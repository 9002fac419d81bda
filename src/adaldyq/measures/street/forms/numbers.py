"""Which numbers are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming


class NumbersForm(forms.Form):
    """Narrows the numbers to a year, a service and a region; what is not offered counts as not said."""

    year = forms.ChoiceField(label=_("Year"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, sent: Any, years: Sequence[int]) -> None:
        """Offer the years that are told, and what the country has."""
        super().__init__(sent)
        offered: dict[str, list[tuple[str, object]]] = {
            "year": [(str(year), str(year)) for year in years],
            "service": [("", _("All services")), *naming.code_titles("street_service").items()],
            "region": [("", _("All regions")), *naming.regions()],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(code, str(name)) for code, name in choices]
        self.years = years

    @property
    def choice(self) -> tuple[int, str, str]:
        """The year, the service and the region; the newest year when none is chosen."""
        self.is_valid()
        said = self.cleaned_data
        return int(said.get("year") or self.years[0]), said.get("service", ""), said.get("region", "")
