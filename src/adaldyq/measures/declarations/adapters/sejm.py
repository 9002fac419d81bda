"""Reads declarations of members of the Polish Sejm: JSON lines, a member a line, as a program read them from PDFs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.adapters.collection import (
    PLACE,
    Collection,
    Problem,
    Row,
    TableRow,
    Tally,
    opaque_id,
)
from adaldyq.measures.declarations.adapters.days import read_day
from adaldyq.measures.declarations.adapters.files import (
    CutOff,
    NotJson,
    Unreadable,
    files_of,
    json_of,
    place_in,
    reading_each,
    text_of,
)
from adaldyq.measures.declarations.adapters.leaves import LOST, count_losses
from adaldyq.measures.declarations.adapters.rows import BODY_COLUMNS, NAME_COLUMNS, NOTE_COLUMNS, Declared, person_name
from adaldyq.measures.declarations.adapters.sejm_sections import ADDING, CURRENCY, words

NAME, COUNTRY = "sejm", "PL"
BODY, POST = "Sejm Rzeczypospolitej Polskiej", "Poseł na Sejm"
SOURCE = "orka.sejm.gov.pl, read from PDF by github.com/KonradWitt/AssetDeclarations"
FIRST_MONTH, LAST_MONTH = 1, 7
YOUNGEST, OLDEST = 21, 90
NAMES = ("firstName", "lastName")

NO_MEMBER = _("no record of a member of the Sejm (no `assetDeclarations`); check the source")
NO_NAME = _("the record has no `firstName` and `lastName`; add them or take the line out")
LINE_CUT = _("the last line is only the beginning of a record: the file is cut off; fetch it again")
NO_OBJECT = _("a declaration is not a JSON object; take it out")
READ_BEFORE = _("the document was read before; the first was kept: %(document)s")
NO_LIST = _("a section is not a JSON list; correct the record")
NO_ITEM = _("an item is not a JSON object; take it out")
NO_YEAR = _("“%(day)s” is no day, and no other declaration of the file tells the year; write the day of signing")

ROW = ("row_id", "declaration_id", "owner")
TABLES = {
    "person": ("id", "birth_date", "source", "as_of"),
    "person_name": (*NAME_COLUMNS, "family_name", "given_name"),
    "body": BODY_COLUMNS,
    "declaration": (
        *("id", "person_id", "form", "year", "version", "is_current", "filed_at", "filed_date", "body_id"),
        *("post_title", "declarant_name", "country", "currency", "is_public"),
    ),
    "declared_cash": (*ROW, "amount", "currency", "stated_amount", "or_at_bank"),
    "declared_account": (*ROW, "bank", "amount", "currency"),
    "declared_crypto": (*ROW, "asset", "quantity", "value", "currency"),
    "declared_security": (*ROW, "issuer", "kind", "quantity", "value", "currency"),
    "declared_real_estate": (*ROW, "kind", "area", "share", "basis", "value", "currency", "description"),
    "declared_vehicle": (*ROW, "kind", "make", "production_year", "basis", "value", "currency"),
    "declared_valuable": (*ROW, "kind", "description", "value", "currency"),
    "declared_claim": (*ROW, "direction", "kind", "counterparty", "amount", "currency"),
    "declared_income": (*ROW, "kind", "payer", "amount", "currency"),
    "declared_position": (*ROW, "organisation", "title", "paid"),
    "declared_company_interest": (*ROW, "company_name", "share"),
    "source_note": NOTE_COLUMNS,
}

NO_PLACE = LOST + "the tables have no place for it"
A_LINK = LOST + "a link; the ids of this dataset do not need it"
EMPTY = LOST + "always empty in the source"
SAID_ALREADY = LOST + "says again that the person sits in the Sejm, or names another employer"
IN = "assetDeclarations[]."
FIELDS = {
    "firstName": "person_name.given_name, person_name.text, declaration.declarant_name",
    "lastName": "person_name.family_name, person_name.text, declaration.declarant_name",
    "dateOfBirth": "person.birth_date",
    "placeOfBirth": NO_PLACE,
    "imageUrl": A_LINK,
    "partyId": NO_PLACE,
    **dict.fromkeys(("id", "address", "residence", "additionalInformation"), EMPTY),
    **dict.fromkeys(
        ("position", "occupation", "employer", "employment", "employmentDetails", "description"), SAID_ALREADY
    ),
    **dict.fromkeys(("currentEmployer", "currentPosition"), SAID_ALREADY),
    f"{IN}date": "declaration.filed_at",
    f"{IN}documentUrl": A_LINK,
    f"{IN}position": "declaration.post_title",
    **dict.fromkeys((f"{IN}employer", f"{IN}description", f"{IN}employmentDetails"), SAID_ALREADY),
    **dict.fromkeys((f"{IN}id", f"{IN}personId", f"{IN}address", f"{IN}farm", f"{IN}acquiredPropertyFromState"), EMPTY),
    **{f"{IN}{section}[].{one}": EMPTY for section in ADDING for one in ("id", "assetDeclarationId")},
    f"{IN}cashPositions[].currency": "declared_cash.currency, declared_account.currency, declared_security.currency, declared_crypto.asset",
    f"{IN}cashPositions[].currencyValue": "declared_cash.amount, declared_account.amount, declared_security.value, declared_crypto.quantity",
    f"{IN}cashPositions[].baseValue": "declared_cash.stated_amount, declared_crypto.value",
    f"{IN}cashPositions[].description": "declared_account.bank, declared_security.issuer",
    f"{IN}cashPositions[].legalTitle": NO_PLACE,
    f"{IN}securityPositions[].name": "declared_security.issuer, declared_security.kind",
    f"{IN}securityPositions[].quantity": "declared_security.quantity",
    f"{IN}securityPositions[].value": "declared_security.value",
    f"{IN}securityPositions[].currency": "declared_security.currency",
    f"{IN}securityPositions[].description": NO_PLACE,
    f"{IN}securityPositions[].legalTitle": NO_PLACE,
    f"{IN}realEstate[].description": "declared_real_estate.description, declared_real_estate.kind, declared_real_estate.area",
    f"{IN}realEstate[].legalTitle": "declared_real_estate.basis, declared_real_estate.share, declared_real_estate.description",
    f"{IN}realEstate[].value": "declared_real_estate.value",
    f"{IN}realEstate[].currency": "declared_real_estate.currency",
    f"{IN}liabilities[].description": "declared_claim.counterparty, declared_claim.kind",
    f"{IN}liabilities[].value": "declared_claim.amount",
    f"{IN}liabilities[].currency": "declared_claim.currency",
    f"{IN}receivables[].description": "declared_claim.counterparty, declared_claim.kind",
    f"{IN}receivables[].value": "declared_claim.amount",
    f"{IN}personalProperties[].description": "declared_vehicle.make, declared_vehicle.production_year, declared_valuable.description",
    f"{IN}personalProperties[].value": "declared_vehicle.value, declared_valuable.value",
    f"{IN}personalProperties[].year": "declared_vehicle.production_year",
    f"{IN}personalProperties[].legalTitle": "declared_vehicle.basis, declared_valuable.description",
    f"{IN}incomes[].description": "declared_income.payer, declared_income.kind",
    f"{IN}incomes[].yearlyValue": "declared_income.amount",
    f"{IN}incomes[].incomeType": EMPTY,
    f"{IN}businessActivities[].businessName": "declared_position.organisation, declared_income.payer, declared_company_interest.company_name",
    f"{IN}businessActivities[].businessType": "declared_position.title",
    f"{IN}businessActivities[].description": "declared_position.title, declared_company_interest.share",
    f"{IN}businessActivities[].income": "declared_income.amount, declared_position.paid",
    f"{IN}businessActivities[].revenue": NO_PLACE,
}
"""Where every field of the source goes, or why it has no place."""


def read(path: Path) -> Collection:
    """Declarations of the Sejm, one file of JSON lines or a folder of them, as a collection.

    Raises:
        DomainError: `source-missing` or `source-empty`; while its rows are read, `source-broken`.
    """
    files = files_of(path, ".jsonl", ".jsonl.gz")
    return Collection(
        name=NAME,
        title=_("Declarations of assets of members of the Polish Sejm"),
        source=SOURCE,
        licence=_("official documents, outside copyright in Poland (Act on copyright, art. 4)"),
        country=COUNTRY,
        tables=TABLES,
        reading=lambda tally: Chamber(tally).rows(path, files),
    )


class Chamber:
    """The Sejm as the files are read: who and which documents were met."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.people: set[str] = set()
        self.documents: set[str] = set()
        self.latest: date | None = None

    def rows(self, path: Path, files: list[Path]) -> Iterator[TableRow]:
        """Rows of all files."""
        yield from reading_each(path, files, self.tally, self.rows_of_file)
        if self.latest:
            yield "body", body(self.latest)

    def rows_of_file(self, file: Path) -> Iterator[TableRow]:
        """Rows of one file; a line that cannot be read is a reject, and damage when the file ends in it.

        Raises:
            Unreadable: no line is a member's record, so the whole file is of another kind.
        """
        try:
            lines = text_of(file).split("\n")
        except CutOff as cut:
            lines = cut.readable.decode("utf-8-sig", errors="ignore").split("\n")[:-1]
            if usual_year(lines) is None:
                raise
            self.tally.reject(place_in(file, cut.line), cut.field, cut.problem, is_damage=True)
        filed_in = usual_year(lines)
        last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=0)
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            place = place_in(file, number)
            try:
                record = record_of(line, number)
                yield from self.rows_of_member(record, place, filed_in)
            except Unreadable as problem:
                if filed_in is None:
                    raise
                is_cut = number == last and isinstance(problem, NotJson) and is_beginning(line, number == len(lines))
                said = Problem(LINE_CUT) if is_cut else problem.problem
                self.tally.reject(place, problem.field, said, is_damage=is_cut)

    def rows_of_member(self, record: dict[str, Any], place: str, filed_in: int | None) -> Iterator[TableRow]:
        """Rows of one member with all declarations.

        Raises:
            Unreadable: a declaration has no form of one.
        """
        name = " ".join(words(record, one) for one in NAMES)
        person_id = opaque_id(NAME, "person", name.casefold(), BODY)
        made = [
            rows
            for order, one in enumerate(record["assetDeclarations"], 1)
            if (rows := self.rows_of_declaration(one, name, order, f"{place} #{order}", filed_in))
        ]
        if not made:
            return
        count_losses(record, FIELDS, self.tally)
        last = made[-1][0][1]
        if person_id not in self.people:
            self.people.add(person_id)
            yield from person_rows(record, person_id, name, made[0])
        for rows in settle_versions(made):
            yield from rows
        as_of = date(int(str(last["year"])) + 1, 1, 1)
        self.latest = max(self.latest or as_of, as_of)

    def rows_of_declaration(self, item: Any, name: str, order: int, place: str, filed_in: int | None) -> list[TableRow]:
        """Rows of one declaration, its own first; none when it was met before."""
        if not isinstance(item, dict):
            self.tally.reject(place, "assetDeclarations[]", Problem(NO_OBJECT))
            return []
        day = read_day(item.get("date"))
        if day is None and filed_in is None:
            self.tally.reject(place, "date", Problem(NO_YEAR, day=str(item.get("date"))))
            return []
        year = (filed_in or (day or date.min).year) - 1
        key = words(item, "documentUrl") or f"{name.casefold()}:{item.get('date')}:{order}"
        if key in self.documents:
            self.tally.reject(place, "documentUrl", Problem(READ_BEFORE, document=key))
            return []
        self.documents.add(key)
        declared = Declared(NAME, key, year=year, tally=self.tally)
        fits = day is not None and day.year == year + 1 and FIRST_MONTH <= day.month <= LAST_MONTH
        row = {**declaration_row(declared, item, name), PLACE: place}
        row["filed_at"] = datetime.combine(day, time(), UTC) if day and fits else None
        row["filed_date"] = day if fits else None
        declared.rows.append(("declaration", row))
        if not fits:
            declared.note("impossible-date", f"date: {item.get('date')}, for a declaration of {year}")
        for section, add in ADDING.items():
            self.add_section(declared, section, item.get(section), place, add)
        return declared.rows

    def add_section(self, declared: Declared, section: str, items: Any, place: str, add: Any) -> None:
        """Rows of a section's items; one that is no object is a reject."""
        if items is not None and not isinstance(items, list):
            self.tally.reject(place, section, Problem(NO_LIST))
            return
        for number, one in enumerate(items or (), 1):
            if isinstance(one, dict):
                add(declared, f"{section}:{number}", one)
            else:
                self.tally.reject(place, f"{section}[{number}]", Problem(NO_ITEM))


