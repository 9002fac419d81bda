"""The field by which files are sent: how many, of which kinds, how large.

It looks at names and sizes, so that a form can come back at once. What a file really holds is looked at by
who keeps it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from adaldyq.ui.formats.values import size

LARGEST = 10_000_000  # bytes


class FilesInput(forms.ClearableFileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """Files of certain kinds up to a size; cleaned, it is always a list, empty when nothing was sent.

    Args:
        kinds: endings of names without the dot, such as `("pdf", "jpg")`; the first ones are said in the hint.
        largest: bytes of one file.
        most: files of one form.

    Raises:
        ValidationError: too many files, or one is empty, too large or of another kind; the sentence names it.
    """

    default_error_messages = {
        "too_many": _("Choose at most %(most)s files."),
        "too_large": _("“%(name)s” is larger than %(largest)s."),
        "kind": _("“%(name)s” is not of a kind that is accepted: %(kinds)s."),
        "empty_file": _("“%(name)s” is empty."),
    }

    def __init__(self, *, kinds: Sequence[str], largest: int = LARGEST, most: int = 1, **options: Any) -> None:
        options.setdefault("widget", FilesInput if most > 1 else forms.FileInput)
        options.setdefault("help_text", lazy(self.limits, str)())
        self.kinds, self.largest, self.most = tuple(kind.lower() for kind in kinds), largest, most
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What the browser's own dialog offers."""
        return {**super().widget_attrs(widget), "accept": ",".join(f".{kind}" for kind in self.kinds)}

    @property
    def written_kinds(self) -> str:
        """The kinds as people write them."""
        return ", ".join(kind.upper() for kind in self.kinds)

    def limits(self) -> str:
        """What may be sent, as the hint says it."""
        words = {"kinds": self.written_kinds, "largest": size(self.largest), "most": self.most}
        if self.most > 1:
            return str(_("%(kinds)s; up to %(most)s files, each up to %(largest)s.") % words)
        return str(_("%(kinds)s; up to %(largest)s.") % words)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files that were sent."""
        sent = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not sent:
            if self.required and not initial:
                raise ValidationError(self.error_messages["required"], "required")
            return []
        if len(sent) > self.most:
            raise ValidationError(self.error_messages["too_many"], "too_many", {"most": self.most})
        wrong = [error for file in sent for error in self.errors_of(file)]
        if wrong:
            raise ValidationError(wrong)
        return sent

    def errors_of(self, file: UploadedFile[Any]) -> list[ValidationError]:
        """What is wrong with one file."""
        words = {"name": file.name, "largest": size(self.largest), "kinds": self.written_kinds}
        ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
        codes = [
            code
            for code, wrong in (
                ("kind", ending not in self.kinds),
                ("empty_file", not file.size),
                ("too_large", (file.size or 0) > self.largest),
            )
            if wrong
        ]
        return [ValidationError(self.error_messages[code], code, words) for code in codes]
