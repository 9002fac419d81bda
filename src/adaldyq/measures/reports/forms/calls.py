"""What an operator of the telephone asks a caller."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from adaldyq.measures.reports.forms.filing import ReportForm
from adaldyq.sealing.phrases import LANGUAGES


class CallForm(ReportForm):
    """The questions of a report but for files, and in which language the caller wants the phrase."""

    language = forms.ChoiceField(
        label=_("In which language does the caller want the phrase?"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for no files, and offer the languages of phrases."""
        super().__init__(*args, **options)
        del self.fields["enclosures"]
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(one, get_language_info(one)["name_local"]) for one in LANGUAGES]
            language.initial = language_of_page()

    def clean_language(self) -> str:
        """The language; that of the page when none was chosen."""
        return str(self.cleaned_data["language"] or language_of_page())


def language_of_page() -> str:
    """The language of the page, if phrases are spelt in it."""
    shown = str(get_language() or "")
    return shown if shown in LANGUAGES else LANGUAGES[0]
