"""Reads the wealth of members of Kosovo's parliament: a wide bilingual spreadsheet a year, as CSV.

The first three lines are merged headings (the year, what it is, whose it is); every further line is a
member. A heading is found by its words, so columns may stand in another order. A sum is the declarant's
own (`his/her`) or shared (`joint`); a shared one has no owner in our tables, since the source names none.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.adapters.amounts import read_amount
from adaldyq.measures.declarations.adapters.collection import (
    PLACE,
    Collection,
    Problem,
    Row,
    TableRow,
    Tally,
    opaque_id,
)
from adaldyq.measures.declarations.adapters.files import Unreadable, files_of, place_in, reading_each, text_of
from adaldyq.measures.declarations.adapters.rows import (
    BODY_COLUMNS,
    NAME_COLUMNS,
    NOTE_COLUMNS,
    Declared,
    person_name,
)

NAME, COUNTRY, CURRENCY = "kosovo", "XK", "EUR"
BODY, POST, SOURCE = "Kuvendi i Kosovës", "Deputet", "mp-asset-declaration-importer, D4D Institute"
HEADING_LINES, FIRST_YEAR, LAST_YEAR = 3, 1999, 2100
OWN, JOINT = "his/her", "joint"

NOT_CSV = _("not a CSV file (%(reason)s); fetch it again if it was cut off, or save it as CSV with commas")
YEAR_TWICE = _("the year %(year)s was already read from another file; keep one of them")
NOT_A_LINE = _("the line has no name or another number of cells than the headings")
LINE_CUT = _("the last line ends before its last cell: the file is cut off; fetch it again")
NAME_TWICE = _("%(name)s stands twice in this year; the first line was kept")
NOT_A_YEAR = _("the first cell is not a year: this is not one of Kosovo's spreadsheets; check the source")
NO_HEADINGS = _("the three lines of headings are missing or cut; fetch the file again")
NO_HEADING = _("no heading, or not one own and one joint, for: %(missing)s")


@dataclass(frozen=True)
class Heading:
    """A pair of columns of the spreadsheet, and where its sums go.

    Attributes:
        words: the English half of its heading, by which it is found.
        section: of the declaration.
        column: for the sum.
        values: other columns that follow from the heading.
        least: a sum of a year or of a thing below this is suspected to be a slip.
        most: a sum above this is suspected too.
    """

    words: str
    section: str
    column: str
    values: Row
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(100_000_000)


HEADINGS = (
    Heading("real estate", "real_estate", "value", {}, least=Decimal(1000)),
    Heading("movable", "valuable", "value", {"kind": "other", "description": "Luajtshme / Movable"}),
    Heading("shares", "security", "value", {"kind": "share"}),
    Heading("bonds", "security", "value", {"kind": "bond"}),
    Heading("inst.fin", "account", "amount", {}),
    Heading("debts", "claim", "amount", {"direction": "payable"}),
    Heading("regular", "income", "amount", {"kind": "salary"}, least=Decimal(1000), most=Decimal(1_000_000)),
    Heading("honorariums", "income", "amount", {"kind": "other"}),
)
LASTING = ("real_estate", "valuable")  # what does not change by a factor of a hundred from year to year
SLIPS = (Decimal(100), Decimal(1000), Decimal(10000))

ROW = ("row_id", "declaration_id", "owner")
TABLES = {
    "person": ("id", "source", "as_of"),
    "person_name": NAME_COLUMNS,
    "body": BODY_COLUMNS,
    "declaration": (
        *("id", "person_id", "form", "year", "version", "is_current", "body_id"),
        *("post_title", "declarant_name", "country", "currency", "is_public"),
    ),
    "declared_real_estate": (*ROW, "basis", "value", "currency"),
    "declared_valuable": (*ROW, "kind", "description", "value", "currency"),
    "declared_security": (*ROW, "kind", "value", "currency"),
    "declared_account": (*ROW, "amount", "currency"),
    "declared_claim": (*ROW, "direction", "amount", "currency"),
    "declared_income": (*ROW, "kind", "amount", "currency"),
    "source_note": NOTE_COLUMNS,
}

FIELDS = {
    "year": "declaration.year",
    "name": "declaration.declarant_name",
    "party": "lost: the tables have no place for a party",
    **{f"{one.words} / {whose}": f"declared_{one.section}.{one.column}" for one in HEADINGS for whose in (OWN, JOINT)},
}
"""Where every field of the source goes, or why it has no place."""


def read(path: Path) -> Collection:
    """Kosovo's spreadsheets, one file or a folder of them, as a collection.

    Raises:
        DomainError: `source-missing` or `source-empty`; while its rows are read, `source-broken`.
    """
    files = files_of(path, ".csv")
    return Collection(
        name=NAME,
        title=_("Wealth declared by members of the Assembly of Kosovo"),
        source="github.com/opendatakosovo/mp-asset-declaration-importer, data by the D4D Institute, Prishtina",
        licence=_("GPL-2.0 (the repository)"),
        country=COUNTRY,
        tables=TABLES,
        reading=lambda tally: Assembly(tally).rows(path, files),
    )


class Assembly:
    """The parliament as the files are read: who was met, and what was declared last."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.people: dict[str, str] = {}
        self.years: set[int] = set()
        self.before: dict[tuple[str, str, str], tuple[int, Decimal]] = {}

    def rows(self, path: Path, files: list[Path]) -> Iterator[TableRow]:
        """Rows of all files."""
        yield from reading_each(path, files, self.tally, self.rows_of_file)
        if self.years:
            yield "body", body(max(self.years))

    def rows_of_file(self, file: Path) -> Iterator[TableRow]:
        """Rows of one year.

        Raises:
            Unreadable: it is no such spreadsheet, or its year was read from another file.
        """
        text = text_of(file)
        table = table_of(text)
        year = year_of(table)
        columns = columns_of([cells for _, cells in table[:HEADING_LINES]])
        if year in self.years:
            raise Unreadable(1, YEAR_TWICE, year=year)
        self.years.add(year)
        met: set[str] = set()
        for number, cells in table[HEADING_LINES:]:
            place = place_in(file, number)
            name = " ".join(cells[0].split()) if cells else ""
            if len(cells) != len(table[0][1]) or not name:
                if any(cells):
                    is_cut = cells is table[-1][1] and len(cells) < len(table[0][1]) and not text.endswith(("\n", "\r"))
                    self.tally.reject(place, "", Problem(LINE_CUT if is_cut else NOT_A_LINE), is_damage=is_cut)
            elif name.casefold() in met:
                self.tally.reject(place, "name", Problem(NAME_TWICE, name=name))
            else:
                met.add(name.casefold())
                yield from self.rows_of_member(name, year, cells, columns, place)

    def rows_of_member(
        self, name: str, year: int, cells: list[str], columns: list[tuple[int, Heading, str]], place: str
    ) -> Iterator[TableRow]:
        """Rows of one member in one year."""
        if party := cells[1].strip():
            self.tally.lose("party", party)
        person_id = opaque_id(NAME, "person", name.casefold(), BODY)
        if person_id not in self.people:
            self.people[person_id] = name
            yield "person", {"id": person_id, "source": SOURCE, "as_of": date(year, 12, 31)}
            yield person_name(NAME, person_id, "sq", "Latn", name)
        if not any(cells[column].strip() for column, _, _ in columns):
            self.tally.lose(_("a line without any sum: nothing owned, or nothing filed"), f"{name}, {year}")
            return
        declared = Declared(NAME, f"{name.casefold()}:{year}")
        yield (
            "declaration",
            {
                "id": declared.id,
                "person_id": person_id,
                "form": "income",
                "year": year,
                "version": 1,
                "is_current": True,
                "body_id": body(year)["id"],
                "post_title": POST,
                "declarant_name": name,
                "country": COUNTRY,
                "currency": CURRENCY,
                "is_public": True,
                PLACE: place,
            },
        )
        for column, heading, whose in columns:
            self.add_sum(declared, heading, whose, cells[column].strip(), (person_id, year))
        yield from declared.rows

    def add_sum(self, declared: Declared, heading: Heading, whose: str, text: str, of: tuple[str, int]) -> None:
        """Add the row of one cell, and a note when it looks like a slip."""
        reading = read_amount(text)
        if reading.amount == 0:
            self.tally.lose(_("a sum of zero: nothing is declared by it"), f"{heading.words}, {whose}")
            return
        if reading.amount is None and not reading.doubt:
            return
        values: Row = {**heading.values, heading.column: reading.amount, "currency": reading.currency or CURRENCY}
        values["owner"] = "declarant" if whose == OWN else None
        if heading.section == "real_estate":
            values["basis"] = "ownership" if whose == OWN else "joint ownership"
        row = declared.add(heading.section, f"{heading.words} / {whose}", **values)
        declared.note_doubt(reading, text, heading.section, row)
        if reading.amount is not None and reading.amount > 0:
            self.suspect(declared, heading, reading.amount, row, (of[0], heading.words, whose, of[1]))

    def suspect(
        self, declared: Declared, heading: Heading, amount: Decimal, row: Row, of: tuple[str, str, str, int]
    ) -> None:
        """Note a sum that cannot well be meant."""
        person_id, words, whose, year = of
        earlier = self.before.get((person_id, words, whose))
        detail = f"{words}, {whose}: {amount}"
        slipped = earlier and heading.section in LASTING and is_slip(amount, earlier[1])
        if earlier and slipped:
            declared.note("decimal-slip", f"{detail}, after {earlier[1]} in {earlier[0]}", heading.section, row)
        elif amount < heading.least and (whose == OWN or heading.section in LASTING):
            declared.note("implausibly-small", detail, heading.section, row)
        elif amount > heading.most:
            declared.note("absurd-amount", detail, heading.section, row)
        if not slipped:
            self.before[person_id, words, whose] = (year, amount)


