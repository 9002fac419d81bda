"""Reads files of registers row by row: CSV with a header, FollowTheMoney as JSON lines, BODS as lines or an array."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel.adapters import arrays, bods, ftm
from adaldyq.kernel.json_texts import value_of

JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ftm", ".ijson"})
LONGEST_LINE = 1_000_000
LONGEST_BEGINNING = 1000


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a file as text by column, or the reason why it cannot be read."""

    number: int
    values: Mapping[str, str]
    error: DomainError | None = None


def lines_of(file: Path, kind: str, known: frozenset[str]) -> Iterator[FileLine]:
    """Lines of a file of any format.

    Args:
        file: CSV, or by its suffix JSON of FollowTheMoney or BODS.
        kind: of file, such as `people`.
        known: names of columns that such a file may have.

    Raises:
        DomainError: `source-missing`, `file-without-columns`, or `unknown-columns`.
    """
    if not file.is_file():
        raise DomainError("source-missing", file=str(file))
    return json_lines(file, kind) if file.suffix.lower() in JSON_SUFFIXES else csv_lines(file, known)


def csv_lines(file: Path, known: frozenset[str]) -> Iterator[FileLine]:
    """Lines of a CSV file (RFC 4180); its first line names the columns."""
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        reader = csv.reader(stream)
        header = [name.strip() for name in next(reader, [])]
        check_header(file, header, known)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield FileLine(reader.line_num, {}, DomainError("value-too-long", limit=csv.field_size_limit()))
                continue
            if not any(row):
                continue
            if len(row) != len(header):
                problem = DomainError("wrong-number-of-columns", found=len(row), wanted=len(header))
                yield FileLine(reader.line_num, {}, problem)
                continue
            yield FileLine(reader.line_num, dict(zip(header, row, strict=True)))


def check_header(file: Path, header: list[str], known: frozenset[str]) -> None:
    """Refuse a file whose columns are not those of its kind.

    Raises:
        DomainError: `file-without-columns` or `unknown-columns`.
    """
    if not any(header):
        raise DomainError("file-without-columns", file=str(file))
    unknown = sorted({name for name in header if name not in known or header.count(name) > 1})
    if unknown:
        raise DomainError(
            "unknown-columns", file=str(file), unknown=", ".join(unknown)[:200], known=", ".join(sorted(known))
        )


def json_lines(file: Path, kind: str) -> Iterator[FileLine]:
    """Entities of a FollowTheMoney file, or statements of a BODS file, of a kind; others are passed over.

    Both may be lines; statements may also be one array.
    """
    with file.open("rb") as stream:
        beginning = stream.read(LONGEST_BEGINNING).lstrip()
    if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
        yield from array_lines(file, kind)
        return
    with file.open("rb") as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                yield FileLine(number, {}, DomainError("line-too-long", limit=LONGEST_LINE))
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
                continue
            if line.strip():
                yield from one_line(number, line, kind)


def array_lines(file: Path, kind: str) -> Iterator[FileLine]:
    """Statements of an array; where it is broken, what comes after cannot be read."""
    with file.open(encoding="utf-8-sig", errors="surrogateescape") as stream:
        try:
            for number, value in arrays.values_of(stream, LONGEST_LINE):
                yield from one_thing(number, value, kind)
        except DomainError as error:
            yield FileLine(int(str(error.parameters["line"])), {}, error)
        except RecursionError:
            yield FileLine(0, {}, DomainError("line-unreadable"))


def one_line(number: int, line: bytes, kind: str) -> Iterator[FileLine]:
    """One line of JSON as rows; none when it is of another kind."""
    try:
        value = value_of(line)
    except DomainError as error:
        yield FileLine(number, {}, error)
    else:
        yield from one_thing(number, value, kind)


def one_thing(number: int, value: Any, kind: str) -> Iterator[FileLine]:
    """An entity or a statement as rows."""
    try:
        if bods.is_statement(value):
            rows = list(bods.rows_of(value, kind))
        else:
            row = ftm.row_of(value, kind)
            rows = [] if row is None else [row]
    except DomainError as error:
        yield FileLine(number, {}, error)
    else:
        yield from (FileLine(number, one) for one in rows)
