"""Codes of declarations as words in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext, ngettext

from adaldyq.base.words import gettext_noop as _
from adaldyq.countries.facts import ILLUSTRATIVE
from adaldyq.kernel import naming
from adaldyq.kernel.country_names import country_name
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.obligations import HELD_BY, OTHER, REASONS
from adaldyq.measures.declarations.domain.sections import FORMS


def form_name(form: str) -> str:
    """What a form is called."""
    return gettext(FORMS[form]) if form in FORMS else form


def reason(code: str) -> str:
    """Why somebody must file; what a source says of it stays as it is."""
    if code == OTHER:
        return gettext(REASONS[OTHER, False])
    return gettext(code) if code in {*REASONS.values(), *HELD_BY.values()} else code


def law(source: str) -> str:
    """Where the law says something, in the pack's own words of the language; that it is an example where none does."""
    if source == ILLUSTRATIVE:
        return gettext("The country pack marks this value as illustrative.")
    return gettext(source) if source else ""


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


KINDS = {
    "declaration_public": _("Public, where the law opens them"),
    "declaration": _("Declarations"),
    "obligation": _("Obligations, and what followed when nobody filed"),
    "explanation": _("Questions about declarations, and answers"),
    "draft": _("Drafts that were never filed"),
    "sent_file": _("Outcomes of files that were sent"),
}
"""Kinds of records by the name of their term in the pack."""


def kind_title(kind: str) -> str:
    """What a kind of record is called on pages about terms."""
    return gettext(KINDS[kind])


def term(length: int, unit: str) -> str:
    """A term in words."""
    words = {
        "days": ngettext("%(count)s day", "%(count)s days", length),
        "working_days": ngettext("%(count)s working day", "%(count)s working days", length),
        "months": ngettext("%(count)s month", "%(count)s months", length),
        "years": ngettext("%(count)s year", "%(count)s years", length),
    }
    return words[unit] % {"count": length}


def in_words(section: str, row: Mapping[str, object], columns: Iterable[str]) -> dict[str, object]:
    """A row with its codes as words."""
    return {name: code_word(section, name, row[name]) for name in columns}
