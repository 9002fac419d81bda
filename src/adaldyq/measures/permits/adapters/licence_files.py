"""Files by which licences of a former register are taken over: CSV with a header, or an object of JSON a line, by the same names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.kernel.adapters.columns import FileColumn, Value, day, text
from adaldyq.kernel.adapters.files import LONGEST_LINE, FileLine, csv_lines
from adaldyq.kernel.json_texts import value_of
from adaldyq.measures.permits.domain.applying import LONGEST_ADDRESS

LINES = frozenset({".jsonl", ".ndjson", ".json"})
STATES = ("valid", "suspended", "revoked", "expired")
NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9_-]{0,22}[A-Z0-9])?")
OURS = re.compile(r"[A-Z]{1,3}-[0-9]{1,6}-[0-9]{4}-[0-9]{6}")
"""Numbers that this register gives by itself; one that was taken over must never be in its way."""
BETWEEN = "|"
"""What stands between two conditions."""


def number(value: str, name: str) -> Value:
    """Reads the number of a licence, which stands in addresses.

    Raises:
        DomainError: `licence-number-shape`, `licence-number-ours`.
    """
    found = value.upper()
    if not NUMBER.fullmatch(found):
        raise DomainError("licence-number-shape", field=name, value=value[:40])
    if OURS.fullmatch(found):
        raise DomainError("licence-number-ours", field=name, value=found)
    return found


def state(value: str, name: str) -> Value:
    """Reads how a licence stands.

    Raises:
        DomainError: `declared-not-offered`.
    """
    if value not in STATES:
        raise DomainError("declared-not-offered", field=name, value=value[:40])
    return value


COLUMNS: Mapping[str, FileColumn] = {
    "number": FileColumn("Number of the licence: Latin letters, figures and hyphens.", number, required=True),
    "permit": FileColumn("Number of the entry of the catalogue, such as L-001.", text(20), required=True),
    "holder": FileColumn("Number or id of the company or person who holds it.", text(40), required=True),
    "holder_name": FileColumn("Name of the holder, as the licence says it.", text(300), required=True),
    "issued": FileColumn("Day on which it was issued.", day, required=True),
    "valid_from": FileColumn("First day; that of issue where it is empty.", day),
    "valid_until": FileColumn("Last day; empty without end.", day),
    "state": FileColumn("valid, suspended, revoked or expired.", state, required=True),
    "state_since": FileColumn("Day on which it was suspended or revoked.", day),
    "ground": FileColumn("Why it was suspended or revoked.", text(2000)),
    "act_number": FileColumn("Number of the act by which it was.", text(100)),
    "address": FileColumn("Where the activity is carried on.", text(LONGEST_ADDRESS)),
    "region": FileColumn("Code of the territory in which that is.", text(20)),
    "conditions": FileColumn("Conditions that the holder keeps, with | between two.", text(4000)),
}
"""Columns of a file, each with what it means."""


def lines_of(file: Path) -> Iterator[FileLine]:
    """Lines of a file as text by column.

    Raises:
        DomainError: `source-missing`, `file-without-columns`, `unknown-columns`.
    """
    if not file.is_file():
        raise DomainError("source-missing", file=str(file))
    return json_lines(file) if file.suffix.lower() in LINES else csv_lines(file, frozenset(COLUMNS))


def json_lines(file: Path) -> Iterator[FileLine]:
    """Lines that are objects of JSON; one that is none, or has another name, says so."""
    with file.open("rb") as stream:
        place = 0
        while line := stream.readline(LONGEST_LINE + 1):
            place += 1
            if len(line) > LONGEST_LINE:
                yield FileLine(place, {}, DomainError("line-too-long", limit=LONGEST_LINE))
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
            elif line.strip():
                yield one_line(place, line, file)


def one_line(place: int, line: bytes, file: Path) -> FileLine:
    """A line that is an object of JSON; a list of texts stands for conditions."""
    try:
        found = checked(value_of(line), file)
    except DomainError as error:
        return FileLine(place, {}, error)
    return FileLine(place, {name: written(value) for name, value in found.items()})


def checked(value: object, file: Path) -> dict[str, object]:
    """An object of JSON with the names of columns.

    Raises:
        DomainError: `line-not-json`, `unknown-columns`.
    """
    if not isinstance(value, dict):
        raise DomainError("line-not-json", place=1)
    if unknown := sorted(set(value) - set(COLUMNS)):
        raise DomainError(
            "unknown-columns", file=file.name, unknown=", ".join(unknown)[:200], known=", ".join(sorted(COLUMNS))
        )
    return value


def written(value: object) -> str:
    """A value of JSON as a cell of CSV would have it."""
    if isinstance(value, list):
        return f" {BETWEEN} ".join(str(one) for one in value)
    return "" if value is None else str(value)
