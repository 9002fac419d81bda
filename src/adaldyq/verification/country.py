"""Takes a snapshot of the country's own registers, all tables at one moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from adaldyq.base.tables import Column, ColumnType
from adaldyq.kernel.published import Published
from adaldyq.verification.arrow import TYPES
from adaldyq.verification.contracts import contracts, published
from adaldyq.verification.snapshots import Origin, SnapshotWriter, writing

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and out of how much."""

ROWS_AT_ONCE = 50_000
AS_TEXT = {ColumnType.MONEY, ColumnType.NUMBER, ColumnType.DATE}


def take_snapshot(place: Path, origin: Origin, *, at: datetime, progress: Progress) -> None:
    """Write every published table of the country into a sealed snapshot at `place`.

    Raises:
        DomainError: `disk-full`, or `files-key-wrong` for the keys of snapshots.
    """
    tables = published()
    with one_moment(), writing(place, contracts(), sealed=True) as writer:
        for number, (name, one) in enumerate(sorted(tables.items()), 1):
            writer.open_table(name)
            write_table(writer, one)
            progress("snapshot", number, len(tables))
        writer.finish(origin, [], at)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read all tables as they stood at one moment, while others go on writing.

    Inside somebody's transaction that transaction's moment is the one.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        else:
            cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def write_table(writer: SnapshotWriter, one: Published) -> None:
    """Write all rows of one published table, in the order of its key."""
    if one.model is not None:
        for batch in batches(one, one.model):
            writer.write(one.table.name, batch)
    elif one.rows is not None:
        writer.write(one.table.name, [dict(row) for row in one.rows()])


def batches(one: Published, model: type[models.Model]) -> Iterator[pa.Table]:
    """Rows of a model, column by column, in the types of the contract."""
    quote = connection.ops.quote_name
    columns = one.table.columns
    selected = ", ".join(
        f"CAST({quote(column.name)} AS text)" if column.type in AS_TEXT else quote(column.name) for column in columns
    )
    order = quote(one.table.key)
    with reading() as cursor:
        cursor.execute(f"SELECT {selected} FROM {quote(model._meta.db_table)} ORDER BY {order}")  # noqa: S608  # names from our own contracts
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            values = zip(columns, zip(*rows, strict=True), strict=True)
            yield pa.table({column.name: arrow_column(column, cells) for column, cells in values})


@contextmanager
def reading() -> Iterator[CursorWrapper]:
    """A cursor that does not hold the whole answer in memory."""
    with connection.chunked_cursor() if connection.vendor == "postgresql" else connection.cursor() as cursor:
        yield cursor


def arrow_column(column: Column, values: tuple[object, ...]) -> pa.Array[Any]:
    """Values of the database in the type of the contract; text that was left empty is null."""
    if column.type is ColumnType.TEXT and not column.required:
        return pa.array([value or None for value in values], pa.string())
    if column.type in AS_TEXT:
        return pc.cast(pa.array(values, pa.string()), TYPES[column.type])
    if column.type is ColumnType.TIMESTAMP:
        return pa.array(values, pa.timestamp("us")).cast(TYPES[column.type])
    return pa.array(values, TYPES[column.type])


def row_in_json(row: Mapping[str, object]) -> dict[str, object]:
    """A row of a table in JSON's types: what has no form there is written as text."""
    return {
        name: value if isinstance(value, str | int | bool | None) else str(value)
        for name, value in row.items()
        if not isinstance(value, list)
    }
