"""Takes values of files that are written as they will be kept; whatever else is left to the careful reading of `checks`."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from adaldyq.base.letters import PILED, UNSEEN
from adaldyq.base.tables import Column, ColumnType
from adaldyq.countries.identifiers import IdentifierScheme
from adaldyq.measures.declarations.domain.checks import (
    FIRST_YEAR,
    LISTED,
    LONGEST_TEXT,
    OF_COMPANIES,
    YEAR_OF_THE_EVENT,
    Asked,
    is_party,
    schemes_of,
)
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.numbers import WHOLE_SHARE
from adaldyq.measures.declarations.domain.questions import is_required
from adaldyq.measures.declarations.domain.relatives import FIELD

MONEY = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,6}))?")
MONEY_PLACES, NUMBER_PLACES = 2, 6
DAY_LENGTH = 10

Value = str | int | bool
Take = Callable[[object, int], Value]
"""Takes a value of a file, of a declaration about a year, as it is kept; raises `NotPlain`."""


class NotPlain(Exception):
    """Something that is to be read with care."""


def take_of(section: str, column: Column, asked: Asked) -> Take:
    """How a column is taken."""
    if column.name == FIELD and section != "family":
        return party_number_of(schemes_of(asked, company=section in OF_COMPANIES))
    if column.type is ColumnType.TEXT:
        codes = () if is_party(section, column.name) else words_of(section, column.name)
        if listed := LISTED[column.name](asked) if column.name in LISTED else codes:
            return code_of(listed)
        return full_text if is_required(section, column.name) else text
    if column.type is ColumnType.NUMBER and column.unit == "percent":
        return share
    return day_of_the_year if (section, column.name) in YEAR_OF_THE_EVENT else TAKES[column.type]


def code_of(listed: Collection[str]) -> Take:
    """How a code of a list is taken."""

    def code(given: object, _year: int) -> str:
        if isinstance(given, str) and given in listed:
            return given
        raise NotPlain

    return code


def text(given: object, _year: int) -> str:
    """A text of visible letters."""
    if not isinstance(given, str) or len(given) > LONGEST_TEXT or not given.isprintable():
        raise NotPlain
    if not given.isascii() and (UNSEEN.search(given) or PILED.search(given)):
        raise NotPlain
    return " ".join(given.split()) if "  " in given or given.strip() != given else given


def party_number_of(schemes: Sequence[IdentifierScheme]) -> Take:
    """How the number of the other side is taken."""

    def party_number(given: object, _year: int) -> str:
        if isinstance(given, str) and (not given or any(one.check(given) for one in schemes)):
            return given
        raise NotPlain

    return party_number


def full_text(given: object, year: int) -> str:
    """The same, of at least one letter."""
    if found := text(given, year):
        return found
    raise NotPlain


def decimal(given: object, pattern: re.Pattern[str], places: int) -> str:
    """A number with all the places that its column keeps."""
    found = pattern.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        raise NotPlain
    whole, fraction = found.groups("")
    return found.string if len(fraction) == places else f"{whole}.{fraction.ljust(places, '0')}"


def money(given: object, _year: int) -> str:
    """A sum."""
    return decimal(given, MONEY, MONEY_PLACES)


def number(given: object, _year: int) -> str:
    """A number."""
    return decimal(given, NUMBER, NUMBER_PLACES)


def share(given: object, _year: int) -> str:
    """A share in percent."""
    found = decimal(given, NUMBER, NUMBER_PLACES)
    if not 0 < float(found) <= WHOLE_SHARE:
        raise NotPlain
    return found


def day(given: object, last: int, first: int = FIRST_YEAR) -> str:
    """A day of some years, as the years' first and last say."""
    if not isinstance(given, str) or len(given) != DAY_LENGTH or not given.isascii() or not given[4] == given[7] == "-":
        raise NotPlain
    try:
        found = date.fromisoformat(given)
    except ValueError:
        raise NotPlain from None
    if not first <= found.year <= last:
        raise NotPlain
    return given


def day_of_the_year(given: object, year: int) -> str:
    """A day of the year that a declaration is about."""
    return day(given, year, year)


def year_of(given: object, year: int) -> int:
    """A year up to the one that a declaration is about."""
    if type(given) is int and FIRST_YEAR <= given <= year:
        return given
    raise NotPlain


def truth(given: object, _year: int) -> bool:
    """Yes or no."""
    if isinstance(given, bool):
        return given
    raise NotPlain


TAKES: Mapping[ColumnType, Take] = {
    ColumnType.MONEY: money,
    ColumnType.NUMBER: number,
    ColumnType.DATE: day,
    ColumnType.INTEGER: year_of,
    ColumnType.BOOLEAN: truth,
}
"""How most columns are taken."""
