"""Declarations of Ukraine's NACP register in its own JSON, a file a document.

There are two kinds. A full declaration is about a year; one that was filed before leaving office is about a
part of it, so it is imported but is not the year's declaration. A notice of a substantial change tells of one
purchase or income: its form is `change`, and it is never current, so that no rule takes it for a year's wealth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final

from adaldyq.base.errors import DomainError
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
    BadRecord,
    Unreadable,
    files_of,
    json_of,
    place_in,
    reading_each,
    text_of,
)
from adaldyq.measures.declarations.adapters.nacp_fields import CHANGE_FIELDS, DECLARATION_FIELDS, FIELDS
from adaldyq.measures.declarations.adapters.nacp_losses import count_losses
from adaldyq.measures.declarations.adapters.nacp_steps import (
    CHANGE_STEPS,
    CURRENCY,
    DECLARATION_STEPS,
    Document,
    entries_of,
)
from adaldyq.measures.declarations.adapters.nacp_words import RELATIONS, UKRAINE, code_of, full_name, said
from adaldyq.measures.declarations.adapters.rows import NAME_COLUMNS, NOTE_COLUMNS, Declared, person_name

__all__ = ["FIELDS", "TABLES", "read"]

NAME: Final = "nacp"
SOURCE: Final = "National Agency on Corruption Prevention of Ukraine"
NOT_DOCUMENTS: Final = ("mapping_defs.json",)
CHANGE: Final = "2"
PART_OF_A_YEAR: Final = "2"
YEARS: Final = range(1990, 2101)
NO_DOCUMENT: Final = _("no document of the NACP register (no `id` and `data.step_1`); check the source")
NO_NAME: Final = _("the document has no name of a declarant in `data.step_1`; add it or take the file out")
NO_YEAR: Final = _("`declaration_year` is “%(year)s”; wanted is a year such as 2019")
READ_BEFORE: Final = _("%(document)s was read before; the first was kept")
NO_OBJECT: Final = _("an entry is not a JSON object")
NAMELESS: Final = _("a member of the family without a name")
BACK = {"spouse": "spouse", "child": "parent", "parent": "child", "sibling": "sibling"}

ROW = ("row_id", "declaration_id", "owner")
TABLES = {
    "person": ("id", "country", "source", "as_of"),
    "person_name": (*NAME_COLUMNS, "family_name", "given_name", "patronymic"),
    "family_tie": ("id", "person_id", "relative_id", "kind"),
    "declaration": (
        "id",
        "person_id",
        "form",
        "year",
        "version",
        "is_current",
        "filed_at",
        "filed_date",
        "post_title",
        "declarant_name",
        "country",
        "currency",
        "is_public",
    ),
    "declared_family": (*ROW, "relation", "relative_id", "name"),
    "declared_income": (*ROW, "kind", "payer", "payer_id", "country", "amount", "currency"),
    "declared_gift": (*ROW, "giver", "giver_id", "kind", "received_date", "value", "currency"),
    "declared_real_estate": (
        *ROW,
        "kind",
        "object_number",
        "address",
        "area",
        "share",
        "basis",
        "acquired_date",
        "price",
        "value",
        "currency",
        "country",
        "description",
    ),
    "declared_vehicle": (
        *ROW,
        "kind",
        "object_number",
        "make",
        "production_year",
        "share",
        "basis",
        "acquired_date",
        "price",
        "currency",
    ),
    "declared_account": (*ROW, "bank", "country", "amount", "currency"),
    "declared_cash": (*ROW, "amount", "currency"),
    "declared_claim": (
        *ROW,
        "direction",
        "kind",
        "counterparty",
        "counterparty_id",
        "since_date",
        "amount",
        "currency",
    ),
    "declared_security": (*ROW, "issuer", "kind", "quantity", "country"),
    "declared_company_interest": (
        *ROW,
        "company_name",
        "company_id",
        "beneficial",
        "share",
        "value",
        "currency",
        "country",
    ),
    "declared_valuable": (*ROW, "kind", "description", "acquired_date", "value", "currency"),
    "declared_expense": (*ROW, "kind", "description", "amount", "currency"),
    "declared_position": (*ROW, "organisation", "company_id", "title"),
    "source_note": NOTE_COLUMNS,
    "withheld_value": ("id", "declaration_id", "table_name", "row_id", "detail"),
}


@dataclass(frozen=True)
class Heading:
    """What a document says of itself.

    Attributes:
        key: the register's id of the document.
        person: the register's id of the declarant.
        year: what the document is about.
        is_change: whether it is a notice of a change.
        is_whole: whether it is about a whole year.
        filed: day of filing, if it can be read.
    """

    key: str
    person: str
    year: int
    is_change: bool
    is_whole: bool
    filed: date | None

    @property
    def order(self) -> tuple[date, str]:
        """Place among the documents of a person and year."""
        return self.filed or date.min, self.key


def read(path: Path) -> Collection:
    """Documents of the register, one file or all of a folder, as a collection.

    Raises:
        DomainError: `source-missing` or `source-empty`; while its rows are read, `source-broken`.
    """
    files = [file for file in files_of(path, ".json", ".json.gz") if path.is_file() or file.name not in NOT_DOCUMENTS]
    if not files:
        raise DomainError("source-empty", file=str(path), wanted="*.json, *.json.gz")
    return Collection(
        name=NAME,
        title=_("Declarations of officials of Ukraine and notices of changes in their wealth"),
        source=f"{SOURCE}; samples of github.com/dchaplinsky/declarations.com.ua",
        licence=_("open data of the register, published by law"),
        country=UKRAINE,
        tables=TABLES,
        reading=lambda tally: Register(tally, files).rows(path, files),
    )


class Register:
    """The register as its files are read: which documents replace which, and who was met."""

    def __init__(self, tally: Tally, files: list[Path]) -> None:
        self.tally = tally
        self.met: set[str] = set()
        self.people: set[str] = set()
        self.ties: set[str] = set()
        self.versions = versions_of(files)

    def rows(self, path: Path, files: list[Path]) -> Iterator[TableRow]:
        """Rows of all files."""
        yield from reading_each(path, files, self.tally, self.rows_of_file)

    def rows_of_file(self, file: Path) -> Iterator[TableRow]:
        """Rows of one document.

        Raises:
            Unreadable: the file holds no document of the register.
        """
        document = document_of(file)
        heading = heading_of(document)
        if heading.key in self.met:
            self.tally.reject(place_in(file, 1), "id", Problem(READ_BEFORE, document=heading.key))
            return
        self.met.add(heading.key)
        count_losses(document, CHANGE_FIELDS if heading.is_change else DECLARATION_FIELDS, self.tally)
        yield from self.rows_of_document(file, document["data"], heading)

    def rows_of_document(self, file: Path, data: dict[str, Any], heading: Heading) -> Iterator[TableRow]:
        """Rows of the declarant, the family, the declaration and its steps."""
        declared = Declared(NAME, heading.key, heading.year)
        person = opaque_id(NAME, "person", heading.person)
        step = data["step_1"]
        yield from self.person(person, step, heading)
        version, is_current = self.versions.get(heading.key, (1, False))
        post = ", ".join(filter(None, (said(step, "workPost"), said(step, "workPlace"))))
        yield (
            "declaration",
            {
                "id": declared.id,
                "person_id": person,
                "form": "change" if heading.is_change else "income",
                "year": heading.year,
                "version": version,
                "is_current": is_current,
                "filed_at": datetime.combine(heading.filed, time(), UTC) if heading.filed else None,
                "filed_date": heading.filed,
                "post_title": post or None,
                "declarant_name": full_name(step),
                "country": UKRAINE,
                "currency": CURRENCY,
                "is_public": True,
                PLACE: place_in(file, 1),
            },
        )
        relations: dict[str, str] = {}
        if not heading.is_change:
            yield from self.family(declared, person, data.get("step_2"), heading, relations)
        made = Document(declared, heading.year, self.tally, relations)
        for number, make in (CHANGE_STEPS if heading.is_change else DECLARATION_STEPS).items():
            for key, entry in entries_of(data.get(f"step_{number}")):
                if isinstance(entry, dict):
                    made.take(make, f"step_{number}:{key}", entry)
                else:
                    self.tally.reject(file.name, f"data.step_{number}.{key}", Problem(NO_OBJECT))
        yield from declared.rows

    def person(self, person: str, step: Any, heading: Heading) -> Iterator[TableRow]:
        """A person and the person's name, once."""
        name = full_name(step)
        if person in self.people or not name:
            return
        self.people.add(person)
        as_of = heading.filed or date(heading.year, 12, 31)
        yield "person", {"id": person, "country": UKRAINE, "source": SOURCE, "as_of": as_of}
        table, row = person_name(NAME, person, "uk", "Cyrl", name)
        parts = {"family_name": "lastname", "given_name": "firstname", "patronymic": "middlename"}
        yield table, {**row, **{column: said(step, field) or None for column, field in parts.items()}}

    def family(
        self, declared: Declared, person: str, step: Any, heading: Heading, relations: dict[str, str]
    ) -> Iterator[TableRow]:
        """Members of the family, each as a person with a tie from either side."""
        for key, entry in entries_of(step):
            if not isinstance(entry, dict) or not full_name(entry):
                self.tally.reject(heading.key, f"data.step_2.{key}", Problem(NAMELESS))
                continue
            relation = code_of(said(entry, "subjectRelation"), RELATIONS)
            relatives_key = said(entry, "id") or key
            relatives_id = opaque_id(NAME, "relative", heading.person, relatives_key)
            relations[relatives_key] = relations[key] = relation
            yield from self.person(relatives_id, entry, heading)
            declared.add(
                "family",
                f"step_2:{key}",
                owner="declarant",
                relation=relation,
                relative_id=relatives_id,
                name=full_name(entry),
            )
            yield from self.tie(person, relatives_id, relation)

    def tie(self, person: str, relative: str, relation: str) -> Iterator[TableRow]:
        """A tie between two people, a row from each side, once."""
        for one, other, kind in ((person, relative, relation), (relative, person, BACK.get(relation, ""))):
            key = opaque_id(NAME, "tie", one, other, kind)
            if relation in BACK and key not in self.ties:
                self.ties.add(key)
                row: Row = {"id": key, "person_id": one, "relative_id": other, "kind": kind}
                yield "family_tie", row


