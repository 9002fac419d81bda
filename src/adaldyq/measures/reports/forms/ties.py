"""Form of an officer who ties reports that are about the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.queries.ties import DUPLICATE, REASONS

APART = "apart"
KIND_WORDS = (
    (DUPLICATE, _("One repeats the other. The later one goes to the officer of the earlier.")),
    ("related", _("They are related. Each stays with its officer.")),
    (APART, _("They are not about the same after all.")),
)


class TieForm(forms.Form):
    """Which other report, how, and on what it rests."""

    form_key = KeyField()
    other = forms.ChoiceField(label=_("Which other report?"), required=False, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Or its number"),
        max_length=40,
        required=False,
        help_text=_("Of a report that you found by its words, above or on your own computer: adaldyq reports alike"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    kind = forms.ChoiceField(label=_("How do they belong together?"), choices=KIND_WORDS, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("On what does it rest?"), choices=list(REASONS.items()), required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any, offered: Sequence[tuple[str, str]]) -> None:
        """Offer reports with facts in common, and those that are tied already."""
        super().__init__(data)
        field = self.fields["other"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered
        if not offered:
            del self.fields["other"]

    def clean(self) -> dict[str, Any]:
        """One report, and a reason unless they are not about the same.

        Raises:
            ValidationError: it is missing.
        """
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("other") and not cleaned.get("number", "").strip():
            self.add_error("number", ValidationError(_("Choose a report, or type its number."), code="empty"))
        if not self.errors and cleaned["kind"] != APART and not cleaned["reason"]:
            self.add_error("reason", ValidationError(_("Choose on what it rests."), code="empty"))
        return cleaned
