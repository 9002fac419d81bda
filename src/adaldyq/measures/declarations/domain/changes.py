"""What differs between a section of one year and the same section of the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adaldyq.base.registered_numbers import number_key
from adaldyq.base.tables import ColumnType, Privacy
from adaldyq.measures.declarations.domain.questions import asked_columns
from adaldyq.measures.declarations.domain.sections import BY_NAME

Row = Mapping[str, object]

OF_THE_YEAR_ONLY = frozenset({"gift", "acquisition", "expense"})
"""Sections whose rows happen once, so that nothing of last year can be expected in them."""
NUMBERS_OF_THINGS = ("object_number", "account_number")
"""Columns with a number that everybody parts and spells in their own way."""
NAMES_OF_THINGS = (*NUMBERS_OF_THINGS, "company_id", "counterparty_id", "relative_id")
NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"


@dataclass(frozen=True, slots=True)
class Difference:
    """A row, how it stands to the year before, which of its columns changed, and the row that it was."""

    row: Row
    change: str
    columns: tuple[str, ...] = ()
    was: Row | None = None


def is_compared(section: str, *, same_year: bool) -> bool:
    """Whether rows of a section say something about each other: those of one year always do."""
    return same_year or section not in OF_THE_YEAR_ONLY


def differences(
    section: str, now: Sequence[Row], before: Sequence[Row] | None, *, same_year: bool = False, whole: bool = False
) -> list[Difference]:
    """Rows of now with their difference, then the rows of before that are gone.

    Args:
        section: name of the section.
        now: rows of the year, with their restricted columns, which match rows but are never returned as changes.
        before: rows of the year before; None when there is no declaration of it, so that nothing can be said.
        same_year: whether before is an earlier version of the same year.
        whole: whether changes of closed columns are told too, to whoever may see them; of those that are asked for.
    """
    if before is None or not is_compared(section, same_year=same_year):
        return [Difference(row, SAME) for row in now]
    waiting: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in before:
        waiting[identity(section, row)].append(row)
    found = []
    for row in now:
        candidates = waiting[identity(section, row)]
        if not candidates:
            found.append(Difference(row, NEW))
            continue
        was = candidates.pop(0)
        columns = changed(section, row, was, whole=whole)
        found.append(Difference(row, CHANGED if columns else SAME, columns, was))
    return found + [Difference(row, GONE) for rows in waiting.values() for row in rows]


def identity(section: str, row: Row) -> tuple[object, ...]:
    """What makes a row the same thing as last year's: its number in a register, else what it is called."""
    for name in NAMES_OF_THINGS:
        if row.get(name):
            known = number_key(row[name]) if name in NUMBERS_OF_THINGS else row[name]
            return (name, known, row.get("owner"))
    return tuple(row.get(column) for column in text_columns(section))


def text_columns(section: str) -> list[str]:
    """Columns that say what a row is, without its id and its sums: public ones, and who the other side is."""
    party = BY_NAME[section].party
    named = {party.name} if party else set()
    return [
        column.name
        for column in BY_NAME[section].table.columns
        if column.type is ColumnType.TEXT
        and (column.privacy is Privacy.PUBLIC or column.name in named)
        and column.name not in {"row_id", "declaration_id"}
    ]


def changed(section: str, now: Row, before: Row, *, whole: bool = False) -> tuple[str, ...]:
    """Columns whose value differs: the public ones, or all that a person is asked for.

    Nobody types what is only kept for other sources, such as a sum as the declarant converted it.
    """
    told = asked_columns(section) if whole else BY_NAME[section].table.columns
    return tuple(
        column.name
        for column in told
        if (whole or column.privacy is Privacy.PUBLIC)
        and column.name not in {"row_id", "declaration_id"}
        and meant(column.name, now) != meant(column.name, before)
    )


def meant(column: str, row: Row) -> object:
    """A value, of the number of a thing without the way in which it is written."""
    value = row.get(column)
    return number_key(value) if value and column in NUMBERS_OF_THINGS else value
