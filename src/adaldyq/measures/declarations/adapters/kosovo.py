"""Wealth of Kosovo's members of parliament, one spreadsheet a year as the D4D Institute made it.

Each line is a member, with totals by class of wealth: the member's own and those held jointly. All
amounts are in euro, Kosovo's currency, which the sheets do not say. A joint amount has no owner here,
because the sheets do not say whose it is; verification counts it to the household.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.adapters.amounts import read_amount
from adaldyq.measures.declarations.adapters.collection import (
    Collection,
    Row,
    TableRow,
    Tally,
    opaque_id,
)
from adaldyq.measures.declarations.adapters.files import files_of, text_of

NAME: Final = "kosovo"
CURRENCY: Final = "EUR"
WIDTH: Final = 18
HEADER_LINES: Final = 3
YEARS: Final = range(1990, 2101)
SLIPS: Final = (10, 100, 1000)
SMALLEST_SLIP: Final = 1000

TABLES = {
    "person": ("id", "country", "source", "as_of"),
    "person_name": ("id", "person_id", "language", "script", "text"),
    "declaration": (
        "id",
        "person_id",
        "form",
        "year",
        "version",
        "is_current",
        "declarant_name",
        "country",
        "currency",
        "is_public",
    ),
    "declared_real_estate": ("row_id", "declaration_id", "owner", "basis", "value", "currency"),
    "declared_valuable": ("row_id", "declaration_id", "owner", "kind", "value", "currency"),
    "declared_security": ("row_id", "declaration_id", "owner", "kind", "value", "currency"),
    "declared_account": ("row_id", "declaration_id", "owner", "amount", "currency"),
    "declared_claim": ("row_id", "declaration_id", "owner", "direction", "amount", "currency"),
    "declared_income": ("row_id", "declaration_id", "owner", "kind", "amount", "currency"),
    "source_note": ("id", "declaration_id", "table_name", "row_id", "kind", "detail"),
}


@dataclass(frozen=True)
class ClassOfWealth:
    """A pair of columns: the member's own total, and the joint one beside it."""

    at: int
    header: str
    table: str
    amount: str
    fixed: Row


CLASSES = (
    ClassOfWealth(2, "Real Estate", "declared_real_estate", "value", {}),
    ClassOfWealth(4, "Movable", "declared_valuable", "value", {"kind": "other"}),
    ClassOfWealth(6, "Shares", "declared_security", "value", {"kind": "share"}),
    ClassOfWealth(8, "Bonds", "declared_security", "value", {"kind": "bond"}),
    ClassOfWealth(10, "Para të gatshme në inst.fin.", "declared_account", "amount", {}),
    ClassOfWealth(12, "Debts or Outstanding", "declared_claim", "amount", {"direction": "payable"}),
    ClassOfWealth(14, "Regular", "declared_income", "amount", {"kind": "salary"}),
    ClassOfWealth(16, "Honorariums", "declared_income", "amount", {"kind": "other"}),
)

FIELDS = {
    "year": "declaration.year",
    "name": "declaration.declarant_name, person_name.text",
    "party": "lost: the tables have no column for a party",
    **{f"{one.header} ({side})": f"{one.table}.{one.amount}" for one in CLASSES for side in ("his/her", "joint")},
}
"""Every column of the sheets, and the table and column it goes to."""


