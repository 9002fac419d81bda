"""Where a refund goes that did not reach the payer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.payments.forms.desk import words_field


class AgainForm(forms.Form):
    """To which account, and why."""

    form_key = KeyField()
    account = forms.CharField(
        label=_("To another account"),
        help_text=_(
            "Number of the payer’s account, as their letter says it. Leave it empty for the account from which it came."
        ),
        max_length=40,
        required=False,
    )
    words = words_field(_("What shows it"), _("Such as the bank’s message, and the payer’s letter with its day."))

    def __init__(self, data: Any, *, by_bank: bool) -> None:
        """Ask for an account where the money goes back by a transfer."""
        super().__init__(data)
        if not by_bank:
            del self.fields["account"]
