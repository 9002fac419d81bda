"""Forms of the desk: how one is told, and the confirmation of an address."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.models.notifications import EMAIL, SMS
from adaldyq.kernel.uploads.purposes import EVIDENCE
from adaldyq.ui.uploads import UploadField

E164 = re.compile(r"\+[1-9]\d{6,14}")
BETWEEN_DIGITS = str.maketrans("", "", " -()\u00a0")


class ChoiceForm(forms.Form):
    """Language of messages and ways in which they come."""

    language = forms.ChoiceField(label=_("Language of messages"), widget=forms.RadioSelect)
    email_wanted = forms.BooleanField(label=_("Tell me by e-mail"), required=False)
    sms_wanted = forms.BooleanField(label=_("Tell me by SMS"), required=False)

    def __init__(self, *args: Any, channels: tuple[str, ...], **options: Any) -> None:
        """Offer the languages of the pages, and only ways that this installation has."""
        super().__init__(*args, **options)
        self.fields["language"].choices = settings.LANGUAGES  # type: ignore[attr-defined]  # it is a field of choices
        for channel in {EMAIL, SMS} - set(channels):
            del self.fields[f"{channel}_wanted"]


class EmailForm(forms.Form):
    """An e-mail address to confirm."""

    address = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
    )


class PhoneForm(forms.Form):
    """A telephone number to confirm."""

    address = forms.CharField(
        label=_("Telephone number"),
        help_text=_("With the code of the country, for example +7 701 000 00 00."),
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={
            "required": _("Write your telephone number."),
            "max_length": _("A telephone number has at most 15 digits."),
        },
    )

    def clean_address(self) -> str:
        """The number in the form of E.164."""
        number = str(self.cleaned_data["address"]).translate(BETWEEN_DIGITS)
        if not E164.fullmatch(number):
            raise ValidationError(_("Write the number with a plus and the code of the country: +7 701 000 00 00."))
        return number


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Six digits from the message."),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the code."), "max_length": _("The code has six digits.")},
    )


ADDRESS_FORMS: dict[str, type[forms.Form]] = {EMAIL: EmailForm, SMS: PhoneForm}


class FileForm(forms.Form):
    """A file to hand in."""

    file = UploadField(label=_("File"), kinds=EVIDENCE.kinds, largest=EVIDENCE.largest)

    def content(self) -> tuple[str, bytes]:
        """Name and content of the file."""
        sent = self.cleaned_data["file"][0]
        return str(sent.name), bytes(sent.read())


class CheckForm(forms.Form):
    """Number and code of a document."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=40,
        error_messages={
            "required": _("Write the number that stands on the document."),
            "max_length": _("A number has at most %(limit_value)s characters."),
        },
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("It stands beside the QR code."),
        max_length=20,
        error_messages={
            "required": _("Write the code that stands beside the QR code."),
            "max_length": _("A code has at most %(limit_value)s characters."),
        },
    )


class CheckFileForm(forms.Form):
    """A document as a file."""

    file = UploadField(label=_("The document as a file"), kinds=("pdf",), largest=EVIDENCE.largest)

    def content(self) -> bytes:
        """The content of the file."""
        return bytes(self.cleaned_data["file"][0].read())


class WithdrawForm(forms.Form):
    """A document to withdraw, and why."""

    number = forms.CharField(
        label=_("Number of the document"),
        max_length=40,
        error_messages={
            "required": _("Write the number that stands on the document."),
            "max_length": _("A number has at most %(limit_value)s characters."),
        },
    )
    ground = forms.CharField(
        label=_("Ground"),
        help_text=_("Everybody who checks the document reads it. Name no person."),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": _("Write why the document is withdrawn."),
            "max_length": _("Keep the ground to %(limit_value)s characters."),
        },
    )
