"""What a filed row says, in one exact form, so that a ledger line can commit to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring as quoted

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
    written = ((name, exact(value_of(name), kind)) for name, kind in columns_of(section))
    return written_line(section, ((name, text) for name, text in written if text))


def written_line(section: str, written: Iterable[tuple[str, str]]) -> str:
    """The line of a row whose values are in their exact forms already, in the order of its columns, without empty ones.

    It is what `json.dumps` writes, letters beyond ASCII as they are, put together from its parts.
    """
    said = ", ".join([f'"{name}": {quoted(text)}' for name, text in written])
    return f'["{section}", {{{said}}}]'


@cache
def columns_of(section: str) -> Sequence[tuple[str, ColumnType]]:
    """Names and types of the columns of a section, without the declaration's id."""
    return [(one.name, one.type) for one in BY_NAME[section].table.columns if one.name != "declaration_id"]


def attachment_line(row_id: str, document: str, sha256: str, reason: str) -> str:
    """A document of a row, or the reason why there is none, as one line of JSON."""
    said = {"row_id": row_id, "document": document, "sha256": sha256, "reason": reason}
    return json.dumps(["attachment", {name: text for name, text in said.items() if text}], ensure_ascii=False)


def exact(value: object, kind: ColumnType) -> str:
    """A value in the one form it has before it is kept and after it is read back."""
    if value is None or isinstance(value, str):
        return exact_number(value, kind) if value and kind in PLACES else value or ""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else exact_number(value, kind)


def exact_number(value: object, kind: ColumnType) -> str:
    """A number with the places that its column keeps."""
    if kind not in PLACES:
        return str(value)
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return str(number.quantize(PLACES[kind]))