def record_of(line: str, number: int) -> dict[str, Any]:
    """A member's record.

    Raises:
        Unreadable: the line is none.
    """
    record = json_of(line, number)
    if not isinstance(record, dict) or not isinstance(record.get("assetDeclarations"), list):
        raise Unreadable(number, NO_MEMBER)
    if not all(isinstance(record.get(one), str) and record[one].strip() for one in NAMES):
        raise Unreadable(number, NO_NAME)
    return record


def is_beginning(line: str, ends_the_file: bool) -> bool:
    """Whether a line that is no JSON is the beginning of a record rather than a broken whole one."""
    return ends_the_file or not line.rstrip().endswith("}")


def usual_year(lines: list[str]) -> int | None:
    """The year in which most declarations of a file were signed; none when no line is a record.

    A single date may have been misread; the declarations of a file were all filed in one year.
    """
    years: Counter[int] = Counter()
    for line in filter(str.strip, lines):
        try:
            record = record_of(line, 1)
        except Unreadable:
            continue
        days = (read_day(one.get("date")) for one in record["assetDeclarations"] if isinstance(one, dict))
        years.update(day.year for day in days if day)
    return years.most_common(1)[0][0] if years else None


def declaration_row(declared: Declared, item: Mapping[str, Any], name: str) -> Row:
    """The row of a declaration, its day of filing aside."""
    return {
        "id": declared.id,
        "person_id": opaque_id(NAME, "person", name.casefold(), BODY),
        "form": "income",
        "year": declared.year,
        "version": 1,
        "is_current": True,
        "body_id": opaque_id(NAME, "body", BODY),
        "post_title": words(item, "position") or POST,
        "declarant_name": name,
        "country": COUNTRY,
        "currency": CURRENCY,
        "is_public": True,
    }


