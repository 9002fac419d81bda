"""Form of an officer who needs more time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.measures.reports.forms.office import LetterForm


class DelayForm(LetterForm):
    """Why what was done is told later, and what the reporter is told now."""

    reason = forms.ChoiceField(label=_("Why is more time needed?"), widget=forms.RadioSelect)
    field_order = ("reason", "text")

    def __init__(self, data: Any) -> None:
        """Offer the reasons of the pack."""
        super().__init__(data)
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            listed = naming.pack().codes["report_delay"]
            field.choices = [(code, naming.spoken(names, code)) for code, names in listed.items()]
