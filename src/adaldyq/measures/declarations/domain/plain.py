"""Reads the rows of files that are plainly right, many at once, straight into what is kept of them.

Programs send hundreds of declarations whose rows are nearly all right. `checks.read_row` reads a row box by box, as a page
sends it, and tells whatever is wrong; here a value that is written as it will be kept is taken as it is, and a declaration
with anything else in it, right or wrong, is left to that careful reading. What is taken here is taken there too, and as
the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from adaldyq.base.ids import new_ids
from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import (
    AHEAD_OF_ITS_YEAR,
    FIRST_YEAR,
    HAD_SINCE,
    LISTED,
    LONGEST_TEXT,
    WHOLE_SHARE,
    YEAR_OF_THE_EVENT,
    Asked,
    is_party,
)
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.fingerprint import columns_of, written_line
from adaldyq.measures.declarations.domain.fingerprint import exact as exact_value
from adaldyq.measures.declarations.domain.questions import (
    OWNER_OF_RELATION,
    asked_columns,
    is_required,
    sections_of,
)
from adaldyq.measures.declarations.domain.relatives import FIELD
from adaldyq.measures.declarations.domain.schemas import MOST_ROWS_OF_A_FILE

MONEY = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,6}))?")
MONEY_PLACES, NUMBER_PLACES = 2, 6
SURELY_OF_AGE = 30
"""Years from which a spouse's age is plainly right; the law's is held against those who are younger."""
ABSENT, DASHES = object(), (4, 7)
DAY_LENGTH, YEAR_LENGTH = 10, 4
SUM_NOTHING = "0.00"
NOTHING = (None, "")
AS_TEXT = frozenset({ColumnType.MONEY, ColumnType.NUMBER, ColumnType.DATE})
"""Columns whose values are kept in their exact form."""
TRUTH = {True: "true", False: "false"}

Value = str | int | bool
Take = Callable[[object, int], Value | None]
"""Takes a value of a file, of a declaration about a year, as it is kept; none when it is to be read with care."""


@dataclass(slots=True)
class Plain:
    """The rows of one declaration.

    Attributes:
        declaration: the id that it gets when it is filed.
        rows: by section, what is kept in the order of the columns of its table.
        lines: what the rows say, as the ledger commits to it.
        family: the tie to each relative whose day of birth is told, and that day.
        since: the first day since which the declarant has something; empty when none is told.
    """

    declaration: str
    rows: dict[str, list[list[Value | None]]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    family: list[tuple[Value | None, str]] = field(default_factory=list)
    since: str = ""

    def fits(self, born: date | None) -> bool:
        """Whether nobody's child is older, nobody's parent younger, and nothing had longer, than somebody born on a day."""
        if born is None:
            return True
        day = born.isoformat()
        return not (self.since and self.since < day) and not any(
            (tie == "child" and theirs <= day) or (tie == "parent" and theirs >= day) for tie, theirs in self.family
        )


class Reader:
    """Reads the rows of declarations that come together."""

    def __init__(
        self, asked: Asked, columns: Mapping[str, Sequence[str]], empty: Mapping[str, Sequence[object]]
    ) -> None:
        """Remember what rows are held against.

        Args:
            asked: of which only the lists count, which are the same for all of them.
            columns: of the table of each section, in their order.
            empty: what a row of each section holds when nothing is said in it, in the same order.
        """
        self.plans = {name: plan_of(name, listed, empty[name], asked) for name, listed in columns.items()}
        self.ids = new_ids()

    def read(self, form: str, year: int, sections: object) -> Plain | None:
        """All rows of a declaration; none when any of it is to be read with care."""
        asked = names_of(form)
        if not isinstance(sections, dict) or sections.keys() != asked:
            return None
        found = Plain(next(self.ids))
        for name, listed in sections.items():
            if not isinstance(listed, list) or len(listed) > MOST_ROWS_OF_A_FILE:
                return None
            if listed and not self.read_section(found, self.plans[name], listed, year):
                return None
        return found

    def read_section(self, found: Plain, plan: Plan, listed: Sequence[object], year: int) -> bool:
        """Put the rows of a section to those before; whether they could be read."""
        rows = found.rows[plan.section] = []
        for said in listed:
            row = plan.row(said, year)
            if row is None:
                return False
            row[plan.key], row[plan.declaration] = next(self.ids), found.declaration
            rows.append(row)
            found.lines.append(plan.line(row))
            if plan.since is not None and row[plan.owner] == "declarant" and (since := row[plan.since]):
                found.since = min(found.since or str(since), str(since))
        if plan.section == "family":
            if not plan.marriage_is_plain(rows, year):
                return False
            found.family += [(row[plan.places["relation"]], str(row[plan.places["birth_date"]])) for row in rows]
        return plan.things_are_told_apart(rows)


@cache
def names_of(form: str) -> Collection[str]:
    """Names of the sections of a form."""
    return {one.name for one in sections_of(form)}


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a section are read.

    Attributes:
        places: of the columns of its table, by name.
        empty: what is kept of a row that says nothing.
        takes: name, place in the row, and reading of each column that is asked for.
        required: names of those that must be there.
        written: name and place of the columns that its line tells.
        since: place of the day since which somebody has what a row is about; none in a section without one.
        owner: place of whose a row is.
    """

    section: str
    places: Mapping[str, int]
    empty: Sequence[object]
    takes: Mapping[str, tuple[int, bool, Take]]
    required: frozenset[str]
    written: Sequence[tuple[str, int]]
    since: int | None
    owner: int

    @property
    def key(self) -> int:
        """The place of the id of a row."""
        return self.places["row_id"]

    @property
    def declaration(self) -> int:
        """The place of the id of its declaration."""
        return self.places["declaration_id"]

    def row(self, said: object, year: int) -> list[Value | None] | None:
        """What is kept of a row; none when it is to be read with care."""
        if not isinstance(said, dict) or not said.keys() >= self.required:
            return None
        row: list[Value | None] = list(self.empty)  # type: ignore[arg-type]  # values of columns
        for name, given in said.items():
            if (found := self.takes.get(name)) is None:
                return None
            place, required, take = found
            if (value := take(given, year)) is None or (required and value == ""):
                return None
            row[place] = value
        return row if self.holds_together(row) else None

    def holds_together(self, row: list[Value | None]) -> bool:
        """Whether the columns of a row fit each other; of a relative's row, tell whose it is."""
        places = self.places
        if self.section == "family":
            row[places["owner"]] = OWNER_OF_RELATION.get(str(row[places["relation"]]), "other")
            return not row[places[FIELD]]  # a number is held against the register
        if self.section == "income":
            tax = row[places["tax_withheld"]]
            return tax in {None, SUM_NOTHING} or Decimal(str(tax)) <= Decimal(str(row[places["amount"]]))
        if self.section == "vehicle" and not made_before(row[places["production_year"]], row[places["acquired_date"]]):
            return False
        valued = any(name in places and row[places[name]] is not None for name in ("value", "price"))
        return not valued or row[places["currency"]] != ""

    def things_are_told_apart(self, rows: Sequence[Sequence[Value | None]]) -> bool:
        """Whether no thing stands in two rows of the section, whose shares would have to be added up."""
        if len(rows) == 1 or "share" not in self.places or "object_number" not in self.places:
            return True
        numbers = [one for row in rows if (one := row[self.places["object_number"]])]
        return len(set(numbers)) == len(numbers)

    def marriage_is_plain(self, rows: Sequence[Sequence[Value | None]], year: int) -> bool:
        """Whether one spouse at most is told, and of an age at which nobody asks whether they can be married."""
        born = [str(row[self.places["birth_date"]]) for row in rows if row[self.places["relation"]] == "spouse"]
        return not born or (len(born) == 1 and born[0] < f"{year - SURELY_OF_AGE}")

    def line(self, row: Sequence[Value | None]) -> str:
        """What a row says, as the ledger commits to it."""
        said = [(name, row[place]) for name, place in self.written]
        return written_line(
            self.section,
            [(name, value if type(value) is str else exact(value)) for name, value in said if value not in NOTHING],
        )


