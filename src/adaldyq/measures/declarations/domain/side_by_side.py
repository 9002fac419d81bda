"""A section as it was declared, as the registers have it and as it was declared last year, entry by entry.

An entry of two of them is the same when its number in a register is, else what it is called; of several the one of the
same owner comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from adaldyq.base.registered_numbers import number_key
from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.domain.changes import NUMBERS_OF_THINGS, OF_THE_YEAR_ONLY
from adaldyq.measures.declarations.domain.sections import BY_NAME

Row = Mapping[str, object]
Name = tuple[object, ...]

NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "family": (("relative_id",), ("name",)),
    "income": (("payer", "kind"),),
    "real_estate": (("object_number",),),
    "vehicle": (("object_number",),),
    "company_interest": (("company_id",), ("company_name",)),
    "account": (("account_number",),),
    "claim": (("counterparty", "since_date"), ("counterparty",)),
    "security": (("issuer", "kind"),),
    "position": (("organisation",),),
    "gift": (("giver_id", "kind"), ("giver", "kind")),
    "acquisition": (("kind", "acquired_date"),),
}
"""Sections of which registers tell, with the columns that name an entry, the surest first."""
TOLD_IN_PART = frozenset({"claim", "security", "position", "gift", "acquisition"})
"""Those of which registers know only some entries, so that one that they do not have says nothing."""
NAMED_FREELY: Mapping[str, frozenset[str]] = {
    "position": frozenset({"title"}),
    "acquisition": frozenset({"description"}),
    "gift": frozenset({"giver"}),
}
"""Columns that everybody words in their own way, so that another wording is no difference."""
NOT_COMPARED = frozenset({"row_id", "declaration_id"})
DIFFERS, NOT_DECLARED, NOT_REGISTERED, AGREES = "differs", "not_declared", "not_registered", "agrees"
NEW, CHANGED, SAME, GONE = "new", "changed", "same", "gone"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in up to three places.

    Attributes:
        register: how it stands to the registers; empty where none of ours could know it.
        unlike: columns in which the registers say something else.
        year: how it stands to last year; empty where that cannot be said.
        changed: columns in which last year said something else.
    """

    declared: Row | None
    registered: Row | None
    before: Row | None
    register: str = ""
    unlike: tuple[str, ...] = ()
    year: str = ""
    changed: tuple[str, ...] = ()

    @property
    def stands_out(self) -> bool:
        """Whether anything differs."""
        return self.register in {DIFFERS, NOT_DECLARED, NOT_REGISTERED} or self.year in {NEW, CHANGED, GONE}

    @property
    def any_row(self) -> Row:
        """The first row that there is."""
        return self.declared or self.registered or self.before or {}


def beside(
    section: str, declared: Sequence[Row], registered: Sequence[Row], before: Sequence[Row] | None, home: str
) -> list[Entry]:
    """Entries of a section: what was declared in its order, then what only registers have, then what last year had.

    Args:
        before: rows of last year; None when there is no declaration of it.
        home: code of the country whose registers these are; of things abroad they cannot know.
    """
    earlier = Pool(section, () if before is None or section in OF_THE_YEAR_ONLY else before)
    known = Pool(section, registered)
    compares = before is not None and section not in OF_THE_YEAR_ONLY
    found = [entry(section, row, known.take(row), earlier.take(row), home, compares) for row in declared]
    found += [entry(section, None, row, earlier.take(row), home, compares) for row in known.left()]
    return found + [entry(section, None, None, row, home, compares) for row in earlier.left()]


def entry(
    section: str, declared: Row | None, registered: Row | None, before: Row | None, home: str, compares: bool
) -> Entry:
    """One entry, with how its rows stand to each other."""
    freely = NAMED_FREELY.get(section, frozenset())
    unlike = columns_unlike(section, declared, registered, freely) if declared and registered else ()
    changed = columns_unlike(section, declared, before) if declared and before else ()
    register = ""
    known_here = section not in TOLD_IN_PART and declared and declared.get("country") in {None, "", home}
    if section in NAMES and (registered or known_here):
        register = NOT_DECLARED if not declared else NOT_REGISTERED if not registered else DIFFERS if unlike else AGREES
    year = ""
    if compares and (declared or before):
        year = NEW if not before else GONE if not declared else CHANGED if changed else SAME
    return Entry(declared, registered, before, register, unlike, year, changed)


def columns_unlike(section: str, declared: Row, other: Row, freely: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Columns that the other row states and in which the declared one says something else, but for those worded freely."""
    return tuple(
        column.name
        for column in BY_NAME[section].table.columns
        if column.name not in NOT_COMPARED
        and column.name not in freely
        and not (column.name.endswith("_id") and column.name != "territory_id")
        and other.get(column.name) not in {None, ""}
        and plain(declared.get(column.name), column.name) != plain(other[column.name], column.name)
    )


def plain(value: object, column: str = "") -> object:
    """A value without what makes no difference: case and spaces of text, places of a number, signs in that of a thing."""
    if value and column in NUMBERS_OF_THINGS:
        return number_key(value)
    match value:
        case None | "":
            return None
        case bool() | date() | int():
            return value
        case Decimal():
            return value.normalize()
        case _:
            return " ".join(str(value).split()).casefold()


def names_of(section: str, row: Row) -> Iterator[Name]:
    """What an entry may be known by, the surest first."""
    known = False
    for columns in NAMES.get(section, ()):
        values = tuple(plain(row.get(name), name) for name in columns)
        if None not in values:
            known = True
            yield (columns, *values)
    if not known:
        texts = [one.name for one in BY_NAME[section].table.columns if one.type is ColumnType.TEXT]
        yield ("", *(plain(row.get(name), name) for name in texts if name not in NOT_COMPARED))


class Pool:
    """Rows that wait to be found again, each once."""

    def __init__(self, section: str, rows: Sequence[Row]) -> None:
        self.section, self.rows = section, rows
        self.taken: set[int] = set()
        self.by_name: dict[Name, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for name in names_of(section, row):
                self.by_name[name].append(place)

    def take(self, row: Row) -> Row | None:
        """The row that is the same thing, if one waits."""
        for name in names_of(self.section, row):
            waiting = [place for place in self.by_name.get(name, ()) if place not in self.taken]
            if waiting:
                place = min(waiting, key=lambda one: self.rows[one].get("owner") != row.get("owner"))
                self.taken.add(place)
                return self.rows[place]
        return None

    def left(self) -> Iterator[Row]:
        """Rows that nothing was found for; those that are taken meanwhile are passed over."""
        for place, row in enumerate(self.rows):
            if place not in self.taken:
                self.taken.add(place)
                yield row
