"""What the tests of the adapters share: reading a whole collection, and the real data where it is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.adapters import SOURCES
from adaldyq.measures.declarations.adapters.collection import Collection, Row
from adaldyq.verification.contracts import contracts

REAL_DATA = Path(os.environ.get("ADALDYQ_REAL_DATA", "../shared/data"))
TYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "int",
    ColumnType.MONEY: "Decimal",
    ColumnType.NUMBER: "Decimal",
    ColumnType.BOOLEAN: "bool",
    ColumnType.DATE: "date",
    ColumnType.TIMESTAMP: "datetime",
}

Whole = tuple[dict[str, list[Row]], Collection]
Reader = Callable[[str, Path], Whole]


def read_whole(source: str, path: Path) -> Whole:
    """All rows of a collection by table, each held to the contract of its table."""
    collection = SOURCES[source](path)
    known = contracts()
    rows: dict[str, list[Row]] = {table: [] for table in collection.tables}
    for table, row in collection.rows():
        rows[table].append(row)
        for column in known[table].columns:
            value = row.get(column.name)
            assert value is not None or not column.required, (table, column.name, row)
            assert value is None or type(value).__name__ == TYPES[column.type], (table, column.name, value)
    for table, columns in collection.tables.items():
        assert set(columns) <= set(known[table].by_name), table
        key = known[table].key
        assert len({row[key] for row in rows[table]}) == len(rows[table]), f"{table}: a key stands twice"
    return rows, collection


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def whole() -> Reader:
    return read_whole


@pytest.fixture
def real() -> Callable[[str], Path]:
    def folder(name: str) -> Path:
        if not (REAL_DATA / name).is_dir():
            pytest.skip(f"real data is not there: set ADALDYQ_REAL_DATA to a folder that holds {name}")
        return REAL_DATA / name

    return folder