def document_of(file: Path) -> dict[str, Any]:
    """A document of the register.

    Raises:
        Unreadable: the file holds none.
    """
    document = json_of(text_of(file))
    data = document.get("data") if isinstance(document, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("step_1"), dict) or not said(document, "id"):
        raise Unreadable(1, NO_DOCUMENT)
    if not full_name(data["step_1"]):
        raise BadRecord(1, NO_NAME)
    return dict(document)


def heading_of(document: dict[str, Any]) -> Heading:
    """What a document says of itself.

    Raises:
        Unreadable: the year it is about cannot be read.
    """
    year, begun = said(document, "declaration_year"), document["data"].get("step_0")
    if not (year.isdecimal() and year.isascii() and len(year) == len("2000") and int(year) in YEARS):
        raise BadRecord(1, NO_YEAR, "declaration_year", year=year[:20])
    return Heading(
        key=said(document, "id"),
        person=said(document, "user_declarant_id") or full_name(document["data"]["step_1"]).casefold(),
        year=int(year),
        is_change=said(document, "type") == CHANGE or bool(said(begun, "changesYear")),
        is_whole=said(document, "declaration_type") != PART_OF_A_YEAR,
        filed=read_day(said(document, "created_date")),
    )


def versions_of(files: list[Path]) -> dict[str, tuple[int, bool]]:
    """Version of each document and whether it stands for its year, by the register's id.

    Full declarations of a person and year are versions of one another in the order of filing; the last one
    about the whole year is current. What cannot be read here is told when the rows are made.
    """
    filed: dict[tuple[str, int, bool], dict[str, Heading]] = {}
    for file in files:
        try:
            heading = heading_of(document_of(file))
        except Unreadable:
            continue
        filed.setdefault((heading.person, heading.year, heading.is_change), {}).setdefault(heading.key, heading)
    versions: dict[str, tuple[int, bool]] = {}
    for headings in filed.values():
        ordered = sorted(headings.values(), key=lambda one: one.order)
        whole = [one.key for one in ordered if one.is_whole and not one.is_change]
        for version, heading in enumerate(ordered, 1):
            versions[heading.key] = (version, bool(whole) and heading.key == whole[-1])
    return versions
