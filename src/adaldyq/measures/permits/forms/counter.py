"""Which part of the counter is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.measures.permits.queries.catalogue import bodies
from adaldyq.measures.permits.statistics import Part


class CounterForm(forms.Form):
    """Narrows the counter to a body and a sector; what is not offered counts as not said."""

    body = forms.ChoiceField(label=_("Body"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)

    def __init__(self, sent: Any) -> None:
        """Offer what the catalogue has."""
        super().__init__(sent)
        for name, choices in (("body", bodies()), ("sector", naming.code_titles("permit_sector").items())):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", str(_("All"))), *choices]

    @property
    def part(self) -> Part:
        """What is counted."""
        self.is_valid()
        return Part(self.cleaned_data.get("body", ""), self.cleaned_data.get("sector", ""))
