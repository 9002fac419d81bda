"""The form that takes a receipt."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import MOST_CHARACTERS

MOST_WITNESSES = 50


class CheckForm(forms.Form):
    """A receipt, pasted or as a file, and keys that the visitor trusts."""

    text = forms.CharField(
        required=False,
        strip=True,
        label=_("The receipt as text"),
        help_text=_("Open the file in any program, copy all of it, and paste it here."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("Or the file of the receipt"),
        help_text=_("A file that ends in .json. It is checked and not kept."),
    )
    key = forms.CharField(
        required=False,
        label=_("A key that you trust"),
        help_text=_("Such as the one printed in a newspaper. Left empty, the keys of this ledger are taken."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )

    witnesses = forms.CharField(
        required=False,
        label=_("Keys of witnesses that you trust"),
        help_text=_("One on each line. Left empty, the witnesses of this ledger are taken."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_witnesses(self) -> list[CosignerKey]:
        """The keys, none when nothing was given."""
        lines = [line.strip() for line in self.cleaned_data["witnesses"].splitlines() if line.strip()]
        if len(lines) > MOST_WITNESSES:
            raise forms.ValidationError(
                _("These are too many keys. Give at most %(limit)s.") % {"limit": MOST_WITNESSES}
            )
        try:
            return [CosignerKey.parse(line) for line in lines]
        except DomainError:
            raise forms.ValidationError(
                _("This is not a key of a witness. It looks like NAME+8 hexadecimal digits+base64, one on each line.")
            ) from None

    def clean_key(self) -> VerifierKey | None:
        """The key, or None."""
        text = self.cleaned_data["key"]
        if not text:
            return None
        try:
            return VerifierKey.parse(text)
        except DomainError:
            raise forms.ValidationError(
                _("This is not a key. It looks like NAME+8 hexadecimal digits+base64.")
            ) from None

    def clean(self) -> dict[str, Any]:
        """Exactly one receipt of a sensible length."""
        found = super().clean() or self.cleaned_data
        text, file = found.get("text"), found.get("file")
        if text and file:
            self.add_error("text", _("Give the receipt once: as text or as a file."))
        elif not text and file is None and "file" not in self.errors:
            self.add_error("text", _("Paste the receipt, or choose its file."))
        elif max(len(text or ""), file.size if isinstance(file, UploadedFile) and file.size else 0) > MOST_CHARACTERS:
            self.add_error("file" if file else "text", _("This is too long to be a receipt."))
        return found

    def receipt(self) -> str:
        """The text of the receipt; what is no text in UTF-8 gets signs that make no receipt."""
        file = self.cleaned_data.get("file")
        data: bytes = file.read() if file else b""
        return str(self.cleaned_data["text"] or data.decode("utf-8", errors="replace"))
