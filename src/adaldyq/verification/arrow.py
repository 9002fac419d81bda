"""Published tables as Arrow: the types in which they travel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from adaldyq.base.tables import Column, ColumnType, Table

TYPES: Mapping[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.MONEY: pa.decimal128(18, 2),
    ColumnType.NUMBER: pa.decimal128(18, 6),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TIMESTAMP: pa.timestamp("us", tz="UTC"),
}


def schema_of(table: Table, columns: Iterable[str] | None = None) -> pa.Schema:
    """The Arrow schema of a published table, or of those of its columns that are named, in its order."""
    wanted = set(table.by_name if columns is None else columns)
    return pa.schema([field_of(column) for column in table.columns if column.name in wanted])


def field_of(column: Column) -> pa.Field[Any]:
    """One column; nullable unless the contract requires a value."""
    return pa.field(column.name, TYPES[column.type], nullable=not column.required)