def person_rows(record: dict[str, Any], person_id: str, name: str, rows: list[TableRow]) -> Iterator[TableRow]:
    """Rows of a person; a day of birth that no member can have is noted with the declaration and left out."""
    declaration = rows[0][1]
    year = int(str(declaration["year"]))
    born = read_day(record.get("dateOfBirth"))
    if record.get("dateOfBirth") and (born is None or not YOUNGEST <= year - born.year <= OLDEST):
        declared = Declared(NAME, f"birth:{person_id}")
        declared.note("impossible-date", f"dateOfBirth: {record['dateOfBirth']}")
        note = declared.rows[0][1]
        rows.append(("source_note", {**note, "declaration_id": declaration["id"], "row_id": declaration["id"]}))
        born = None
    yield "person", {"id": person_id, "birth_date": born, "source": SOURCE, "as_of": date(year, 12, 31)}
    table, row = person_name(NAME, person_id, "pl", "Latn", name)
    yield table, {**row, "given_name": words(record, "firstName"), "family_name": words(record, "lastName")}


def settle_versions(made: list[list[TableRow]]) -> list[list[TableRow]]:
    """Number declarations of one person and year in the order of the source; the last is current."""
    last: dict[object, Row] = {}
    for rows in made:
        row = rows[0][1]
        if before := last.get(row["year"]):
            before["is_current"], row["version"] = False, int(str(before["version"])) + 1
        last[row["year"]] = row
    return made


def body(as_of: date) -> Row:
    """The Sejm, the one body of the collection."""
    return {
        "id": opaque_id(NAME, "body", BODY),
        "name": BODY,
        "level": "national",
        "kind": "parliament",
        "territory_id": COUNTRY,
        "source": SOURCE,
        "as_of": as_of,
    }