def plain_of(
    declaration: str,
    read: Iterable[tuple[str, str, Mapping[str, object]]],
    columns: Mapping[str, Sequence[str]],
    empty: Mapping[str, Sequence[object]],
) -> Plain:
    """Rows of a declaration whose values were read with care, as they are kept and as its line tells them.

    Args:
        read: section, id and values of each row.
        columns, empty: as of `Reader`.
    """
    found = Plain(declaration)
    for section, key, values in read:
        row = dict(zip(columns[section], empty[section], strict=True))
        row |= {name: value for name, value in values.items() if value is not None}
        row |= {"row_id": key, "declaration_id": declaration}
        said = []
        for name, kind in columns_of(section):
            if text := exact_value(row[name], kind):
                said.append((name, text))
                row[name] = text if kind in AS_TEXT else row[name]
        found.rows.setdefault(section, []).append([*row.values()])  # type: ignore[list-item]  # no other is left
        found.lines.append(written_line(section, said))
    return found


def exact(value: Value) -> str:
    """A value that is kept, in its exact form."""
    if isinstance(value, str):
        return value
    return TRUTH[value] if isinstance(value, bool) else str(value)


def made_before(made: Value | None, had: Value | None) -> bool:
    """Whether a thing can be had since a day by the year in which it was made, as far as both are told."""
    return not made or not had or int(str(had)[:YEAR_LENGTH]) + AHEAD_OF_ITS_YEAR >= int(made)


