"""Opens what an adapter is pointed at, and says which file and line is broken when one is."""

from __future__ import annotations

import gzip
import json
import zlib
from decimal import Decimal
from pathlib import Path

from adaldyq.base.errors import DomainError

LONGEST_WHOLE = 30
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(ValueError):
    """A record that is not JSON we can use; its text says why."""


def files_of(path: Path, *patterns: str) -> list[Path]:
    """The file itself, or the files of a folder that match, in their order.

    Raises:
        DomainError: `source-missing`, or `source-empty` for a folder without such a file.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DomainError("source-missing", file=str(path))
    found = sorted({file for pattern in patterns for file in path.glob(pattern) if file.is_file()})
    if not found:
        raise DomainError("source-empty", file=str(path), wanted=", ".join(patterns))
    return found


def text_of(file: Path) -> str:
    """The text of a file, unpacked when it is packed.

    Raises:
        DomainError: `source-missing`, `source-truncated` for a broken gzip file, `source-not-utf8` naming the line.
    """
    try:
        raw = file.read_bytes()
        if file.suffix == ".gz":
            raw = gzip.decompress(raw)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise DomainError("source-truncated", file=str(file)) from None
    except OSError as error:
        raise DomainError("source-unreadable", file=str(file), problem=str(error.strerror)) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if raw.startswith(BYTE_ORDER_MARKS) else raw.count(b"\n", 0, error.start) + 1
        raise DomainError("source-not-utf8", file=str(file), line=line) from None


def json_of(text: str) -> object:
    """Read JSON with exact numbers; NaN and Infinity stay words, so that they are noticed where they stand.

    Raises:
        Unreadable: the text is no JSON, ends too early, or is nested too deeply.
    """
    try:
        return json.loads(text, parse_float=Decimal, parse_int=whole, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not JSON: {error.msg} at line {error.lineno}, character {error.colno}") from None
    except RecursionError:
        raise Unreadable("nested too deeply to be a declaration") from None


def whole(digits: str) -> int | Decimal:
    """A whole number of any length."""
    return int(digits) if len(digits) <= LONGEST_WHOLE else Decimal(digits)
