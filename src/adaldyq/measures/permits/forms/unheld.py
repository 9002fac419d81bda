"""What the head of a body says about an application that no officer of it may have."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.permits.forms.applying import Choices, offer
from adaldyq.measures.permits.forms.handling import text


class LendForm(forms.Form):
    """Officers of which body are drawn, and why."""

    form_key = KeyField()
    body = forms.ChoiceField(
        label=_("Officers of which body are drawn?"),
        help_text=_("The next hour draws among those of them who gain nothing from it."),
    )

    def __init__(self, data: Any, *, offered: Choices) -> None:
        """Offer bodies with officers."""
        super().__init__(data)
        offer(self, "body", [("", gettext("Choose a body")), *offered])
        self.fields["words"] = text(gettext("Why this body"), gettext("The applicant and auditors read it."))
