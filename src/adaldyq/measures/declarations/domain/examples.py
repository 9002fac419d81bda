"""An example file of declarations, of an invented person, in JSON and XML; a test holds both to the schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from adaldyq.measures.declarations.domain.questions import asked_columns, sections_of
from adaldyq.measures.declarations.domain.schemas import DOCUMENT_FACTS, DOCUMENTS, NAMESPACE

Row = Mapping[str, object]

ROWS: Mapping[str, Sequence[Row]] = {
    "family": [{"relation": "spouse", "name": "Серік Айдос", "birth_date": "1974-08-19"}],
    "income": [
        {
            "owner": "declarant",
            "kind": "salary",
            "payer": "Алатау Құрылыс",
            "country": "KZ",
            "amount": "6400000.50",
            "tax_withheld": "640000.05",
            "currency": "KZT",
        }
    ],
    "vehicle": [
        {
            "owner": "spouse",
            "kind": "car",
            "make": "Lada Niva",
            "production_year": 2019,
            "share": "100",
            "basis": "ownership",
            "acquired_date": "2019-03-27",
            "value": "4200000",
            "currency": "KZT",
            "country": "KZ",
        }
    ],
    "position": [{"owner": "declarant", "organisation": "Музыка мектебі", "title": "мұғалім", "paid": True}],
}


LOAN: Row = {
    "owner": "declarant",
    "direction": "payable",
    "kind": "private loan",
    "counterparty": "Нұрлан Ерболат",
    "amount": "500000",
    "currency": "KZT",
}
NAMED: Sequence[Row] = (
    {
        "section": "claim",
        "row": 1,
        "document": "loan_contract",
        "reason": "Шарт нотариуста, көшірмесі сұратылды.",
    },
)
"""The document of an entry, or rather why there is none."""


def example() -> dict[str, Any]:
    """The file as it is written in JSON."""
    sections = {one.name: [dict(row) for row in ROWS.get(one.name, ())] for one in sections_of("income")}
    facts = {"reference": "2025-000017", "person": "750301300120", "form": "income", "year": 2025}
    return {"declarations": [{**facts, "sections": sections}]}


def example_with_documents() -> dict[str, Any]:
    """The same file, with an entry to which a document belongs."""
    found = example()
    declaration = found["declarations"][0]
    declaration["sections"]["claim"] = [dict(LOAN)]
    declaration[DOCUMENTS] = [dict(one) for one in NAMED]
    return found


def xml_of(file: Mapping[str, Any]) -> bytes:
    """A file as it is written in XML, its columns in the order of the schema."""
    names: dict[str | None, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}declarations", nsmap=names)  # type: ignore[arg-type]  # the stubs know no default namespace
    for declaration in file["declarations"]:
        element = etree.SubElement(root, f"{{{NAMESPACE}}}declaration")
        for name in ("reference", "person", "form", "year", "amends"):
            if name in declaration:
                put(element, name, declaration[name])
        held = etree.SubElement(element, f"{{{NAMESPACE}}}sections")
        for section, rows in declaration["sections"].items():
            of_section = etree.SubElement(held, f"{{{NAMESPACE}}}{section}")
            for row in rows:
                written = etree.SubElement(of_section, f"{{{NAMESPACE}}}row")
                for column in asked_columns(section):
                    if column.name in row:
                        put(written, column.name, row[column.name])
        if DOCUMENTS in declaration:
            put_documents(element, declaration[DOCUMENTS])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def put_documents(parent: etree._Element, documents: Sequence[Row]) -> None:
    """Write the documents of a declaration."""
    listed = etree.SubElement(parent, f"{{{NAMESPACE}}}{DOCUMENTS}")
    for document in documents:
        written = etree.SubElement(listed, f"{{{NAMESPACE}}}document")
        for name in DOCUMENT_FACTS:
            if name in document:
                put(written, name, document[name])


def put(parent: etree._Element, name: str, value: object) -> None:
    """Write a value."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
