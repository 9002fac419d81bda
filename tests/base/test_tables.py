"""A published table says what it holds, and the public gets the public columns only."""

from __future__ import annotations

import pytest

from adaldyq.base.tables import Column, ColumnType, Privacy, Table

ID = Column("id", ColumnType.TEXT, "Opaque id.", Privacy.PUBLIC)
NUMBER = Column("number", ColumnType.TEXT, "Number of the passport.")


def test_a_column_is_closed_unless_it_is_said_to_be_open() -> None:
    assert Table("thing", "A thing.", (ID, NUMBER), "id").open_columns == (ID,)


@pytest.mark.parametrize(("columns", "key"), [((ID, ID), "id"), ((NUMBER,), "id")])
def test_a_table_has_unique_columns_and_its_key(columns: tuple[Column, ...], key: str) -> None:
    with pytest.raises(ValueError, match="unique"):
        Table("thing", "A thing.", columns, key)