def is_slip(amount: Decimal, other: Decimal) -> bool:
    """Whether one sum is the other with its point moved by two or more places."""
    return any(amount * factor == other or other * factor == amount for factor in SLIPS)


def body(year: int) -> Row:
    """The parliament, the one body of the collection."""
    return {
        "id": opaque_id(NAME, "body", BODY),
        "name": BODY,
        "level": "national",
        "kind": "parliament",
        "territory_id": COUNTRY,
        "source": SOURCE,
        "as_of": date(year, 12, 31),
    }


def table_of(text: str) -> list[tuple[int, list[str]]]:
    """The cells of every line, with the number of the line on which they end.

    Raises:
        Unreadable: it is no CSV.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(lines.line_num, cells) for cells in lines]
    except csv.Error as error:
        raise Unreadable(lines.line_num, NOT_CSV, reason=error) from None


def year_of(table: list[tuple[int, list[str]]]) -> int:
    """The year in the first cell.

    Raises:
        Unreadable: there is none.
    """
    first = table[0][1][0].strip() if table and table[0][1] else ""
    if not (first.isascii() and first.isdigit() and FIRST_YEAR <= int(first) <= LAST_YEAR):
        raise Unreadable(1, NOT_A_YEAR)
    return int(first)


def columns_of(headings: list[list[str]]) -> list[tuple[int, Heading, str]]:
    """Where each heading's own and joint sums stand.

    Raises:
        Unreadable: a heading is missing.
    """
    if len(headings) < HEADING_LINES or len({len(line) for line in headings}) != 1:
        raise Unreadable(1, NO_HEADINGS)
    found = []
    texts = ["", ""]
    for place in range(2, len(headings[0])):
        texts = [" ".join(line[place].casefold().split()) or last for line, last in zip(headings, texts, strict=False)]
        whose = OWN if OWN in headings[2][place] else JOINT
        matches = [one for one in HEADINGS if any(one.words in text.split("/", 1)[-1] for text in texts)]
        found += [(place, one, whose) for one in matches[-1:]]
    missing = [one.words for one in HEADINGS if [(h, w) for _, h, w in found].count((one, OWN)) != 1]
    missing += [one.words for one in HEADINGS if [(h, w) for _, h, w in found].count((one, JOINT)) != 1]
    if missing:
        raise Unreadable(2, NO_HEADING, missing=", ".join(sorted(set(missing))))
    return found
