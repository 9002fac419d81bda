"""The published schemas of a file of declarations, made from the sections: JSON Schema 2020-12 and XML Schema 1.0.

A file holds declarations; each names the person, the form and the year, and answers every section of its form, with an
empty one where there is nothing to declare. Sums and numbers are decimals in strings, so that no program rounds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import FIRST_YEAR, LONGEST_TEXT, is_party
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.questions import asked_columns, is_required, sections_of
from adaldyq.measures.declarations.domain.sections import FORMS, SECTIONS

VERSION = 1
MOST_DECLARATIONS = 1_000
"""Declarations in one file."""
MOST_ROWS_OF_A_FILE = 2_000
"""Rows in one section of a declaration that comes in a file."""
MOST_DOCUMENTS = 500
"""Documents of one declaration that comes in a file."""
LONGEST_REFERENCE, LONGEST_PERSON, LONGEST_FILE_NAME = 100, 40, 200
NAMESPACE = f"urn:adaldyq:declarations:{VERSION}"
XS = "http://www.w3.org/2001/XMLSchema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
LAST_YEAR = 2199
FORM = "form-"
"""Begins the names of forms in the JSON Schema, for a section is called as a form is."""

MONEY, NUMBER, DAY = r"[0-9]{1,13}(\.[0-9]{1,2})?", r"[0-9]{1,12}(\.[0-9]{1,6})?", r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
PATTERNS: Mapping[ColumnType, str] = {ColumnType.MONEY: MONEY, ColumnType.NUMBER: NUMBER, ColumnType.DATE: DAY}
"""How a value is written, by the type of its column; both schemas and the reading hold it."""
CODES: Mapping[str, str] = {"currency": "[A-Z]{3}", "country": "[A-Z]{2}"}
"""How codes are written whose list is too long for a schema."""
FACTS: Mapping[str, str] = {
    "reference": "Your own name of the declaration. A second one under the same reference is not filed.",
    "person": "A number of the declarant, or our id.",
    "form": "Which form it is.",
    "year": "Year that it is about.",
    "amends": "Number of the declaration that it amends; left out when it is the first.",
}
OPTIONAL = frozenset({"reference", "amends"})
DOCUMENTS = "documents"
"""The field of a declaration that lists the documents of its entries."""
DOCUMENT_FACTS: Mapping[str, str] = {
    "section": "Section of the entry that the document belongs to.",
    "row": "Which entry of the section, from 1.",
    "document": "Name of the document, as the list of documents of the country says.",
    "upload": "Id of the file, which was sent before.",
    "file": "Path of the file in the archive that the declaration comes in.",
    "reason": "Why there is no such document.",
}
ONE_OF = ("upload", "file", "reason")
"""Of these a document has exactly one."""


def codes_of(section: str, column: Column) -> tuple[str, ...]:
    """Codes that a column takes; none when it takes any text."""
    return () if is_party(section, column.name) else tuple(words_of(section, column.name))


def json_schema(address: str) -> dict[str, Any]:
    """The JSON Schema of a file.

    Args:
        address: where it is published.
    """
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": "Declarations",
        "description": "A file of declarations of income and assets.",
        "type": "object",
        "properties": {
            "declarations": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_DECLARATIONS,
                "items": {"oneOf": [{"$ref": f"#/$defs/{FORM}{form}"} for form in FORMS]},
            }
        },
        "required": ["declarations"],
        "additionalProperties": False,
        "$defs": {
            **{f"{FORM}{form}": json_declaration(form) for form in FORMS},
            **{one.name: json_row(one.name, one.table.meaning) for one in SECTIONS},
        },
    }


def json_declaration(form: str) -> dict[str, Any]:
    """What a declaration on a form is."""
    sections = [one.name for one in sections_of(form)]
    kinds: Mapping[str, dict[str, Any]] = {
        "reference": {"type": "string", "minLength": 1, "maxLength": LONGEST_REFERENCE},
        "person": {"type": "string", "minLength": 1, "maxLength": LONGEST_PERSON},
        "form": {"const": form},
        "year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        "amends": {"type": "string", "minLength": 1, "maxLength": LONGEST_PERSON},
    }
    rows = {
        name: {"type": "array", "maxItems": MOST_ROWS_OF_A_FILE, "items": {"$ref": f"#/$defs/{name}"}}
        for name in sections
    }
    held = {"type": "object", "properties": rows, "required": sections, "additionalProperties": False}
    return {
        "type": "object",
        "properties": {
            **{name: {**kinds[name], "description": meaning} for name, meaning in FACTS.items()},
            "sections": {**held, "description": "Rows by section; all sections of the form, empty ones too."},
            DOCUMENTS: json_documents(sections),
        },
        "required": [*(name for name in FACTS if name not in OPTIONAL), "sections"],
        "additionalProperties": False,
    }


def json_documents(sections: Sequence[str]) -> dict[str, Any]:
    """What the list of documents of a declaration is."""
    kinds: Mapping[str, dict[str, Any]] = {
        "section": {"enum": list(sections)},
        "row": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS_OF_A_FILE},
    }
    texts = {"file": LONGEST_FILE_NAME, "reason": LONGEST_TEXT}
    known = {
        name: {
            **kinds.get(name, {"type": "string", "minLength": 1, "maxLength": texts.get(name, LONGEST_PERSON)}),
            "description": meaning,
        }
        for name, meaning in DOCUMENT_FACTS.items()
    }
    document = {
        "type": "object",
        "properties": known,
        "required": [name for name in DOCUMENT_FACTS if name not in ONE_OF],
        "oneOf": [{"required": [name]} for name in ONE_OF],
        "additionalProperties": False,
    }
    return {
        "description": "Documents of entries, or why there are none; left out when no entry has one.",
        "type": "array",
        "maxItems": MOST_DOCUMENTS,
        "items": document,
    }


def json_row(section: str, meaning: str) -> dict[str, Any]:
    """What a row of a section is."""
    columns = asked_columns(section)
    return {
        "description": meaning,
        "type": "object",
        "properties": {one.name: {**json_value(section, one), "description": described(one)} for one in columns},
        "required": [one.name for one in columns if is_required(section, one.name)],
        "additionalProperties": False,
    }


def json_value(section: str, column: Column) -> dict[str, Any]:
    """What stands in a column."""
    if column.type in PATTERNS:
        return {"type": "string", "pattern": f"^{PATTERNS[column.type]}$"}
    if column.type is ColumnType.INTEGER:
        return {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if column.type is ColumnType.BOOLEAN:
        return {"type": "boolean"}
    if codes := codes_of(section, column):
        return {"enum": list(codes)}
    if column.name in CODES:
        return {"type": "string", "pattern": f"^{CODES[column.name]}$"}
    return {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}


def described(column: Column) -> str:
    """What a column means, with its unit."""
    unit = "" if column.unit in {"", "currency"} else f" Unit: {column.unit}."
    return f"{column.meaning}{unit}"


def xml_schema() -> bytes:
    """The XML Schema of a file. The elements of a row come in the order of the columns."""
    names: dict[str | None, str] = {"xs": XS, None: NAMESPACE}
    root = etree.Element(f"{{{XS}}}schema", nsmap=names)  # type: ignore[arg-type]  # the stubs know no default namespace
    root.attrib.update({"targetNamespace": NAMESPACE, "elementFormDefault": "qualified", "version": str(VERSION)})
    whole = sequence(put(put(root, "element", name="declarations"), "complexType"))
    put(whole, "element", name="declaration", type="declaration", maxOccurs=str(MOST_DECLARATIONS))
    xml_declaration(root)
    for section in SECTIONS:
        row = put(root, "complexType", name=section.name)
        note(row, section.table.meaning)
        columns = sequence(row)
        for column in asked_columns(section.name):
            least = {} if is_required(section.name, column.name) else {"minOccurs": "0"}
            element = put(columns, "element", name=column.name, **least)
            note(element, described(column))
            restrict(element, section.name, column)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def xml_declaration(root: etree._Element) -> None:
    """What a declaration is. XML Schema 1.0 cannot say which sections a form has: those of `assets` leave some out."""
    parts = sequence(put(root, "complexType", name="declaration"))
    for name, meaning in FACTS.items():
        element = put(parts, "element", name=name, **({"minOccurs": "0"} if name in OPTIONAL else {}))
        note(element, meaning)
        if name == "form":
            enumerated(element, tuple(FORMS))
        elif name == "year":
            bounded_year(element)
        else:
            longest(element, LONGEST_REFERENCE if name == "reference" else LONGEST_PERSON)
    sections = sequence(put(put(parts, "element", name="sections"), "complexType"))
    always = {one.name for one in sections_of("assets")}
    for section in SECTIONS:
        least = {} if section.name in always else {"minOccurs": "0"}
        rows = sequence(put(put(sections, "element", name=section.name, **least), "complexType"))
        put(rows, "element", name="row", type=section.name, minOccurs="0", maxOccurs=str(MOST_ROWS_OF_A_FILE))
    xml_documents(parts)


def xml_documents(parts: etree._Element) -> None:
    """What the list of documents of a declaration is."""
    listed = sequence(put(put(parts, "element", name=DOCUMENTS, minOccurs="0"), "complexType"))
    document = put(listed, "element", name="document", minOccurs="0", maxOccurs=str(MOST_DOCUMENTS))
    facts = sequence(put(document, "complexType"))
    for name, meaning in DOCUMENT_FACTS.items():
        if name in ONE_OF:
            continue
        element = put(facts, "element", name=name)
        note(element, meaning)
        if name == "section":
            enumerated(element, tuple(one.name for one in SECTIONS))
        elif name == "row":
            bounded(element, 1, MOST_ROWS_OF_A_FILE)
        else:
            longest(element, LONGEST_PERSON)
    choice = put(facts, "choice")
    texts = {"file": LONGEST_FILE_NAME, "reason": LONGEST_TEXT}
    for name in ONE_OF:
        element = put(choice, "element", name=name)
        note(element, DOCUMENT_FACTS[name])
        longest(element, texts.get(name, LONGEST_PERSON))


def restrict(element: etree._Element, section: str, column: Column) -> None:
    """Write what stands in a column."""
    if column.type is ColumnType.BOOLEAN:
        element.set("type", "xs:boolean")
    elif column.type is ColumnType.INTEGER:
        bounded_year(element)
    elif codes := codes_of(section, column):
        enumerated(element, codes)
    elif pattern := PATTERNS.get(column.type) or CODES.get(column.name):
        put(restriction(element, "xs:string"), "pattern", value=pattern)
    else:
        longest(element, LONGEST_TEXT)


def put(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """Add an element of XML Schema."""
    return etree.SubElement(parent, f"{{{XS}}}{tag}", attributes)


def sequence(parent: etree._Element) -> etree._Element:
    """Add a sequence."""
    return put(parent, "sequence")


def note(parent: etree._Element, text: str) -> None:
    """Write down what an element means."""
    put(put(parent, "annotation"), "documentation").text = text


def restriction(element: etree._Element, base: str) -> etree._Element:
    """Add a type of its own."""
    return put(put(element, "simpleType"), "restriction", base=base)


def enumerated(element: etree._Element, codes: tuple[str, ...]) -> None:
    """Let an element hold a code."""
    held = restriction(element, "xs:string")
    for code in codes:
        put(held, "enumeration", value=code)


def longest(element: etree._Element, limit: int) -> None:
    """Let an element hold a text that is not empty."""
    held = restriction(element, "xs:string")
    put(held, "minLength", value="1")
    put(held, "maxLength", value=str(limit))


def bounded_year(element: etree._Element) -> None:
    """Let an element hold a year."""
    bounded(element, FIRST_YEAR, LAST_YEAR)


def bounded(element: etree._Element, least: int, most: int) -> None:
    """Let an element hold a whole number."""
    held = restriction(element, "xs:integer")
    put(held, "minInclusive", value=str(least))
    put(held, "maxInclusive", value=str(most))
