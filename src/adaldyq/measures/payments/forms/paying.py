"""How a payer wants to pay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.payments.queries.providers import SEPARATOR, ways


class PayForm(forms.Form):
    """Which way to pay is chosen."""

    form_key = KeyField()
    method = forms.ChoiceField(label=_("How do you want to pay?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the ways that there are."""
        super().__init__(*args, **options)
        field = self.fields["method"]
        if isinstance(field, forms.ChoiceField):
            field.choices = ways()

    @property
    def chosen(self) -> tuple[str, str]:
        """Code of the provider, and the way."""
        provider, _colon, method = self.cleaned_data["method"].partition(SEPARATOR)
        return provider, method
