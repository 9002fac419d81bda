"""Statements that find licences by words and marks: through the indexes of each database, or by reading rows one by one.

The names in them are ours; what was asked is always a parameter.
"""
# ruff: noqa: S608  # as it says

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from django.db import connection

from adaldyq.base.search import SHORTEST_PREFIX
from adaldyq.kernel import search_sql as sql
from adaldyq.measures.permits.models.licences import INDEXED

TABLE, FTS, KEY = INDEXED.table, INDEXED.fts, INDEXED.key
MARKED = {f"{name} = %s" for name in INDEXED.marks}
MUCH_MORE = 3
"""How many times as much an index of PostgreSQL gives as another, to be left out."""

Words = Sequence[Sequence[str]]
"""Forms of each word, as `base.search.asked` gives them; the last word may be a beginning."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, or a part of one, and what is given to it."""

    text: str
    given: Sequence[Any] = ()

    def rows(self, more: str = "", *given: Any) -> list[tuple[Any, ...]]:
        """What it gives, with more behind it."""
        with connection.cursor() as cursor:
            cursor.execute(f"{self.text} {more}", [*self.given, *given])
            return list(cursor.fetchall())


def begins(words: Words) -> bool:
    """Whether the last word is long enough to be looked for as a beginning."""
    return bool(words) and len(words[-1][0]) >= SHORTEST_PREFIX


