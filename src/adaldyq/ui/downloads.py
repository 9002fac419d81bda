"""Files that spreadsheets open: the same columns as the page, raw values."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, TypeVar
from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from adaldyq.ui.facts import Link, State
from adaldyq.ui.tables import Column

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Kazakh letters for Latin-1
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Response = TypeVar("Response", bound=HttpResponseBase)


def plain(value: object) -> str:
    """A value for a file: ISO dates, decimal point, and text that no spreadsheet runs as a formula."""
    if isinstance(value, State | Link):
        value = value.word if isinstance(value, State) else value.text
    match value:
        case None:
            return ""
        case date():  # an instant is a date too
            return value.isoformat()
        case bool():
            return str(value).lower()
        case int() | float() | Decimal():
            return str(value)
        case _:
            return harmless(str(value))


def harmless(text: str) -> str:
    """Text with an apostrophe before what a spreadsheet would run (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def line(values: Iterable[object]) -> str:
    """One line of a CSV file (RFC 4180)."""
    buffer = StringIO()
    csv.writer(buffer).writerow([plain(value) for value in values])
    return buffer.getvalue()


def lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """A CSV file, line by line: names of columns, then rows; money has its currency in a column of its own."""
    yield BYTE_ORDER_MARK + line(titles(columns))
    for row in rows:
        yield line(
            value
            for column in columns
            for value in ((column.raw(row), column.currency_of(row)) if own_currency(column) else (column.raw(row),))
        )


def own_currency(column: Column) -> bool:
    """Whether a column of amounts needs its currency beside it."""
    return column.kind == "money" and bool(column.currency)


def titles(columns: Sequence[Column]) -> list[str]:
    """Names of the columns of the file."""
    return [
        name
        for column in columns
        for name in ((column.name, f"{column.name}_currency") if own_currency(column) else (column.name,))
    ]


def as_attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that a browser saves: it is told not to guess what it is, and may run nothing in it."""
    return saved(HttpResponse(content, content_type=media_type), name)


def as_download(pieces: Iterable[bytes], name: str, media_type: str) -> StreamingHttpResponse:
    """The same for one that comes in pieces."""
    return saved(StreamingHttpResponse(pieces, content_type=media_type), name)


def saved(response: Response, name: str) -> Response:
    """An answer that a browser saves."""
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def disposition(name: str) -> str:
    """The header that names a download, in any letters (RFC 6266, RFC 8187)."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def csv_response(filename: str, columns: Sequence[Column], rows: Iterable[Any]) -> StreamingHttpResponse:
    """Rows as a CSV file that is sent while it is written, so that a large one needs no memory."""
    response = StreamingHttpResponse(lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = disposition(filename)
    return response


def csv_address(header: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A small CSV file carried in the page itself, as a `data:` address."""
    text = BYTE_ORDER_MARK + line(header) + "".join(line(row) for row in rows)
    return f"data:text/csv;charset=utf-8,{quote(text)}"
