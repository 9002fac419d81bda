"""Forms of whoever reconciles: a file of statements, and what an entry is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.ui.uploads import UploadField

LARGEST, LONGEST = 150_000_000, 2000
ANOTHER, INVOICE, PAYOUT, REFUND = "another", "invoice:", "payout:", "refund:"
RETURNED, TAKEN, LATE, REPAID = "returned:", "taken:", "late:", "repaid:"


class StatementForm(forms.Form):
    """A file of statements."""

    file = UploadField(label=_("Statement of an account"), kinds=("xml", "sta", "940", "mt940", "txt"), largest=LARGEST)


class CloseForm(forms.Form):
    """The day of an account is closed; there is nothing to say but that."""

    form_key = KeyField()


class TakeBackForm(forms.Form):
    """Why an explanation was wrong."""

    form_key = KeyField()
    words = forms.CharField(
        label=_("Why was it wrong?"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write why. Auditors read that.")},
    )


class EntryForm(forms.Form):
    """What an entry is, and why."""

    form_key = KeyField()
    verdict = forms.ChoiceField(
        label=_("What is this money?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this money is.")},
    )
    number = forms.CharField(label=_("Number or reference of another invoice"), max_length=60, required=False)
    cash = forms.BooleanField(label=_("It was paid in cash at a bank, as the statement says"), required=False)
    words = forms.CharField(
        label=_("What shows it"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write what shows it. Auditors read that.")},
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer what the entry may be."""
        super().__init__(*args, **options)
        field = self.fields["verdict"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(offered)

    def clean(self) -> dict[str, Any]:
        """Another invoice is named."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("verdict") == ANOTHER and not said.get("number"):
            self.add_error("number", _("Write the number of the invoice, or its reference, which begins with RF."))
        return said