@dataclass
class Reader:
    """One reading of the sheets, with what it has already seen."""

    tally: Tally
    people: set[str] = field(default_factory=set)
    declarations: set[str] = field(default_factory=set)
    before: dict[tuple[str, int], object] = field(default_factory=dict)

    def sheet(self, file: Path) -> Iterator[TableRow]:
        """Rows of one year."""
        lines = lines_of(file)
        year = check_header(file, [cells for _, cells in lines[:HEADER_LINES]])
        for line, cells in lines[HEADER_LINES:]:
            place = f"{file.name}, line {line}"
            if len(cells) != WIDTH:
                self.tally.reject(place, "", f"{len(cells)} columns instead of {WIDTH}")
            elif not "".join(cells).strip():
                continue
            elif not cells[0].strip():
                self.tally.reject(place, "name", "the member has no name")
            else:
                yield from self.member(place, year, cells)

    def member(self, place: str, year: int, cells: list[str]) -> Iterator[TableRow]:
        """Rows of one member in one year."""
        name = " ".join(cells[0].split())
        person = opaque_id(NAME, "person", name.casefold())
        declaration = opaque_id(NAME, "declaration", name.casefold(), year)
        if declaration in self.declarations:
            self.tally.reject(place, "name", f"{name} stands twice in {year}; the first line was kept")
            return
        self.declarations.add(declaration)
        if person not in self.people:
            self.people.add(person)
            yield from person_rows(person, name, year)
        yield (
            "declaration",
            {
                "id": declaration,
                "person_id": person,
                "form": "income",
                "year": year,
                "version": 1,
                "is_current": True,
                "declarant_name": name,
                "country": "XK",
                "currency": CURRENCY,
                "is_public": True,
            },
        )
        if cells[1].strip():
            self.tally.lose("party", cells[1])
        for one in CLASSES:
            for column in (one.at, one.at + 1):
                yield from self.amount(one, column, cells[column], declaration, person)

    def amount(self, one: ClassOfWealth, column: int, text: str, declaration: str, person: str) -> Iterator[TableRow]:
        """The row of one cell, and a note when the cell is suspect."""
        if not text.strip():
            return
        joint = column > one.at
        read = read_amount(text)
        row: Row = {
            "row_id": opaque_id(NAME, declaration, column),
            "declaration_id": declaration,
            "owner": None if joint else "declarant",
            one.amount: read.value,
            "currency": CURRENCY,
            **one.fixed,
        }
        if "basis" in TABLES[one.table]:
            row["basis"] = "joint ownership" if joint else "ownership"
        yield one.table, row
        problem = read.problem or ("negative-amount" if read.value is not None and read.value < 0 else "")
        former = self.before.get((person, column))
        detail = text
        if not problem and isinstance(former, type(read.value)) and slipped(former, read.value):
            problem, detail = "decimal-slip", f"{text}; {former} the year before"
        if problem:
            yield "source_note", note(one.table, row, problem, detail)
        self.before[person, column] = read.value


def read(path: Path) -> Collection:
    """The sheets of a folder, or one sheet, as a collection.

    Raises:
        DomainError: there is no sheet at `path`.
    """
    sheets = files_of(path, "*.csv")

    def reading(tally: Tally) -> Iterator[TableRow]:
        reader = Reader(tally)
        for file in sheets:
            yield from reader.sheet(file)

    return Collection(
        name=NAME,
        title="Wealth declared by members of the Assembly of Kosovo",
        source="D4D Institute, Prishtina; github.com/opendatakosovo/mp-asset-declaration-importer",
        licence="GPL-2.0 (repository)",
        country="XK",
        tables=TABLES,
        reading=reading,
    )


def lines_of(file: Path) -> list[tuple[int, list[str]]]:
    """Lines of a sheet with the number at which each ends."""
    reader = csv.reader(text_of(file).splitlines(keepends=True), strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise DomainError("source-broken", file=str(file), line=reader.line_num, problem=str(error)) from None


def check_header(file: Path, header: list[list[str]]) -> int:
    """The year of a sheet whose header is as we know it.

    Raises:
        DomainError: `source-wrong-schema` when it is not.
    """
    wrong = DomainError(
        "source-wrong-schema",
        file=str(file),
        line=1,
        wanted="a sheet of Kosovo's members of parliament: three header lines, the year first, 18 columns",
    )
    if len(header) < HEADER_LINES or any(len(cells) != WIDTH for cells in header):
        raise wrong
    titles = [" ".join(f"{header[0][at]} {header[1][at]}".split()) for at in range(WIDTH)]
    owners = [" ".join(cell.split()).rsplit(" ", 1)[-1] for cell in header[2][2:]]
    if not all(one.header in titles[one.at] for one in CLASSES) or owners != ["his/her", "joint"] * len(CLASSES):
        raise wrong
    if not re.fullmatch(r"[0-9]{4}", header[0][0], re.ASCII) or int(header[0][0]) not in YEARS:
        raise wrong
    return int(header[0][0])


def person_rows(person: str, name: str, year: int) -> Iterator[TableRow]:
    """A member and the member's name, as of the first sheet that has them."""
    yield "person", {"id": person, "country": "XK", "source": NAME, "as_of": date(year, 12, 31)}
    yield (
        "person_name",
        {
            "id": opaque_id(NAME, "name", person),
            "person_id": person,
            "language": "sq",
            "script": "Latn",
            "text": name,
        },
    )


def slipped(former: object, value: object) -> bool:
    """Whether one sum is exactly ten, a hundred or a thousand times the other, and not small."""
    low, high = sorted((int(str(former).partition(".")[0]), int(str(value).partition(".")[0])))
    return low > 0 and high >= SMALLEST_SLIP and any(low * slip == high for slip in SLIPS)


def note(table: str, row: Row, kind: str, detail: str) -> Row:
    """A note about a suspect row."""
    return {
        "id": opaque_id(NAME, "note", row["row_id"], kind),
        "declaration_id": row["declaration_id"],
        "table_name": table,
        "row_id": row["row_id"],
        "kind": kind,
        "detail": detail,
    }
