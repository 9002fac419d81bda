"""Published tables: what a register offers to verification and to open data.

A measure describes its tables once, in these words; snapshots, rules, importers and the sample
country are all held to the description.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class ColumnType(StrEnum):
    """What a column may hold, the same on every engine."""

    TEXT = "text"
    INTEGER = "integer"  # 64 bits, signed
    MONEY = "money"  # decimal(18, 2)
    NUMBER = "number"  # decimal(18, 6)
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"  # UTC, microseconds


class Privacy(StrEnum):
    """Who may see a value."""

    PUBLIC = "public"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a published table.

    Attributes:
        name: as in SQL.
        type: what it holds.
        meaning: one plain sentence.
        privacy: whether the public may see it.
        unit: of a number; for money the name of the column that holds the currency.
        required: whether it is never null.
        title: short label for pages, an English sentence for the catalogues.
    """

    name: str
    type: ColumnType
    meaning: str
    privacy: Privacy = Privacy.RESTRICTED
    unit: str = ""
    required: bool = False
    title: str = ""


@dataclass(frozen=True)
class Table:
    """A published table: its name in SQL, its columns, and the one column that names a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: str

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names) or self.key not in names:
            raise ValueError(f"table {self.name}: columns must be unique and hold the key {self.key!r}")

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by their name."""
        return {column.name: column for column in self.columns}

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """Columns that the open snapshot may hold."""
        return tuple(column for column in self.columns if column.privacy is Privacy.PUBLIC)
