"""Compiled queries that are asked together: PostgreSQL answers them by one statement, whose plan it keeps.

Under load the way to the database and back, and what drivers do on it, costs several times as much as a look-up by key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.db import models

from adaldyq.kernel.any_of import array_of
from adaldyq.kernel.compiled import Compiled, Reader, Statement, rows_of
from adaldyq.kernel.prepared import as_first, vendor

Read = Callable[[Any], Any]

FROM_JSON: tuple[tuple[type[models.Field[Any, Any]], Read | None], ...] = (
    (models.DateTimeField, datetime.fromisoformat),
    (models.DateField, date.fromisoformat),
    (models.DecimalField, Decimal),
    (models.JSONField, None),
    (models.CharField, None),
    (models.TextField, None),
    (models.IntegerField, None),
    (models.BooleanField, None),
)
"""What makes a field's value of what JSON has; nothing where JSON has it as the driver gives it. A subclass goes first."""
ARRAYS = {str: "text[]", int: "bigint[]", date: "date[]", datetime: "timestamptz[]"}
"""In what PostgreSQL takes many values of a kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the queries as it stands in the statement.

    Attributes:
        reads: what makes a column's value of what JSON has, by its place.
        sql: gives all its rows as one value.
    """

    reader: Reader
    statement: Statement
    reads: Sequence[tuple[int, Read]]
    sql: str

    def read(self, listed: Sequence[Sequence[Any]]) -> list[Any]:
        """What the query hands out."""
        return list(self.reader.read(self.rows(listed) if self.reads else listed))

    def rows(self, listed: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Rows as the driver gives them."""
        for given in listed:
            row = list(given)
            for place, read in self.reads:
                if row[place] is not None:
                    row[place] = read(row[place])
            yield row


def part_of(query: Compiled[Any]) -> Part:
    """A query as a part of a statement.

    Raises:
        ValueError: it selects what JSON cannot hold, or takes a list, with which its plan would have to change.
    """
    if list in query.kinds:
        raise ValueError("a query that takes a list is planned each time")
    reader, statement = query.compiled()
    compiler = statement.compiler
    fields = [stored(one[0].output_field) for one in compiler.select[: compiler.col_count]]
    found = [(place, read) for place, one in enumerate(fields) if (read := read_of(one)) is not None]
    columns = [f"c{place}" for place in range(len(fields))]
    said = [
        f"{name}::text" if isinstance(one, models.DecimalField) else name
        for name, one in zip(columns, fields, strict=True)
    ]
    nested = {place for place, one in enumerate(fields) if isinstance(one, models.JSONField)}
    reader = replace(reader, converters=[one for one in reader.converters if one[0] not in nested])
    listed = f"json_agg(json_build_array({', '.join(said)}))"
    sql = f"(SELECT coalesce({listed}, '[]') FROM ({statement.sql}) AS rows({', '.join(columns)}))"  # noqa: S608  # of Django's making
    return Part(reader, statement, found, sql)


def stored(field: Any) -> models.Field[Any, Any]:
    """The field whose values a column holds: that of the key, where it names a record."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    found: models.Field[Any, Any] = field
    return found


def read_of(field: models.Field[Any, Any]) -> Read | None:
    """What makes its value of what JSON has.

    Raises:
        ValueError: JSON cannot hold it.
    """
    for kind, read in FROM_JSON:
        if isinstance(field, kind):
            return read
    raise ValueError(f"JSON cannot hold {type(field).__name__}")


class Together:
    """Queries that are always asked together."""

    def __init__(self, *queries: Compiled[Any]) -> None:
        """Remember which."""
        self.queries = queries

    def __call__(self, *given: Sequence[object]) -> list[list[Any]]:
        """What each of them finds, as of one moment on PostgreSQL.

        Args:
            given: the values of each query, in their order.
        """
        if vendor() != "postgresql":
            return [query(*values) for query, values in zip(self.queries, given, strict=True)]
        values = [
            value for part, own in zip(self.parts, given, strict=True) for value in part.statement.with_values(own)
        ]
        ((text,),) = as_first(partial(rows_of, (), self.sql, values))
        return self.read(text)

    def for_each(self, given: Sequence[Sequence[Sequence[object]]]) -> list[list[list[Any]]]:
        """What they find for each of many, as of one moment on PostgreSQL.

        Args:
            given: for each, the values of each query, in their order.
        """
        if vendor() != "postgresql":
            return [self(*one) for one in given]
        if not given:
            return []
        flat = [[str(value) for own in one for value in own] for one in given]
        columns = [array_of(column) for column in zip(*flat, strict=True)]
        rows = as_first(partial(rows_of, (), self.sql_for_each, [*self.fixed, *columns]))
        return [self.read(text) for (text,) in rows]

    def read(self, text: str) -> list[list[Any]]:
        """What PostgreSQL's answer says."""
        return [part.read(rows) for part, rows in zip(self.parts, json.loads(text), strict=True)]

    @cached_property
    def parts(self) -> list[Part]:
        """The queries as PostgreSQL is asked them."""
        return [part_of(one) for one in self.queries]

    @cached_property
    def sql(self) -> str:
        """The statement, which gives one text."""
        return f"SELECT json_build_array({', '.join(one.sql for one in self.parts)})::text"

    @cached_property
    def sql_for_each(self) -> str:
        """The statement for many, which gives a text for each in their order; each value stands in a column of its own."""
        kinds = [kind for one in self.queries for kind in one.kinds]
        names = ", ".join(f"g{place}" for place in range(len(kinds)))
        arrays = ", ".join(f"%s::{ARRAYS[kind]}" for kind in kinds)
        found, first = [], 0
        for query, part in zip(self.queries, self.parts, strict=True):
            found.append(with_columns(part, first))
            first += len(query.kinds)
        return (
            f"SELECT json_build_array({', '.join(found)})::text"  # noqa: S608  # of Django's making
            f" FROM unnest({arrays}) WITH ORDINALITY AS given({names}, place) ORDER BY place"
        )

    @cached_property
    def fixed(self) -> list[Any]:
        """The values of the queries that are always the same, in their order."""
        return [
            value
            for part in self.parts
            for place, value in enumerate(part.statement.values)
            if place not in dict(part.statement.places)
        ]


def with_columns(part: Part, first: int) -> str:
    """The SQL of a part with columns where its values stand.

    Args:
        first: number of the column of its first value.
    """
    which = dict(part.statement.places)
    pieces = part.sql.split("%s")
    places = [f"given.g{first + which[place]}" if place in which else "%s" for place in range(len(pieces) - 1)]
    return "".join(piece + place for piece, place in zip(pieces, [*places, ""], strict=True))
