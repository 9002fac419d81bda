"""Forms of receiving officers."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.filing import LARGEST_MESSAGE
from adaldyq.measures.reports.actions.keys import LARGEST_LOCKED
from adaldyq.measures.reports.forms.filing import LONGEST, attributes_of_text, checked_quietly
from adaldyq.measures.reports.models import ReceivingUnit
from adaldyq.measures.reports.models.reports import OUTCOMES
from adaldyq.measures.reports.queries.words import OUTCOME_WORDS, STATES
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, RECEIVED, SET_ASIDE
from adaldyq.sealing import lockers

LONGEST_RECIPIENT = 80
MOST_SEALED = LARGEST_MESSAGE * 4 // 3 + 4  # in base64
ACKNOWLEDGE, ANSWER, CLOSE, ASSIGN = "acknowledge", "answer", "close", "assign"


class InboxForm(forms.Form):
    """Narrows the list."""

    state = forms.ChoiceField(label=_("State"), required=False)
    mine = forms.BooleanField(label=_("Only those that I answer for"), required=False)
    unread = forms.BooleanField(label=_("Only those whose reporter wrote last"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the states."""
        super().__init__(*args, **options)
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                ("", "—"),
                *((one, STATES[one].word) for one in (RECEIVED, SET_ASIDE, ACKNOWLEDGED, CLOSED)),
            ]


class LetterForm(forms.Form):
    """What an officer writes to the reporter: in the open, or sealed by the script of the page."""

    form_key = KeyField()
    sealed = forms.CharField(required=False, max_length=MOST_SEALED, widget=forms.HiddenInput)
    sealed_to = forms.CharField(required=False, max_length=LONGEST_RECIPIENT, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("To the reporter"),
        max_length=LONGEST,
        widget=forms.Textarea({**attributes_of_text(LONGEST), "rows": 6}),
        validators=[checked_quietly],
        help_text=_("It is sealed, so that only the reporter and the officers of the report can open it."),
    )

    def clean_sealed(self) -> bytes:
        """The envelope; empty when the text comes in the open.

        Raises:
            ValidationError: it is none.
        """
        try:
            return base64.b64decode(self.cleaned_data["sealed"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(sentence(DomainError("envelope-damaged")), code="damaged") from None

    def clean(self) -> dict[str, Any]:
        """What was sealed needs no text beside it."""
        if self.cleaned_data.get("sealed"):
            self.errors.pop("text", None)
        return super().clean() or self.cleaned_data


class CloseForm(LetterForm):
    """What an officer writes at the end, and what came of it."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=[(one, OUTCOME_WORDS[one]) for one in OUTCOMES], widget=forms.RadioSelect
    )


class AssignForm(forms.Form):
    """Who answers for a report."""

    form_key = KeyField()
    to = forms.ChoiceField(label=_("Officer"))

    def __init__(self, data: Any, officers: Sequence[tuple[str, str]]) -> None:
        """Offer the officers who may read it."""
        super().__init__(data)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = officers


class KeyForm(forms.Form):
    """The public half of an officer's key."""

    form_key = KeyField()
    unit = forms.ChoiceField(label=_("For which body"))
    locked = forms.CharField(required=False, max_length=LARGEST_LOCKED, strip=False, widget=forms.HiddenInput)
    public = forms.CharField(
        label=_("Public key"),
        max_length=200,
        help_text=_("It begins with age1. Make the pair on your own computer: adaldyq reports new-key"),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: Any, units: Sequence[tuple[ReceivingUnit, str]]) -> None:
        """Offer the bodies that the officer receives for."""
        super().__init__(data)
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(unit.pk, name) for unit, name in units]

    def clean_locked(self) -> str:
        """The locked secret half, with the line ends that it had before the browser sent it.

        Raises:
            ValidationError: it is not locked.
        """
        text = str(self.cleaned_data["locked"]).replace("\r\n", "\n")
        if text and not text.startswith(lockers.BEGINS):
            raise ValidationError(sentence(DomainError("envelope-damaged")), code="damaged")
        return text
