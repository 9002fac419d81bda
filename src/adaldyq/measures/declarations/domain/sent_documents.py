"""Reads the documents that a declaration of a file names: each of an entry, as a file, or why there is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import as_told
from adaldyq.measures.declarations.domain.checks import LONGEST_TEXT, check_letters
from adaldyq.measures.declarations.domain.numbers import SHOWN
from adaldyq.measures.declarations.domain.schemas import (
    DOCUMENT_FACTS,
    DOCUMENTS,
    LONGEST_FILE_NAME,
    LONGEST_PERSON,
    MOST_DOCUMENTS,
    ONE_OF,
)
from adaldyq.measures.declarations.domain.sections import BY_NAME

LONGEST: Mapping[str, int] = {
    "section": LONGEST_PERSON,
    "document": LONGEST_PERSON,
    "upload": LONGEST_PERSON,
    "file": LONGEST_FILE_NAME,
    "reason": LONGEST_TEXT,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a declaration of a file names it.

    Attributes:
        number: which of the list, from 1.
        row: of which entry of the section, from 1.
        document: its name in the country pack.
        upload: id of a file that was sent before; or
        file: its name in the archive that the declaration came in, as composed letters; or
        reason: why there is none.
    """

    number: int
    section: str
    row: int
    document: str
    upload: str = ""
    file: str = ""
    reason: str = ""

    def place(self, name: str) -> str:
        """Where one of its fields stands, such as `documents.2.file`."""
        return place_of(self.number, name)

    @property
    def source(self) -> str:
        """The field that says where the document is, or why there is none."""
        return next(name for name in ONE_OF if getattr(self, name))


def place_of(number: int, name: str = "") -> str:
    """Where a field of a document stands."""
    return ".".join(filter(None, (DOCUMENTS, str(number), name)))


def read_documents(value: object) -> Iterator[Named | DomainError]:
    """Read the list of documents; what is wrong comes as errors with their place as field."""
    if value is None:
        return
    if not isinstance(value, list):
        yield DomainError("file-not-a-list", field=DOCUMENTS)
        return
    if len(value) > MOST_DOCUMENTS:
        yield DomainError("file-too-many-documents", field=DOCUMENTS, count=len(value), limit=MOST_DOCUMENTS)
        return
    for number, one in enumerate(value, 1):
        yield from read_document(number, one)


def read_document(number: int, value: object) -> Iterator[Named | DomainError]:
    """Read one document: all that is wrong with it, else itself."""
    if not isinstance(value, Mapping):
        yield DomainError("file-not-an-object", field=place_of(number))
        return
    wrong = [
        DomainError("file-no-such-field", field=place_of(number, as_told(name, SHOWN)))
        for name in value
        if name not in DOCUMENT_FACTS
    ]
    facts: dict[str, str] = {}
    row = 0
    for name in DOCUMENT_FACTS:
        try:
            if name == "row":
                row = number_of_row(value.get(name))
            else:
                facts[name] = text_of(name, value.get(name))
        except DomainError as error:
            error.field = place_of(number, name)
            wrong.append(error)
    if not wrong and sum(bool(facts[name]) for name in ONE_OF) != 1:
        wrong.append(DomainError("document-or-reason", field=place_of(number)))
    yield from wrong
    if not wrong:
        yield Named(number, row=row, **facts)


def text_of(name: str, said: object) -> str:
    """A text of a document; empty where it may be left out.

    Raises:
        DomainError: `declared-missing`, `file-not-a-text`, `declared-too-long`, `declared-hidden-letter` or
            `declared-not-offered`.
    """
    if said is None or said == "":
        if name in ONE_OF:
            return ""
        raise DomainError("declared-missing")
    if not isinstance(said, str):
        raise DomainError("file-not-a-text")
    check_letters(said)
    if len(said) > LONGEST[name]:
        raise DomainError("declared-too-long", length=len(said), limit=LONGEST[name])
    if name == "section" and said not in BY_NAME:
        raise DomainError("declared-not-offered", value=said[:SHOWN])
    return unicodedata.normalize("NFC", said.strip()) if name == "file" else said.strip()


def number_of_row(said: object) -> int:
    """Which entry of the section, from 1.

    Raises:
        DomainError: `declared-missing` or `file-not-a-row`.
    """
    if said is None or said == "":
        raise DomainError("declared-missing")
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise DomainError("file-not-a-row")
    return said
