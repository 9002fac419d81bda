"""Inserts rows of many tables at once, for acts that write a whole record under load.

Django makes the statement of each table anew and sends it by itself. Here a record with its rows goes to PostgreSQL as
one statement with one value, a batch by COPY; SQLite gets statements that were made once for each table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models

from adaldyq.kernel.prepared import prepared_cursor, vendor

Prepare = Callable[[Any], Any]

FEW = 700
"""Rows that go as one statement; more go by COPY."""
TOGETHER = 1000
"""Rows of a register that go as one statement of PostgreSQL."""
AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
"""Fields whose values SQLite's driver takes as they are."""
OF_POSTGRESQL = (*AS_THEY_ARE, models.DateField, models.DateTimeField, models.DecimalField)
"""The same for PostgreSQL's."""


@dataclass(frozen=True, slots=True)
class Written:
    """Rows as the database holds them, that were never made into records.

    Attributes:
        model: of which they are.
        rows: values in the order of the model's columns, each as text or as the driver takes it.
    """

    model: type[models.Model]
    rows: Sequence[Sequence[Any]]


Group = Sequence[models.Model] | Written


@dataclass(frozen=True)
class Shape:
    """How rows of a model are written.

    Attributes:
        table: its name, quoted.
        names: of its columns.
        columns: the same, quoted, with commas between.
        values: takes what a row holds, in the order of the columns.
        prepared: what the driver does not take as it is: the place of the column, and what prepares its value.
    """

    table: str
    names: Sequence[str]
    columns: str
    values: Callable[[models.Model], tuple[Any, ...]]
    prepared: Sequence[tuple[int, Prepare]]

    def of(self, row: models.Model) -> Sequence[Any]:
        """What is written of a row."""
        found = self.values(row)
        if not self.prepared:
            return found
        listed = list(found)
        for place, prepare in self.prepared:
            if listed[place] is not None:
                listed[place] = prepare(listed[place])
        return listed


@cache
def shape_of(model: type[models.Model], vendor: str) -> Shape:
    """How rows of a model are written into a kind of database; a key that the database counts is left to it."""
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    names, quote = [str(one.column) for one in fields], connection.ops.quote_name
    prepared = [(place, prepare) for place, one in enumerate(fields) if (prepare := preparation(one, vendor))]
    values = attrgetter(*(one.attname for one in fields))
    return Shape(quote(model._meta.db_table), names, ", ".join(map(quote, names)), values, prepared)


