"""Form of an officer who asks for a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField


class AskCaseForm(forms.Form):
    """Which other reports are about the same."""

    form_key = KeyField()
    others = forms.MultipleChoiceField(
        label=_("Which other reports are about the same?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One case for all of them. Leave it empty if it is about this report alone."),
    )

    def __init__(self, data: Any, offered: Sequence[tuple[str, str]]) -> None:
        """Offer reports; without any, nothing is asked."""
        super().__init__(data)
        field = self.fields["others"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = offered
        if not offered:
            del self.fields["others"]
