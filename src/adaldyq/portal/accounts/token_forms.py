"""The form by which a token of an institution is issued."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actions.tokens import MOST_REQUESTS, USUAL_REQUESTS
from adaldyq.kernel.models import Body
from adaldyq.kernel.models.tokens import LONGEST_LABEL
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.scopes import TITLES, Scope
from adaldyq.ui.forms import DayField, HintedCheckboxes


class TokenForm(forms.Form):
    """For which institution and program, for what, and how long."""

    body = forms.CharField(
        label=_("Institution"),
        max_length=60,
        help_text=_("Registration number, or the id in the address of the body’s page."),
    )
    label = forms.CharField(
        label=_("Program"), max_length=LONGEST_LABEL, help_text=_("Which program of the institution it is for.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"),
        help_text=_("As little as the program needs."),
        choices=[(one.value, TITLES[one]) for one in Scope],
        widget=HintedCheckboxes(hints={one.value: one.value for one in Scope}),
    )
    expires = DayField(label=_("Last day"), help_text=_("At most a year from now."))
    requests_a_minute = forms.IntegerField(
        label=_("Requests a minute"), min_value=1, max_value=MOST_REQUESTS, initial=USUAL_REQUESTS
    )

    def clean_body(self) -> Body:
        """The body that is named.

        Raises:
            ValidationError: there is none.
        """
        found = lookup.body(self.cleaned_data["body"])
        if found is None:
            raise ValidationError(_("No body has this number or id. Look it up in the register first."), "unknown")
        return found

    def clean_scopes(self) -> list[Scope]:
        """The scopes that were ticked."""
        ticked: list[Any] = self.cleaned_data["scopes"]
        return [Scope(one) for one in ticked]