def preparation(field: models.Field[Any, Any], vendor: str) -> Prepare | None:
    """What makes of a field's value what the driver takes; nothing when it takes it as it is."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, OF_POSTGRESQL if vendor == "postgresql" else AS_THEY_ARE):
        return None
    if isinstance(field, models.JSONField) and field.encoder is None:
        return json.dumps
    return lambda value: field.get_db_prep_save(value, connection)


def written(group: Group) -> tuple[Shape, Iterable[Sequence[Any]]]:
    """How a group is written, and what is written of its rows."""
    if isinstance(group, Written):
        return shape_of(group.model, vendor()), group.rows
    shape = shape_of(type(group[0]), vendor())
    return shape, map(shape.of, group)


def insert_together(*groups: Group) -> None:
    """Insert new rows, within the caller's transaction.

    Nothing is converted: values must be of the types of their fields. A key that the database counts is not written
    back to the row.

    Args:
        groups: rows of one model each, in any order: foreign keys are checked when the transaction ends.

    Raises:
        IntegrityError: another constraint does not hold.
    """
    full = [group for group in groups if count(group)]
    if vendor() != "postgresql":
        insert_each(full)
    elif are_few(full):
        write_as_one(full, ())
    else:
        copy(full)
    note_kept(full)


def note_kept(groups: Iterable[Group]) -> None:
    """Let records know that the database has them."""
    for row in (row for group in groups if not isinstance(group, Written) for row in group):
        state = row._state  # noqa: SLF001  # by which Django knows what it has saved
        state.adding, state.db = False, DEFAULT_DB_ALIAS


def are_few(groups: Iterable[Group]) -> bool:
    """Whether rows go as one statement."""
    return sum(map(count, groups)) <= FEW


def count(group: Group) -> int:
    """How many rows a group has."""
    return len(group.rows if isinstance(group, Written) else group)


def insert_missing(rows: Sequence[models.Model]) -> None:
    """Insert rows of one model, within the caller's transaction; what a row there already keeps out is left out.

    Values must be as `insert_together` takes them. A key that the database counts is not written back to the row.
    """
    for start in range(0, len(rows), TOGETHER):
        insert_unless(rows[start : start + TOGETHER], "ON CONFLICT DO NOTHING")


def insert_each(groups: Iterable[Group]) -> None:
    """Insert the rows of a table after those of another."""
    with connection.cursor() as cursor:
        for group in groups:
            shape, rows = written(group)
            places = ", ".join(["%s"] * len(shape.names))
            statement = f"INSERT INTO {shape.table} ({shape.columns}) VALUES ({places})"  # noqa: S608  # names of our own tables
            cursor.executemany(statement, list(rows))


def insert_over(rows: Sequence[models.Model], key: Sequence[str], changed: Sequence[str]) -> None:
    """Insert new rows of one model, and write those over what has the same key, within the caller's transaction.

    Values must be as `insert_together` takes them. A key that the database counts is not written back to the row.

    Args:
        rows: no key twice.
        key: columns of a constraint that holds them to be unique.
        changed: columns that are written over; none leaves what is there as it is.
    """
    if not rows:
        return
    quote = connection.ops.quote_name
    over = ", ".join(f"{quote(one)} = EXCLUDED.{quote(one)}" for one in changed)
    insert_unless(rows, f"ON CONFLICT ({', '.join(map(quote, key))}) DO {f'UPDATE SET {over}' if over else 'NOTHING'}")


def insert_unless(rows: Sequence[models.Model], conflict: str) -> None:
    """Insert rows of one model, at least one; the SQL says what becomes of those that a constraint keeps out."""
    shape = shape_of(type(rows[0]), vendor())
    into = f"INSERT INTO {shape.table} ({shape.columns})"
    if vendor() != "postgresql":
        places = ", ".join(["%s"] * len(shape.names))
        with connection.cursor() as cursor:
            cursor.executemany(f"{into} VALUES ({places}) {conflict}", list(map(shape.of, rows)))
        return
    given = [dict(zip(shape.names, shape.values(row), strict=True)) for row in rows]
    source = f"jsonb_populate_recordset(NULL::{shape.table}, %s::jsonb)"
    with prepared_cursor() as cursor:
        cursor.execute(f"{into} SELECT {shape.columns} FROM {source} {conflict}", [as_json(given)])  # noqa: S608  # as above


@dataclass(frozen=True, slots=True)
class Write:
    """An update or removal as SQL, with its values."""

    sql: str
    values: Sequence[Any]


def write_as_one(groups: Sequence[Group], writes: Sequence[Write]) -> list[int]:
    """Insert rows and do other writes by one statement of PostgreSQL; how many rows each of the other writes was.

    None of them sees what another writes, and no two may write the same row.
    """
    given: list[list[dict[str, Any]]] = []
    parts = ["given AS (SELECT %s::jsonb AS rows)"]
    for number, group in enumerate(groups):
        shape, rows = written(group)
        values = rows if isinstance(group, Written) else map(shape.values, group)  # JSON takes them as they are
        given.append([dict(zip(shape.names, row, strict=True)) for row in values])
        source = f"given, jsonb_populate_recordset(NULL::{shape.table}, given.rows -> {number})"
        parts.append(
            f"part{number} AS (INSERT INTO {shape.table} ({shape.columns}) SELECT {shape.columns} FROM {source})"  # noqa: S608  # as above
        )
    parts += [f"other{number} AS ({one.sql} RETURNING 1)" for number, one in enumerate(writes)]
    if not (groups or writes):
        return []
    counted = ", ".join(f"(SELECT count(*) FROM other{number})" for number in range(len(writes))) or "1"  # noqa: S608  # as above
    listed = [
        as_json(given),
        *(value for one in writes for value in one.values),
    ]
    with prepared_cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {counted}", listed)
        return list(cursor.fetchone()) if writes else []


def as_json(given: object) -> str:
    """Rows as PostgreSQL takes them in one value."""
    return json.dumps(given, default=as_text, ensure_ascii=False)


def as_text(value: object) -> str:
    """A value that JSON has not, as PostgreSQL reads it from text."""
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def copy(groups: Iterable[Group]) -> None:
    """Insert all rows by COPY, a table after the other."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        for group in groups:
            shape, rows = written(group)
            with cursor.copy(f"COPY {shape.table} ({shape.columns}) FROM STDIN") as copying:  # of psycopg's cursor
                for row in rows:
                    copying.write_row(row)
