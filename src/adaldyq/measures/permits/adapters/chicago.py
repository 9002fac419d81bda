"""Licences of the City of Chicago, as its Data Portal publishes them (dataset `business_licences_at_inspection`), in our tables.

They are a dataset, never a part of the country's own register. A line is a licence as it stood at an inspection, so that one licence
stands on several lines; a line without a licence, and what our tables have no place for, is counted and named.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import BITS, encode
from adaldyq.base.words import gettext_noop as _

NAME, COUNTRY, LICENCE = "chicago", "US", "MIT, © 2014 City of Chicago"
CITY = "City of Chicago"
TITLE = _("Licences of businesses in Chicago at the time of food inspections")
SOURCE = "data.cityofchicago.org, by github.com/Chicago/food-inspections-evaluation, 603d8db"
FIRST_DAY, LONGEST = date(1900, 1, 1), 300
DIGEST_BITS = 256
STATES: Mapping[str, str] = {"AAI": "valid", "AAC": "expired", "REV": "revoked", "REA": "suspended"}
"""Issued; cancelled by its holder; revoked; revoked and appealed."""
TABLES: Mapping[str, tuple[str, ...]] = {
    "body": ("id", "name", "level", "source", "as_of"),
    "company": ("id", "identifier", "name", "source", "as_of"),
    "permit_entry": ("id", "number", "state", "kind"),
    "permit_licence": (
        "id", "number", "entry_id", "body_id", "kind", "company_id", "holder_name", "holder_identifier", "address", "state",
        "issued_date", "valid_from", "valid_until", "deemed",
    ),
}  # fmt: skip
"""Tables that it fills, each with the columns that the source has."""
NEEDED = (
    "ID", "ACCOUNT_NUMBER", "LEGAL_NAME", "ADDRESS", "LICENSE_CODE", "LICENSE_DESCRIPTION", "LICENSE_STATUS",
    "LICENSE_TERM_START_DATE", "LICENSE_TERM_EXPIRATION_DATE",
)  # fmt: skip
OTHERS = ("DOING_BUSINESS_AS_NAME", "BUSINESS_ACTIVITY", "APPLICATION_TYPE", "WARD", "LATITUDE", "LONGITUDE")
TableRow = tuple[str, dict[str, object]]


class Reading:
    """A file that is read once.

    Attributes:
        losses: values without a place, by the source's own name of the column.
        examples: one of each.
        rejects: line and problem of what could not be read.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.losses: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.rejects: list[tuple[int, str]] = []
        self.seen: dict[str, str] = {}

    def lose(self, what: str, example: str) -> None:
        """Count something that has no place."""
        self.losses[what] += 1
        self.examples.setdefault(what, example[:120])

    def rows(self) -> Iterator[TableRow]:
        """Rows with the names of their tables; the city, companies and kinds of licence before the licences.

        Raises:
            DomainError: `licences-unreadable`: the file is cut off, no CSV, or of other columns.
        """
        try:
            with gzip.open(self.file) as packed:
                lines = csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8", newline=""))
                if lacking := [name for name in NEEDED if name not in (lines.fieldnames or ())]:
                    raise DomainError("licences-unreadable", file=str(self.file), problem=", ".join(lacking))
                for line in lines:
                    yield from self.line(line, lines.line_num)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
            raise DomainError("licences-unreadable", file=str(self.file), problem=str(error)) from None

    def line(self, line: Mapping[str, str | None], number: int) -> Iterator[TableRow]:
        """What a line says that was not said before."""
        said = {name: (line.get(name) or "").strip() for name in (*NEEDED, *OTHERS)}
        if not said["ID"]:
            self.lose("a line without a licence", f"line {number}")
            return
        told = "|".join(said[name] for name in NEEDED)
        if (before := self.seen.get(said["ID"])) is not None:
            self.lose("ID again" if before == told else "ID again, and another text", said["ID"])
            return
        try:
            row = licence(said)
        except ValueError as error:
            self.rejects.append((number, str(error)))
            return
        self.seen[said["ID"]] = told
        for name in OTHERS:
            if said[name]:
                self.lose(name, said[name])
        if said["LICENSE_STATUS"] == "AAC":
            self.lose("LICENSE_STATUS AAC: cancelled by its holder, taken as ended", said["ID"])
        yield from self.first_seen("body", row["body_id"], body())
        yield from self.first_seen("company", row["company_id"], company(said))
        yield from self.first_seen("permit_entry", row["entry_id"], entry(said))
        yield "permit_licence", row

    def first_seen(self, table: str, key: object, row: dict[str, object]) -> Iterator[TableRow]:
        """A row that was not given before."""
        if self.seen.setdefault(f"{table} {key}", "") == "":
            self.seen[f"{table} {key}"] = "given"
            yield table, row


def opaque(*parts: str) -> str:
    """An id that follows from what a row is."""
    digest = int.from_bytes(hashlib.sha256("\0".join((NAME, *parts)).encode()).digest())
    return encode(digest >> (DIGEST_BITS - BITS))


def whole(text: str) -> str:
    """A number that the source writes with a fraction of nought."""
    return text.removesuffix(".0")


def day(text: str, name: str) -> date:
    """A day.

    Raises:
        ValueError: it is none.
    """
    found = date.fromisoformat(text[:10])
    if found < FIRST_DAY:
        raise ValueError(f"{name}: {text}")
    return found


def licence(said: Mapping[str, str]) -> dict[str, object]:
    """A licence.

    Raises:
        ValueError: a day is none, the term ends before it begins, or the state is unknown.
    """
    since = day(said["LICENSE_TERM_START_DATE"], "LICENSE_TERM_START_DATE")
    until = day(said["LICENSE_TERM_EXPIRATION_DATE"], "LICENSE_TERM_EXPIRATION_DATE")
    if until < since or said["LICENSE_STATUS"] not in STATES:
        raise ValueError(f"{said['ID']}: {since} … {until}, {said['LICENSE_STATUS']}")
    return {
        "id": opaque("licence", said["ID"]),
        "number": said["ID"],
        "entry_id": opaque("entry", whole(said["LICENSE_CODE"])),
        "body_id": opaque("body", CITY),
        "kind": "licence",
        "company_id": opaque("company", whole(said["ACCOUNT_NUMBER"])),
        "holder_name": said["LEGAL_NAME"][:LONGEST],
        "holder_identifier": whole(said["ACCOUNT_NUMBER"]),
        "address": said["ADDRESS"][:LONGEST],
        "state": STATES[said["LICENSE_STATUS"]],
        "issued_date": since,
        "valid_from": since,
        "valid_until": until,
        "deemed": False,
    }


def company(said: Mapping[str, str]) -> dict[str, object]:
    """Who holds it: an account of the city."""
    number = whole(said["ACCOUNT_NUMBER"])
    name = said["LEGAL_NAME"][:LONGEST]
    return {"id": opaque("company", number), "identifier": number, "name": name, "source": SOURCE, "as_of": AS_OF}


def body() -> dict[str, object]:
    """Who issued all of them."""
    return {"id": opaque("body", CITY), "name": CITY, "level": "city", "source": SOURCE, "as_of": AS_OF}


AS_OF = date(2014, 12, 31)
"""The data end with that year."""


def entry(said: Mapping[str, str]) -> dict[str, object]:
    """A kind of licence."""
    code = whole(said["LICENSE_CODE"])
    return {"id": opaque("entry", code), "number": f"C-{code}", "state": "introduced", "kind": "licence"}
