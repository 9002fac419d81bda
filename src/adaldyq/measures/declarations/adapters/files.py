"""Opens what a foreign register gives: finds the files, undoes compression, settles the encoding, reads JSON.

What cannot be read is told with file, line and remedy. When a whole folder is read, such a file is a
reject, marked as damage, and the others are still read; when the one file asked for cannot be read, that
is an error.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.adapters.collection import Problem, TableRow, Tally

PIECE = 65_536
LARGEST_FILE = 256 << 20
GZIP = b"\x1f\x8b"
DEEPEST = 40

NOT_UTF8 = _("the text is not in UTF-8; save it in UTF-8 (it may be in Windows-1250, 1251 or 1252) and import again")
ENDS_INSIDE = _("the file is cut off inside a character; fetch it again, or save it in UTF-8 if it is whole")
CUT_OFF = _("the compressed file is cut off or damaged; fetch it again")
NO_FILE = _("the file cannot be opened: %(reason)s")
TOO_LARGE = _("the file is larger than %(most)s MiB; split it and import the folder")
NOT_JSON = _(
    "not valid JSON at column %(column)s; check the source and the path, and fetch the file again if it was cut off"
)
TOO_DEEP = _("nested too deep to be a declaration; take the record out")
HALF_A_CHARACTER = _("half a character, %(character)s, which stands for nothing; correct it or take the record out")
HALF = re.compile("[\ud800-\udfff]")
ESCAPED_SURROGATE = re.compile(r"\\ud[89a-f]", re.IGNORECASE)
LONE = re.compile(r"\\u(?:d[89ab]..(?!\\ud[c-f])|(?<!\\ud[89ab]..\\u)d[c-f]..)", re.IGNORECASE)


class Unreadable(Exception):
    """A file, or a record of it, that cannot be read.

    Attributes:
        line: where in the file, from 1.
        field: the source's own path of the field; empty when all of it is meant.
        problem: what is wrong and what would be right.
    """

    def __init__(self, line: int, text: str, field: str = "", **facts: object) -> None:
        self.line, self.field, self.problem = line, field, Problem(text, **facts)
        super().__init__(text)


class CutOff(Unreadable):
    """A compressed file that ends too soon, or is damaged.

    Attributes:
        readable: what stands in it before that.
    """

    def __init__(self, readable: bytes) -> None:
        super().__init__(readable.count(b"\n") + 1, CUT_OFF)
        self.readable = readable


class NotJson(Unreadable):
    """A text that is no JSON, or only the beginning of one."""


class BadRecord(Unreadable):
    """A record whose file is whole, and whose form is right, but which says what cannot be taken."""


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
    """Rows of every file; one that cannot be read is damage among many, and an error when it is the path.

    Raises:
        DomainError: `source-broken`.
    """
    for file in files:
        try:
            yield from read(file)
        except Unreadable as problem:
            if path.is_file():
                raise broken(file, problem) from None
            is_damage = not isinstance(problem, BadRecord)
            tally.reject(place_in(file, problem.line), problem.field, problem.problem, is_damage=is_damage)


def place_in(file: Path, line: int) -> str:
    """Where in a source something stands, in no language, as compilers and `grep -n` write it."""
    return f"{file.name}:{line}"


def broken(file: Path, problem: Unreadable) -> DomainError:
    """The error of the one file asked for."""
    said = f"{problem.field}: {problem.problem}" if problem.field else problem.problem
    return DomainError("source-broken", file=str(file), line=problem.line, problem=said)


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
        raise CutOff(readable_of(file)) from None
    except OSError as error:
        raise Unreadable(1, NO_FILE, reason=error.strerror) from None
    if len(raw) > LARGEST_FILE:
        raise Unreadable(1, TOO_LARGE, most=LARGEST_FILE >> 20)
    return raw


def readable_of(file: Path) -> bytes:
    """What stands in a damaged gzip file before the damage."""
    with file.open("rb") as stream:
        packed, unpacking = stream.read(LARGEST_FILE), zlib.decompressobj(zlib.MAX_WBITS | 16)
    found = bytearray()
    for start in range(0, len(packed), PIECE):
        try:
            found += unpacking.decompress(packed[start : start + PIECE], LARGEST_FILE - len(found))
        except zlib.error:
            break
        if len(found) >= LARGEST_FILE:
            break
    return bytes(found)


def text_of(file: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 when it begins with its mark.

    Raises:
        Unreadable: it is in another encoding, or ends inside a character, naming the line.
    """
    raw = bytes_of(file)
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        is_cut = error.end >= len(raw) and error.reason in {"unexpected end of data", "truncated data"}
        raise Unreadable(raw.count(b"\n", 0, error.start) + 1, ENDS_INSIDE if is_cut else NOT_UTF8) from None


def json_of(text: str, line: int = 1) -> Any:
    """A JSON value; numbers with a point are exact decimals.

    Args:
        text: the JSON.
        line: the line of the file on which it begins.

    Raises:
        NotJson: it is no JSON, or is cut off.
        BadRecord: a text in it holds half of a pair of surrogates, which no file can store.
        Unreadable: it is nested deeper than any declaration.
    """
    try:
        value = json.loads(text, parse_float=decimal_or_text, parse_constant=str, parse_int=exact_or_text)
    except json.JSONDecodeError as error:
        raise NotJson(line + error.lineno - 1, NOT_JSON, column=error.colno) from None
    except RecursionError:
        raise Unreadable(line, TOO_DEEP) from None
    if depth_exceeds(value, DEEPEST):
        raise Unreadable(line, TOO_DEEP)
    if ESCAPED_SURROGATE.search(text):
        lone = LONE.search(text)
        refuse_halves(value, line + text.count("\n", 0, lone.start() if lone else 0))
    return value


def refuse_halves(value: Any, line: int) -> None:
    """Refuse a JSON value in whose texts or keys half of a pair of surrogates stands.

    Raises:
        BadRecord: naming the field.
    """
    for path, text in texts_of(value):
        if half := HALF.search(text):
            where = path.encode(errors="backslashreplace").decode()
            raise BadRecord(line, HALF_A_CHARACTER, where, character=f"\\u{ord(half[0]):04x}")


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a JSON value and every key, each with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, f"{path}[]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            where = f"{path}.{key}" if path else key
            yield where, key
            yield from texts_of(inner, where)


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
    for _level in range(limit):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True