@dataclass(frozen=True, slots=True)
class OnSQLite:
    """What licences must have, as SQLite is asked.

    Attributes:
        same: what columns of `INDEXED.marks` must be, letters and figures each.
    """

    words: Words
    same: Mapping[str, str]

    @property
    def indexed(self) -> str:
        """What is looked for in the index, which has the marks as words."""
        marks = [f'"{sql.mark(INDEXED.marks.index(name), value)}"' for name, value in self.same.items()]
        words = [sql.sqlite_query(self.words, beginnings=begins(self.words), every=True)] if self.words else []
        return " AND ".join([*words, *marks])

    def some(self, most: int) -> list[int]:
        """Serial numbers of so many at most, as it happens."""
        found = Statement(f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH %s", [self.indexed])
        return [serial for (serial,) in found.rows("LIMIT %s", most)]

    def gathered(self, _column: str) -> Statement:
        """The ids of all."""
        found = f"SELECT id FROM {FTS} CROSS JOIN {TABLE} ON {KEY} = {FTS}.rowid"  # the index first
        return Statement(f"{found} WHERE {FTS} MATCH %s", [self.indexed])

    def on_row(self) -> Statement:
        """The condition on a row; no index helps with it, so that rows are read in the order of another."""
        conditions, given = [], []
        for forms in self.words:
            conditions.append(f"({' OR '.join(['instr(words, %s)'] * len(forms))})")
            given += [f" {form} " for form in forms]
        if begins(self.words):
            place = len(given) - len(self.words[-1])
            given[place] = given[place].rstrip()
        conditions += [f"+{name} = %s" for name in self.same]
        return Statement(" AND ".join(conditions), [*given, *self.same.values()])

    def is_scarce(self, _number: int) -> bool:
        """Whether fewer than a number are expected; SQLite does not tell."""
        return False

    def in_order(self, column: str) -> Statement | None:
        """The ids of all where an index of marks has them in the order of a column."""
        if self.words or column != "number":
            return None
        conditions = " AND ".join(f"{name} = %s" for name in self.same)
        return Statement(f"SELECT id FROM {TABLE} WHERE {conditions}", [*self.same.values()])


@dataclass(frozen=True, slots=True)
class OnPostgreSQL:
    """The same, as PostgreSQL is asked.

    With a limit it reads the table from its first row where it takes what is rare for common, to the last; within a WITH it
    plans as if for all, and still goes no farther than is asked. Its index gives all rows of a word before the first is read.
    """

    words: Words
    same: Mapping[str, str]

    def conditions(self) -> list[Statement]:
        """The conditions on a row, one by one."""
        found = []
        for place, forms in enumerate(self.words, start=1):
            may_begin = place == len(self.words) and begins(self.words)
            given = sql.postgresql_query([forms], beginnings=may_begin, every=True)
            found.append(Statement("forms @@ to_tsquery('simple', %s)", [given]))
        return found + [Statement(f"{name} = %s", [value]) for name, value in self.same.items()]

    def some(self, most: int) -> list[int]:
        """Serial numbers of so many at most, as it happens.

        They are looked for among the first rows where fewer of these need be read, as expected, than indexes would give. Of the
        indexes those are left out that would give much more than another.
        """
        [(there,)] = Statement(f"SELECT coalesce(max({KEY}), 1) FROM {TABLE}").rows()
        each = [(expected(one), one) for one in self.conditions()]
        least, share = min(number for number, _one in each), prod(number / there for number, _one in each)
        has = together([one if number <= MUCH_MORE * least else unindexed(one) for number, one in each])
        given = int(sum(number for number, _one in each if number <= MUCH_MORE * least))
        found: list[tuple[int]] = []
        if 2 * most < given * share:
            first = f"SELECT {', '.join((KEY, 'forms', *INDEXED.marks))} FROM {TABLE} LIMIT {given}"
            found = Statement(f"SELECT {KEY} FROM ({first}) one WHERE {has.text}", has.given).rows("LIMIT %s", most)
        if len(found) < most:
            found = fenced(KEY, has).rows("LIMIT %s", most)
        return [serial for (serial,) in found]

    def gathered(self, column: str) -> Statement:
        """The ids of all, which may be put in order by a column."""
        return fenced("id", together(self.conditions()), column)

    def on_row(self) -> Statement:
        """The condition on a row; no index helps with it."""
        return together([unindexed(one) for one in self.conditions()])

    def is_scarce(self, number: int) -> bool:
        """Whether fewer than a number are expected."""
        return expected(together(self.conditions())) < number

    def in_order(self, _column: str) -> Statement | None:
        """The ids of all where there are marks, of which PostgreSQL knows how common they are."""
        if not self.same:
            return None
        has = together([one if one.text in MARKED else unindexed(one) for one in self.conditions()])
        return Statement(f"SELECT id FROM {TABLE} WHERE {has.text}", has.given)


def expected(one: Statement) -> float:
    """How many rows have a condition, as PostgreSQL expects."""
    [(plan,)] = Statement(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {TABLE} WHERE {one.text}", one.given).rows()
    number: float = plan[0]["Plan"]["Plan Rows"]
    return number


def together(all_of: Sequence[Statement]) -> Statement:
    """Conditions as one."""
    return Statement(" AND ".join(one.text for one in all_of), [value for one in all_of for value in one.given])


def unindexed(one: Statement) -> Statement:
    """A condition in a form that no index of PostgreSQL answers."""
    return Statement(f"({one.text}) IS TRUE", one.given)


def fenced(wanted_column: str, has: Statement, *more: str) -> Statement:
    """A column of all rows that have something, planned as if all were wanted; others may put it in order."""
    found = f"SELECT {', '.join((wanted_column, *more))} FROM {TABLE} WHERE {has.text}"
    return Statement(f"WITH found AS MATERIALIZED ({found}) SELECT {wanted_column} FROM found", has.given)


@dataclass(frozen=True, slots=True)
class Anything:
    """Nothing that licences must have."""

    def some(self, most: int) -> list[int]:
        """Serial numbers of so many at most, as it happens."""
        return [serial for (serial,) in Statement(f"SELECT {KEY} FROM {TABLE}").rows("LIMIT %s", most)]

    def gathered(self, _column: str) -> Statement:
        """The ids of all."""
        return Statement(f"SELECT id FROM {TABLE}")

    def on_row(self) -> Statement:
        """The condition on a row."""
        return Statement("")

    def is_scarce(self, _number: int) -> bool:
        """Not while nothing is wanted."""
        return False

    def in_order(self, _column: str) -> Statement | None:
        """None: there is nothing to narrow by."""
        return None


Wanted = OnSQLite | OnPostgreSQL | Anything


def wanted(words: Words, same: Mapping[str, str]) -> Wanted:
    """What licences must have, as the database in use is asked."""
    if not (words or same):
        return Anything()
    return (OnPostgreSQL if connection.vendor == "postgresql" else OnSQLite)(words, same)


def listed(serials: Sequence[int]) -> Statement:
    """The ids of licences of serial numbers."""
    if connection.vendor == "postgresql":
        return Statement(f"SELECT id FROM {TABLE} WHERE {KEY} = ANY(%s)", [list(serials)])
    text = ",".join(map(str, serials))
    return Statement(f"SELECT id FROM {TABLE} WHERE {KEY} IN (SELECT value FROM json_each(%s))", [f"[{text}]"])
