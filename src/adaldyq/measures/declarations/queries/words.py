"""Codes of declarations as words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from adaldyq.kernel import naming
from adaldyq.kernel.country_names import country_name
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.obligations import REASONS
from adaldyq.measures.declarations.domain.sections import FORMS


def form_name(form: str) -> str:
    """What a form is called."""
    return gettext(FORMS[form]) if form in FORMS else form


def reason(code: str) -> str:
    """Why somebody must file; what a source says of it stays as it is."""
    return gettext(code) if code in REASONS.values() else code


def code_word(section: str, column: str, value: object) -> object:
    """The word for a code; values that no list knows stay as they are."""
    if not isinstance(value, str) or not value:
        return value
    if column == "country":
        return country_name(value)
    if column == "territory_id":
        return naming.place_name(value)
    word = words_of(section, column).get(value)
    return gettext(word) if word else value


def in_words(section: str, row: Mapping[str, object], columns: Iterable[str]) -> dict[str, object]:
    """A row with its codes as words."""
    return {name: code_word(section, name, row[name]) for name in columns}