def plan_of(section: str, columns: Sequence[str], empty: Sequence[object], asked: Asked) -> Plan:
    """How the rows of a section are read."""
    places = {name: place for place, name in enumerate(columns)}
    takes = {
        one.name: (places[one.name], is_required(section, one.name), take_of(section, one, asked))
        for one in asked_columns(section)
    }
    required = frozenset(name for name, (_place, must, _take) in takes.items() if must)
    written = [(name, places[name]) for name, _kind in columns_of(section)]
    since = next((places[name] for name in HAD_SINCE if name in places), None)
    return Plan(section, places, empty, takes, required, written, since, places["owner"])


def take_of(section: str, column: Column, asked: Asked) -> Take:
    """How a column is taken."""
    if column.type is ColumnType.TEXT:
        codes = () if is_party(section, column.name) else words_of(section, column.name)
        listed = LISTED[column.name](asked) if column.name in LISTED else codes
        return code_of(listed) if listed else lambda given, _year: text(given)
    if column.type is ColumnType.NUMBER and column.unit == "percent":
        return lambda given, _year: share(given)
    if (section, column.name) in YEAR_OF_THE_EVENT:
        return lambda given, year: day(given, year, year)
    return TAKES[column.type]


def code_of(listed: Collection[str]) -> Take:
    """How a code of a list is taken."""
    return lambda given, _year: given if isinstance(given, str) and given in listed else None


TAKES: Mapping[ColumnType, Take] = {
    ColumnType.MONEY: lambda given, _year: decimal(given, MONEY, MONEY_PLACES),
    ColumnType.NUMBER: lambda given, _year: decimal(given, NUMBER, NUMBER_PLACES),
    ColumnType.DATE: lambda given, year: day(given, FIRST_YEAR, year),
    ColumnType.INTEGER: lambda given, year: given if type(given) is int and FIRST_YEAR <= given <= year else None,
    ColumnType.BOOLEAN: lambda given, _year: given if isinstance(given, bool) else None,
}
"""How most columns are taken."""


def text(given: object) -> str | None:
    """A text of visible letters."""
    if not isinstance(given, str) or len(given) > LONGEST_TEXT or not given.isprintable():
        return None
    return " ".join(given.split()) if " " in given else given


def decimal(given: object, pattern: re.Pattern[str], places: int) -> str | None:
    """A number with all the places that its column keeps."""
    found = pattern.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        return None
    return f"{found[1]}.{(found[2] or '').ljust(places, '0')}"


def share(given: object) -> str | None:
    """A share in percent."""
    found = decimal(given, NUMBER, NUMBER_PLACES)
    return found if found and 0 < Decimal(found) <= WHOLE_SHARE else None


def day(given: object, first: int, last: int) -> str | None:
    """A day of some years."""
    if not isinstance(given, str) or len(given) != DAY_LENGTH or not given.isascii():
        return None
    if any(given[place] != "-" for place in DASHES):
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return given if first <= found.year <= last else None
