"""Opens what a foreign register gives: finds the files, undoes compression, settles the encoding, reads JSON.

What cannot be read is told with file, line and remedy. When a whole folder is read, such a file is a
reject and the others are still read; when the one file asked for cannot be read, that is an error.
"""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.adapters.collection import TableRow, Tally

LARGEST_FILE = 256 << 20
GZIP = b"\x1f\x8b"
DEEPEST = 40

NOT_UTF8 = "the text is not in UTF-8; save it in UTF-8 (it may be in Windows-1250, 1251 or 1252) and import again"
CUT_OFF = "the compressed file is cut off or damaged; fetch it again"


class Unreadable(Exception):
    """A file, or a record of it, that cannot be read.

    Attributes:
        line: where in the file, from 1.
        problem: what is wrong and what would be right.
    """

    def __init__(self, line: int, problem: str) -> None:
        self.line, self.problem = line, problem
        super().__init__(problem)


def files_of(path: Path, *endings: str) -> list[Path]:
    """The files to read: the path itself, or all in the folder and below that end so, in order of their paths.

    Raises:
        DomainError: `source-missing`, or `source-empty` naming the endings looked for.
    """
    if not path.exists():
        raise DomainError("source-missing", file=str(path))
    if path.is_file():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.endswith(endings))
    if not found:
        raise DomainError("source-empty", file=str(path), wanted=", ".join(f"*{one}" for one in endings))
    return found


def reading_each(
    path: Path, files: list[Path], tally: Tally, read: Callable[[Path], Iterator[TableRow]]
) -> Iterator[TableRow]:
    """Rows of every file; one that cannot be read is a reject among many, and an error when it is the path.

    Raises:
        DomainError: `source-broken`.
    """
    for file in files:
        try:
            yield from read(file)
        except Unreadable as problem:
            if path.is_file():
                raise DomainError("source-broken", file=str(file), line=problem.line, problem=problem.problem) from None
            tally.reject(f"{file.name}, line {problem.line}", "", problem.problem)


def bytes_of(file: Path) -> bytes:
    """What stands in a file, decompressed when it is gzip.

    Raises:
        Unreadable: it cannot be opened, is cut off, or is too large to be a register's.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(len(GZIP))
            stream.seek(0)
            if start != GZIP:
                raw = stream.read(LARGEST_FILE + 1)
            else:
                with gzip.open(stream) as unpacked:
                    raw = unpacked.read(LARGEST_FILE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise Unreadable(1, CUT_OFF) from None
    except OSError as error:
        raise Unreadable(1, f"the file cannot be opened: {error.strerror}") from None
    if len(raw) > LARGEST_FILE:
        raise Unreadable(1, f"the file is larger than {LARGEST_FILE >> 20} MiB; split it and import the folder")
    return raw


def text_of(file: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 when it begins with its mark.

    Raises:
        Unreadable: it is in another encoding, naming the first line that is.
    """
    raw = bytes_of(file)
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(raw.count(b"\n", 0, error.start) + 1, NOT_UTF8) from None


def json_of(text: str, line: int = 1) -> Any:
    """A JSON value; numbers with a point are exact decimals.

    Args:
        text: the JSON.
        line: the line of the file on which it begins.

    Raises:
        Unreadable: it is no JSON, is cut off, or is nested deeper than any declaration.
    """
    try:
        value = json.loads(text, parse_float=decimal_or_text, parse_constant=str, parse_int=exact_or_text)
    except json.JSONDecodeError as error:
        remedy = "check the source and the path; fetch the file again if it was cut off"
        problem = f"not valid JSON at column {error.colno} ({error.msg}); {remedy}"
        raise Unreadable(line + error.lineno - 1, problem) from None
    except RecursionError:
        raise Unreadable(line, "nested too deep to be a declaration; take the record out") from None
    if depth_exceeds(value, DEEPEST):
        raise Unreadable(line, "nested too deep to be a declaration; take the record out")
    return value


def exact_or_text(digits: str) -> int | str:
    """A whole number; one with more figures than any of a declaration stays text."""
    return int(digits) if len(digits) < len(str(1 << 63)) else digits


def decimal_or_text(digits: str) -> Decimal | str:
    """An exact number; one that no arithmetic can hold stays text."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def depth_exceeds(value: Any, limit: int) -> bool:
    """Whether lists and objects stand in each other more than `limit` times."""
    level = [value]
    for _ in range(limit):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
