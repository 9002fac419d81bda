"""Forms by which a report's key comes to other readers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.adapters.rewraps import LARGEST
from adaldyq.measures.reports.forms.office import LetterForm

REASONS = (
    ("competence", _("It is for that body to look into.")),
    ("conflict", _("Our own office may be biased.")),
    ("overdue", _("We have let a term pass.")),
)


class AnswerField(forms.FileField):
    """The file that `adaldyq reports rewrap` wrote; cleaned, its text."""

    def __init__(self) -> None:
        """Ask for it."""
        super().__init__(
            label=_("File with the keys sealed anew"),
            help_text=_("It is what adaldyq reports rewrap wrote on your computer."),
        )

    def clean(self, data: Any, initial: Any = None) -> str:
        """The text of the file; empty when none was chosen.

        Raises:
            ValidationError: it is too large or no text.
        """
        sent: UploadedFile[Any] | None = super().clean(data, initial)
        if sent is None:
            return ""
        if (sent.size or 0) > LARGEST:
            raise ValidationError(
                _("This is not a file of keys sealed anew. Choose what adaldyq reports rewrap wrote.")
            )
        try:
            return str(sent.read().decode())
        except UnicodeDecodeError:
            raise ValidationError(
                _("This is not a file of keys sealed anew. Choose what adaldyq reports rewrap wrote.")
            ) from None


class MadeHere(forms.HiddenInput):
    """What the script of a page made of a key; a form that is refused does not bring it back, since it is made anew."""

    def format_value(self, value: Any) -> str | None:
        """Nothing."""
        return None


class RewrapForm(forms.Form):
    """Keys of reports, sealed anew."""

    form_key = KeyField()
    file = AnswerField()


class ReferForm(LetterForm):
    """To which body, why, the key sealed to its officers by the script of the page or in a file, and what the reporter is told."""

    to = forms.ChoiceField(label=_("To which body?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why?"), choices=REASONS, widget=forms.RadioSelect)
    resealed = forms.CharField(required=False, widget=MadeHere)
    file = AnswerField()
    field_order = ("to", "reason", "resealed", "file", "text")

    def __init__(self, data: Any, files: Any, units: Sequence[tuple[str, str]]) -> None:
        """Offer the bodies that it may go to."""
        super().__init__(data, files)
        field = self.fields["to"]
        if isinstance(field, forms.ChoiceField):
            field.choices = units
        if data and (data.get("resealed") or not data.get("to")):  # to whom the script seals is not chosen yet
            self.fields["file"].required = False

    def clean_file(self) -> str:
        """The key sealed anew, from wherever it comes."""
        return str(self.cleaned_data["file"] or self.cleaned_data.get("resealed", ""))


class BarForm(forms.Form):
    """Whom a report names, and its key, sealed by the script of the page to those who still read it."""

    form_key = KeyField()
    resealed = forms.CharField(required=False, widget=MadeHere)
    whom = forms.ChoiceField(
        label=_("Who must not see it?"),
        help_text=_("Officers of your office, and the other bodies that receive reports."),
    )

    def __init__(self, data: Any, offered: Sequence[tuple[str, str]]) -> None:
        """Offer officers and units."""
        super().__init__(data)
        field = self.fields["whom"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered
