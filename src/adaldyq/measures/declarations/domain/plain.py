"""Reads the rows of files that are plainly right, many at once, straight into what is kept of them.

Programs send hundreds of declarations whose rows are nearly all right. `checks.read_row` reads a row box by box, as a page
sends it, and tells whatever is wrong; here a value that is written as it will be kept is taken as it is, and a declaration
with anything else in it, right or wrong, is left to that careful reading. What is taken here is taken there too, and as
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring as quoted

from adaldyq.base.ids import new_ids
from adaldyq.base.registered_numbers import number_key
from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.domain.between_rows import folded
from adaldyq.measures.declarations.domain.checks import AHEAD_OF_ITS_YEAR, HAD_SINCE, Asked
from adaldyq.measures.declarations.domain.fingerprint import columns_of, written_line
from adaldyq.measures.declarations.domain.fingerprint import exact as exact_value
from adaldyq.measures.declarations.domain.plain_values import NotPlain, Take, Value, take_of
from adaldyq.measures.declarations.domain.questions import OWNER_OF_RELATION, asked_columns, is_required, sections_of
from adaldyq.measures.declarations.domain.relatives import FIELD
from adaldyq.measures.declarations.domain.schemas import MOST_ROWS_OF_A_FILE

SURELY_OF_AGE = 30
"""Years from which a spouse's age is plainly right; the law's is held against those who are younger."""
YEAR_LENGTH = 4
SUM_NOTHING = "0.00"
IDS = frozenset({"row_id", "declaration_id"})
NAMES_OF_THINGS = {
    "object_number": number_key,
    "account_number": number_key,
    "company_name": folded,
    "company_id": folded,
}
"""Columns that tell a thing, and by what its name or number is known again."""
AS_TEXT = frozenset({ColumnType.MONEY, ColumnType.NUMBER, ColumnType.DATE})
"""Columns whose values are kept in their exact form."""
TRUTH = {True: "true", False: "false"}

Row = list[Value | None]
"""What is kept of a row, in the order of the columns of its table."""


@dataclass(slots=True)
class Plain:
    """The rows of one declaration.

    Attributes:
        declaration: the id that it gets when it is filed.
        rows: by section, what is kept.
        lines: what the rows say, as the ledger commits to it.
        family: the tie to each relative whose day of birth is told, and that day.
        since: the first day since which somebody has something, by whose it is; nothing when none is told.
    """

    declaration: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    family: list[tuple[Value | None, str]] = field(default_factory=list)
    since: dict[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What the rows say without their ids, in the order of the form: what tells a declaration from another."""
        parts = (line.split(", ", 2) for line in self.lines)
        return "\n".join([f"{section}, {said}" for section, _key, said in parts])

    def fits(self, born: date | None) -> bool:
        """Whether nobody's child is older, nobody's parent younger, and nothing had longer, than somebody born on a day.

        Nor may anything have been had before all were born of the family whose it may be.
        """
        births: dict[str, list[str]] = {}
        for tie, theirs in self.family:
            births.setdefault(OWNER_OF_RELATION.get(str(tie), ""), []).append(theirs)
        if any(owner in births and since < min(births[owner]) for owner, since in self.since.items()):
            return False
        if born is None:
            return True
        day = born.isoformat()
        return self.since.get("declarant", day) >= day and not any(
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
        try:
            for name in asked:
                if (listed := sections[name]) != []:
                    self.read_section(found, self.plans[name], listed, year)
        except NotPlain:
            return None
        return found

    def read_section(self, found: Plain, plan: Plan, listed: object, year: int) -> None:
        """Put the rows of a section to those before.

        Raises:
            NotPlain: any of them is to be read with care.
        """
        if not isinstance(listed, list) or len(listed) > MOST_ROWS_OF_A_FILE:
            raise NotPlain
        rows = found.rows[plan.section] = [plan.row(said, year) for said in listed]
        for row, key in zip(rows, self.ids, strict=False):
            found.lines.append(f'{plan.opening}"{key}", {plan.said(row)}}}]')
            row[plan.key], row[plan.declaration] = key, found.declaration
            if plan.since is not None and (since := row[plan.since]):
                owner = str(row[plan.owner])
                found.since[owner] = min(found.since.get(owner, str(since)), str(since))
        if plan.section == "family":
            plan.check_marriage(rows, year)
            found.family += [(row[plan.places["relation"]], str(row[plan.places["birth_date"]])) for row in rows]
        plan.check_things(rows)


@cache
def names_of(form: str) -> AbstractSet[str]:
    """Names of the sections of a form, in their order."""
    return dict.fromkeys(one.name for one in sections_of(form)).keys()


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a section are read.

    Attributes:
        opening: with which the line of a row begins, up to its id.
        places: of the columns of its table, by name.
        empty: what is kept of a row that says nothing, but for its ids.
        takes: place in the row, and reading of each column that is asked for, by its name.
        required: names of those that must be there.
        labels: what stands before a value in a line, and its place, for the columns in their order.
        key: place of the id of a row.
        declaration: place of the id of the declaration.
        owner: place of whose a row is.
        since: place of the day since which somebody has what a row is about; none in a section without one.
        valued: places of what something is worth or cost, which is told in a currency.
    """

    section: str
    opening: str
    places: Mapping[str, int]
    empty: Row
    takes: Mapping[str, tuple[int, Take]]
    required: frozenset[str]
    labels: Sequence[tuple[str, int]]
    key: int
    declaration: int
    owner: int
    since: int | None
    valued: Sequence[int]

    def row(self, said: object, year: int) -> Row:
        """What is kept of a row, but for its ids.

        Raises:
            NotPlain: it is to be read with care.
        """
        if not isinstance(said, dict) or not said.keys() >= self.required:
            raise NotPlain
        row, takes = self.empty.copy(), self.takes
        for name, given in said.items():
            if name not in takes:
                raise NotPlain
            place, take = takes[name]
            row[place] = take(given, year)
        self.check_together(row)
        return row

    def said(self, row: Row) -> str:
        """What a row says, as the ledger commits to it, before it has its ids.

        Raises:
            NotPlain: it says nothing.
        """
        said = [
            label + quoted(value if isinstance(value, str) else exact(value))
            for label, place in self.labels
            if (value := row[place]) is not None and value != ""
        ]
        if not said:
            raise NotPlain
        return ", ".join(said)

    def check_together(self, row: Row) -> None:
        """Hold the columns of a row against each other; of a relative's row, tell whose it is.

        Raises:
            NotPlain: they may not fit.
        """
        places = self.places
        if self.section == "family":
            row[places["owner"]] = OWNER_OF_RELATION.get(str(row[places["relation"]]), "other")
            named = any(letter.isalpha() for letter in str(row[places["name"]]))
            fits = named and not row[places[FIELD]]  # a number is held against the register
        elif self.section == "income":
            tax = row[places["tax_withheld"]]
            fits = tax in {None, SUM_NOTHING} or Decimal(str(tax)) <= Decimal(str(row[places["amount"]]))
        else:
            made = row[places["production_year"]] if self.section == "vehicle" else None
            fits = made is None or made_before(made, row[places["acquired_date"]])
        if not fits:
            raise NotPlain
        for place in self.valued:
            if row[place] is not None and not row[places["currency"]]:
                raise NotPlain

    def check_things(self, rows: Sequence[Row]) -> None:
        """Let no thing stand in two rows of the section, which would have to be held against each other.

        Raises:
            NotPlain: one does.
        """
        if len(rows) == 1 or not ("share" in self.places or self.section == "account"):
            return
        for name in self.places.keys() & NAMES_OF_THINGS.keys():
            known = NAMES_OF_THINGS[name]
            numbers = [known(one) for row in rows if (one := row[self.places[name]])]
            if len(set(numbers)) != len(numbers):
                raise NotPlain

    def check_marriage(self, rows: Sequence[Row], year: int) -> None:
        """Let one spouse at most be told, of an age at which nobody asks whether they can be married, and nobody twice.

        Raises:
            NotPlain: it is not so.
        """
        born = [str(row[self.places["birth_date"]]) for row in rows if row[self.places["relation"]] == "spouse"]
        if len(born) > 1 or (born and born[0] >= f"{year - SURELY_OF_AGE}"):
            raise NotPlain
        days = {row[self.places["birth_date"]] for row in rows}
        if len(days) != len(rows):  # who was born on one day may be one
            raise NotPlain


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
    nothing = dict(zip(columns, empty, strict=True)) | dict.fromkeys(IDS)
    asked_for = asked_columns(section)
    return Plan(
        section=section,
        opening=f'["{section}", {{"row_id": ',
        places=places,
        empty=[*nothing.values()],  # type: ignore[list-item]  # values of columns
        takes={one.name: (places[one.name], take_of(section, one, asked)) for one in asked_for},
        required=frozenset(one.name for one in asked_for if is_required(section, one.name)),
        labels=[(f'"{name}": ', places[name]) for name, _kind in columns_of(section)],
        key=places["row_id"],
        declaration=places["declaration_id"],
        owner=places["owner"],
        since=next((places[name] for name in HAD_SINCE if name in places), None),
        valued=[places[name] for name in ("value", "price") if name in places],
    )
