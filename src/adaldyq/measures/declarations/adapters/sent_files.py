"""Reads a file of declarations, JSON or XML, into values as JSON has them.

XML is read without document types, entities and the network. Every element of a row becomes a value of the kind of its
column where its text permits, and stays text where not, so that the reading of the declaration says what is wrong.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, cast

from lxml import etree

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import ColumnType
from adaldyq.kernel.json_texts import value_of
from adaldyq.measures.declarations.domain.schemas import DOCUMENTS, MOST_DECLARATIONS, NAMESPACE
from adaldyq.measures.declarations.domain.sections import BY_NAME

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
DECLARES = ("<!DOCTYPE", "<!ENTITY")
ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")
LONGEST_YEAR = 8
FIRST = 4096
"""Bytes within which a file says what it is; an even number."""
PARTS_OF_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"|[{}\[\]]')
"""Texts, in which brackets say nothing, and brackets."""
DECLARATIONS = 2
"""How many brackets are open before a declaration: that of the file, and that of the list."""
YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Found:
    """A declaration of a file.

    Attributes:
        value: as JSON has it.
        tell_line: finds the line at which it begins.
    """

    value: object
    tell_line: Callable[[], int]

    @property
    def line(self) -> int:
        """The line at which it begins; 0 when that is not known. Of JSON the file is gone through for the first that is asked."""
        return self.tell_line()


def declarations_in(content: bytes) -> list[Found]:
    """The declarations of a file.

    Raises:
        DomainError: `sent-file-empty`, `sent-file-kind-unknown`, `file-too-many`, or what its kind is refused for: `not-utf-8`,
            `file-json-broken`, `file-not-an-object`, `file-xml-broken`, `file-xml-declares`, `file-xml-namespace`.
    """
    begins = first_letter(content)
    if not begins:
        raise DomainError("sent-file-empty")
    if begins in "{[":
        found = list(in_json(content.removeprefix(codecs.BOM_UTF8)))
    elif begins == "<":
        found = list(in_xml(content))
    else:
        raise DomainError("sent-file-kind-unknown")
    if not found:
        raise DomainError("sent-file-empty")
    if len(found) > MOST_DECLARATIONS:
        raise DomainError("file-too-many", count=len(found), limit=MOST_DECLARATIONS)
    return found


def first_letter(content: bytes) -> str:
    """The first letter after blanks, of a file in UTF-8, or in UTF-16 with its mark; empty when there is none."""
    if content.startswith(UTF16_MARKS):  # programs of Windows write it
        return content[:FIRST].decode("utf-16", "replace").lstrip()[:1]
    return content.removeprefix(codecs.BOM_UTF8).lstrip()[:1].decode("latin-1")


def in_json(content: bytes) -> Iterator[Found]:
    """The declarations of a file of JSON."""
    try:
        whole = value_of(content)
    except DomainError as error:
        if error.code == "line-not-json":
            raise DomainError("file-json-broken", place=error.parameters["place"]) from None
        raise
    if not isinstance(whole, dict) or set(whole) != {"declarations"}:
        raise DomainError("file-not-an-object")
    if not isinstance(whole["declarations"], list):
        raise DomainError("file-not-a-list")
    listed = whole["declarations"]

    @cache
    def lines() -> list[int]:
        known = lines_in(content)
        return known if len(known) == len(listed) else [0] * len(listed)

    def line_at(place: int) -> int:
        return lines()[place]

    yield from (Found(value, partial(line_at, place)) for place, value in enumerate(listed))


def lines_in(content: bytes) -> list[int]:
    """The lines at which the declarations of a file of JSON begin; fewer than there are where one is no object."""
    found, depth, line, counted = list[int](), 0, 1, 0
    for token in PARTS_OF_JSON.finditer(content):
        match token.group()[:1]:
            case b"{" | b"[":
                if depth == DECLARATIONS:
                    line, counted = line + content.count(b"\n", counted, token.start()), token.start()
                    found.append(line)
                depth += 1
            case b"}" | b"]":
                depth -= 1
    return found


def in_xml(content: bytes) -> Iterator[Found]:
    """The declarations of a file of XML."""
    if any(word.encode(encoding) in content for word in DECLARES for encoding in ENCODINGS):
        raise DomainError("file-xml-declares")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError) as error:
        raise DomainError("file-xml-broken", line=getattr(error, "lineno", None) or 1) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DomainError("file-xml-declares")
    if root.tag != f"{{{NAMESPACE}}}declarations":
        raise DomainError("file-xml-namespace", namespace=NAMESPACE)
    for one in root:
        line = cast("int | None", one.sourceline) or 0
        yield Found(declaration_of(one), partial(int, line))


def declaration_of(element: etree._Element) -> object:
    """A declaration as JSON has it."""
    if name_of(element) != "declaration":
        return name_of(element)
    found = children(element)
    if (held := found.get("sections")) is not None:
        found["sections"] = {name: rows_of(name, one) for name, one in children(held).items()}
    return {name: one if name == "sections" else fact(name, one) for name, one in found.items()}


def documents_of(element: etree._Element) -> list[object]:
    """The documents of a declaration."""
    return [
        {name: whole_number(text) if name == "row" else text for name, text in texts_of(one).items()}
        if name_of(one) == "document"
        else name_of(one)
        for one in element
    ]


def texts_of(element: etree._Element) -> dict[str, object]:
    """Texts of the elements within one, by name."""
    return {name: text_of(one) for name, one in children(element).items()}


def fact(name: str, element: etree._Element) -> object:
    """A fact of the declaration itself."""
    if name == DOCUMENTS:
        return documents_of(element)
    return whole_number(text_of(element)) if name == "year" else text_of(element)


def rows_of(section: str, element: etree._Element) -> list[object]:
    """The rows of a section."""
    columns = BY_NAME[section].table.by_name if section in BY_NAME else {}
    rows: list[object] = []
    for row in element:
        if name_of(row) != "row":
            rows.append(name_of(row))
            continue
        values = texts_of(row)
        for name, text in values.items():
            kind = columns[name].type if name in columns else ColumnType.TEXT
            if kind is ColumnType.BOOLEAN and isinstance(text, str):
                values[name] = YES_OR_NO.get(text, text)
            elif kind is ColumnType.INTEGER:
                values[name] = whole_number(text)
        rows.append(values)
    return rows


def children(element: etree._Element) -> dict[str, Any]:
    """Elements within one by name; a second one of a name gets a name that no schema has, so that it is refused."""
    found: dict[str, Any] = {}
    for one in element:
        name = name_of(one)
        found[f"{name} ({len(found) + 1})" if name in found else name] = one
    return found


def name_of(element: etree._Element) -> str:
    """Name of an element; one of another namespace keeps that before it, and so is known nowhere."""
    return str(element.tag).removeprefix(f"{{{NAMESPACE}}}")


def text_of(element: etree._Element) -> object:
    """Text of an element; of one that holds others, a value that is no text."""
    return [] if len(element) else (element.text or "").strip()


def whole_number(text: object) -> object:
    """A whole number; what is none stays as it is."""
    plain = isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= LONGEST_YEAR
    return int(str(text)) if plain else text
