"""Reads one declaration of a file, as JSON says it, into rows as the boxes of the page would hold them.

So the same reading checks what a person types and what a program sends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import as_told
from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import (
    DAY_PARTS,
    FIRST_YEAR,
    NO,
    YES,
    Typed,
    check_letters,
)
from adaldyq.measures.declarations.domain.numbers import SHOWN
from adaldyq.measures.declarations.domain.plain import Plain, Reader
from adaldyq.measures.declarations.domain.questions import asked_columns, sections_of
from adaldyq.measures.declarations.domain.schemas import (
    DAY,
    DOCUMENTS,
    FACTS,
    LAST_YEAR,
    LONGEST_PERSON,
    LONGEST_REFERENCE,
    MOST_ROWS_OF_A_FILE,
    OPTIONAL,
)
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.domain.sent_documents import Named, read_documents

LONGEST: Mapping[str, int] = {
    "reference": LONGEST_REFERENCE,
    "person": LONGEST_PERSON,
    "form": LONGEST_PERSON,
    "amends": LONGEST_PERSON,
}
KNOWN = frozenset((*FACTS, "sections", DOCUMENTS))
"""All that a declaration may say."""
DECIMAL_LETTERS = frozenset("0123456789.+-")
MOST_MISTAKES = 200
"""Mistakes of one declaration that are told; whoever has more mends these first."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, and where.

    Attributes:
        error: its `field` is a column of the row, or a fact of the declaration.
        section: name of the section; empty when it is about the declaration itself.
        row: which of the section, from 1; 0 when it is about the section.
    """

    error: DomainError
    section: str = ""
    row: int = 0

    @property
    def place(self) -> str:
        """Where it is, such as `vehicle.3.share`."""
        return ".".join(filter(None, (self.section, str(self.row or ""), self.error.field or "")))


@dataclass(slots=True)
class Sent:
    """A declaration as a file says it, as far as it can be read.

    Attributes:
        sections: as they were sent.
        plain: the rows, when all of them are plainly right.
        rows: of each section otherwise, what the boxes of the page would hold.
        documents: of its entries.
        wrong: why it cannot be filed, so far.
    """

    reference: str = ""
    person: str = ""
    form: str = ""
    year: int = 0
    amends: str = ""
    sections: object = None
    plain: Plain | None = None
    rows: Mapping[str, Sequence[Typed]] = field(default_factory=dict)
    documents: list[Named] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def read_sent(value: object, reader: Reader) -> Sent:
    """Read a declaration; what is wrong with its writing is told all at once."""
    if not isinstance(value, Mapping):
        return Sent(wrong=[Wrong(DomainError("file-not-an-object"))])
    sent = Sent(sections=value.get("sections"))
    sent.wrong += [
        Wrong(DomainError("file-no-such-field", field=as_told(one, SHOWN))) for one in value if one not in KNOWN
    ]
    for name in FACTS:
        try:
            setattr(sent, name, fact(name, value))
        except DomainError as error:
            error.field = name
            sent.wrong.append(Wrong(error))
    for one in read_documents(value.get(DOCUMENTS)):
        if isinstance(one, DomainError):
            sent.wrong.append(Wrong(one))
        else:
            sent.documents.append(one)
    if not sent.wrong and not sent.documents:
        sent.plain = reader.read(sent.form, sent.year, sent.sections)
    if sent.plain is None:
        read_with_care(sent)
    return sent


def read_with_care(sent: Sent) -> None:
    """Read all rows of a declaration into what the boxes of the page would hold."""
    if sent.form:
        sent.rows = dict(sections(sent, sent.sections))
    del sent.wrong[MOST_MISTAKES:]


def fact(name: str, value: Mapping[str, object]) -> str | int:
    """A fact of the declaration itself.

    Raises:
        DomainError: `declared-missing`, `file-not-a-text`, `file-not-a-year`, `declared-too-long`,
            `declared-hidden-letter` or `declared-not-offered`.
    """
    found = value.get(name)
    if found is None or found == "":
        if name in OPTIONAL:
            return ""
        raise DomainError("declared-missing")
    if name == "year":
        return year_of(found)
    if not isinstance(found, str):
        raise DomainError("file-not-a-text")
    check_letters(found)
    if len(found) > LONGEST[name]:
        raise DomainError("declared-too-long", length=len(found), limit=LONGEST[name])
    if name == "form" and found not in FORMS:
        raise DomainError("declared-not-offered", value=found)
    return found.strip()


def year_of(found: object) -> int:
    """A year.

    Raises:
        DomainError: `file-not-a-year`, or `declared-year-out-of-range`.
    """
    if not isinstance(found, int) or isinstance(found, bool):
        raise DomainError("file-not-a-year")
    if not FIRST_YEAR <= found <= LAST_YEAR:
        raise DomainError("declared-year-out-of-range", first=FIRST_YEAR, last=LAST_YEAR)
    return found


def sections(sent: Sent, value: object) -> Iterator[tuple[str, list[Typed]]]:
    """The rows of every section of the form; what is wrong goes to the declaration."""
    if not isinstance(value, Mapping):
        sent.wrong.append(Wrong(DomainError("file-not-an-object" if value else "declared-missing", field="sections")))
        return
    asked = [one.name for one in sections_of(sent.form)]
    for name in value:
        if name not in asked:
            sent.wrong.append(Wrong(DomainError("file-no-such-field", field=f"sections.{as_told(name, SHOWN)}")))
    for name in asked:
        listed = value.get(name)
        if not isinstance(listed, list):
            sent.wrong.append(Wrong(DomainError("file-section-missing" if listed is None else "file-not-a-list"), name))
        elif len(listed) > MOST_ROWS_OF_A_FILE:
            found = DomainError("file-too-many-rows", count=len(listed), limit=MOST_ROWS_OF_A_FILE)
            sent.wrong.append(Wrong(found, name))
        else:
            yield name, [row_of(sent, name, number, one) for number, one in enumerate(listed, 1)]


def row_of(sent: Sent, section: str, number: int, value: object) -> Typed:
    """A row; what is wrong with its writing goes to the declaration."""
    if not isinstance(value, Mapping):
        sent.wrong.append(Wrong(DomainError("file-not-an-object"), section, number))
        return {}
    columns = {one.name: one for one in asked_columns(section)}
    typed: dict[str, str] = {}
    for name, said in value.items():
        if name not in columns:
            sent.wrong.append(Wrong(DomainError("file-no-such-field", field=as_told(name, SHOWN)), section, number))
            continue
        try:
            typed |= boxes(columns[name], said)
        except DomainError as error:
            error.field = name
            sent.wrong.append(Wrong(error, section, number))
    return typed


def boxes(column: Column, said: object) -> Typed:
    """A value as the boxes of the page would hold it.

    Raises:
        DomainError: it is not written as the schema says.
    """
    match column.type:
        case ColumnType.BOOLEAN:
            if not isinstance(said, bool):
                raise DomainError("file-not-yes-or-no")
            return {column.name: YES if said else NO}
        case ColumnType.INTEGER:
            return {column.name: str(year_of(said))}
        case ColumnType.DATE:
            if not isinstance(said, str) or not re.fullmatch(DAY, said):
                raise DomainError("file-not-a-day")
            return {
                f"{column.name}_{part}": text for part, text in zip(reversed(DAY_PARTS), said.split("-"), strict=True)
            }
        case ColumnType.MONEY | ColumnType.NUMBER:
            if not isinstance(said, str) or not said or not set(said) <= DECIMAL_LETTERS:
                raise DomainError("file-not-a-decimal")
            return {column.name: said}
    if not isinstance(said, str):
        raise DomainError("file-not-a-text")
    return {column.name: said}
