"""Forms of a correction request and of its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actions.corrections import LONGEST_TEXT, LONGEST_VALUE, Claim
from adaldyq.kernel.registry import Register
from adaldyq.kernel.uploads.purposes import CORRECTION
from adaldyq.portal.registers.words import KINDS
from adaldyq.ui.uploads import UploadField

MOST_FILES = 5
DAYS = ("%d.%m.%Y", "%Y-%m-%d")


class ClaimForm(forms.Form):
    """What is wrong, what it should be, and what shows it."""

    field = forms.ChoiceField(
        label=_("What is wrong"), error_messages={"invalid_choice": _("“%(value)s” is not one of the choices.")}
    )
    value = forms.CharField(
        label=_("What it should be"),
        max_length=LONGEST_VALUE,
        required=False,
        help_text=_("Days as 27.03.2024. Leave it empty when nothing should stand there."),
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Name the document, its number, and who issued it."),
    )

    papers = UploadField(
        label=_("Files that show it"),
        kinds=CORRECTION.kinds,
        largest=CORRECTION.largest,
        most=MOST_FILES,
        required=False,
    )

    def __init__(self, data: Any, files: Any, register: Register) -> None:
        """Offer the fields of the register."""
        super().__init__(data, files)
        columns = register.records._meta.concrete_fields
        self.days = {one.attname for one in columns if isinstance(one, models.DateField)}
        self.kinds = KINDS.get(register.name, {})
        self.fields["field"] = forms.ChoiceField(
            label=_("What is wrong"),
            choices=[("", _("choose")), *register.correctable.items()],
            error_messages={"invalid_choice": _("“%(value)s” is not one of the choices.")},
        )
        self.order_fields(["field", "value", "evidence", "papers"])

    def clean_value(self) -> str:
        """What was typed; a day, and a kind that was written in words, as the register keeps it.

        Raises:
            ValidationError: it is to be a day and is none.
        """
        typed: str = self.cleaned_data["value"].strip()
        field = str(self.cleaned_data.get("field", ""))
        if typed and field in self.days:
            wrong = {"invalid": _("“%(value)s” is not a day. Write it as 27.03.2024.") % {"value": typed}}
            return str(forms.DateField(input_formats=DAYS, error_messages=wrong).to_python(typed))
        if field == "kind":
            return next(
                (code for code, title in self.kinds.items() if typed.casefold() == str(title).casefold()), typed
            )
        return typed

    def claim(self, register: Register, record_id: str) -> Claim:
        """What was typed, as what is asked."""
        data = self.cleaned_data
        return Claim(register.name, record_id, data["field"], data["value"], data["evidence"])


class GroundForm(forms.Form):
    """The words of a decision or an appeal."""

    ground = forms.CharField(
        label=_("Ground"), max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 5}), required=False
    )
