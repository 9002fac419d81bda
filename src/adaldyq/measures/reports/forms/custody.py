"""Form by which a custodian says why a name is opened."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.models.identities import LONGEST_BASIS, REASONS


class OpenNameForm(forms.Form):
    """For what a name is opened, and on what it rests."""

    form_key = KeyField()
    reason = forms.ChoiceField(label=_("Why?"), choices=list(REASONS.items()), widget=forms.RadioSelect)
    basis = forms.CharField(
        label=_("On which decision or request does it rest?"),
        max_length=LONGEST_BASIS,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_(
            "Number and date, or who asked. Write nothing of the report here. The line in the ledger commits to it."
        ),
    )
