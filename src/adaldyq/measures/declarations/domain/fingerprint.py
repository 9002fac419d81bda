"""What a filed row says, in one exact form, so that a ledger line can commit to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from adaldyq.base.tables import ColumnType
from adaldyq.measures.declarations.domain.sections import BY_NAME

PLACES = {ColumnType.MONEY: Decimal("0.01"), ColumnType.NUMBER: Decimal("0.000001")}


def row_line(section: str, value_of: Callable[[str], object]) -> str:
    """A row of a section as one line of JSON: the section, then every column but the declaration's id.

    A column that is empty is left out, so that a column added to the section later changes no old line.

    Args:
        section: name of the section.
        value_of: gives the value of a column.
    """
    columns = (column for column in BY_NAME[section].table.columns if column.name != "declaration_id")
    written = {column.name: exact(value_of(column.name), column.type) for column in columns}
    return json.dumps([section, {name: text for name, text in written.items() if text}], ensure_ascii=False)


def attachment_line(row_id: str, document: str, sha256: str, reason: str) -> str:
    """A document of a row, or the reason why there is none, as one line of JSON."""
    said = {"row_id": row_id, "document": document, "sha256": sha256, "reason": reason}
    return json.dumps(["attachment", {name: text for name, text in said.items() if text}], ensure_ascii=False)


def exact(value: object, kind: ColumnType) -> str:
    """A value in the one form it has before it is kept and after it is read back."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
    return str(Decimal(str(value)).quantize(PLACES[kind])) if kind in PLACES else str(value)
