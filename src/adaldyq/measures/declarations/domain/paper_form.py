"""The paper forms: the questions of the electronic ones as numbered boxes, with lists of codes as numbered choices.

Whoever keys a paper in sees the same numbers. What the form says may be left empty is filled in by `as_meant`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import NO, YES, Typed, is_party
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.questions import asked_columns, sections_of
from adaldyq.measures.declarations.domain.sections import Section

LINE = 12
"""Units of width of a line of boxes."""
WIDTHS: Mapping[str, int] = {"owner": 2, "currency": 2, "share": 2, "kind": 3, "country": 3, "address": 8, "name": 7}
WIDTHS_BY_TYPE: Mapping[ColumnType, int] = {
    ColumnType.MONEY: 4,
    ColumnType.NUMBER: 3,
    ColumnType.INTEGER: 2,
    ColumnType.BOOLEAN: 2,
    ColumnType.DATE: 3,
}
USUAL_WIDTH = 5
PLACES_TO_WRITE: Mapping[str, int] = {"family": 4, "income": 4, "account": 4, "real_estate": 3}
"""Entries for which a section of the form has room; the others have room for two, and there is an extra sheet."""
FEW_PLACES = 2
WHOLE = "100"
DIGEST_LETTERS = 4


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the form.

    Attributes:
        number: printed in it, such as `3.2`.
        choices: codes in the order of their printed numbers, from 1; empty when the box takes any writing.
        width: of `LINE`.
    """

    number: str
    column: Column
    choices: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section of the form, with its number and the boxes of one entry."""

    number: int
    section: Section
    boxes: tuple[Box, ...]

    @property
    def name(self) -> str:
        """Its name in addresses and files."""
        return self.section.name

    @property
    def places(self) -> int:
        """For how many entries the form has room."""
        return PLACES_TO_WRITE.get(self.name, FEW_PLACES)


@cache
def paper_sections(form: str) -> tuple[PaperSection, ...]:
    """Sections of a form in the order in which they are printed."""
    return tuple(
        PaperSection(number, section, tuple(boxes_of(number, section)))
        for number, section in enumerate(sections_of(form), 1)
    )


def boxes_of(number: int, section: Section) -> Iterator[Box]:
    """The boxes of one entry, laid in lines that are full."""
    columns = asked_columns(section.name)
    widths = [WIDTHS.get(one.name) or WIDTHS_BY_TYPE.get(one.type, USUAL_WIDTH) for one in columns]
    used = 0
    for place, width in enumerate(widths):
        used += width
        following = widths[place + 1] if place + 1 < len(widths) else LINE
        if used + following > LINE:
            widths[place] += LINE - used
            used = 0
    for place, (column, width) in enumerate(zip(columns, widths, strict=True), 1):
        yield Box(f"{number}.{place}", column, choices_of(section.name, column), width)


def choices_of(section: str, column: Column) -> tuple[str, ...]:
    """Codes that are printed as numbered choices."""
    if column.type is ColumnType.BOOLEAN:
        return YES, NO
    return () if is_party(section, column.name) else tuple(words_of(section, column.name))


@cache
def version_of(form: str) -> str:
    """What tells one printing of a form from another: it changes whenever a box or a choice changes its number."""
    lines = [
        f"{box.number} {section.name}.{box.column.name} {','.join(box.choices)}"
        for section in paper_sections(form)
        for box in section.boxes
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:DIGEST_LETTERS].upper()


def printed_code(country: str, form: str, year: int, language: str) -> str:
    """What is printed on every sheet: country, form, year, language and version."""
    return f"{country}-{form}-{year}-{language}-{version_of(form)}".upper()


def as_meant(section: str, typed: Typed, *, currency: str, country: str) -> dict[str, str]:
    """A row of a paper with what the form says may be left empty.

    Its owner is then the declarant, the currency and the country are the state's own, and the share is the whole.

    Args:
        typed: text by box; a row in which nothing is written stays so.
        currency, country: of the state.
    """
    written = {name: text for name, text in typed.items() if text.strip()}
    if not written:
        return {}
    usual = {"owner": "declarant", "currency": currency, "country": country, "share": WHOLE}
    asked = {one.name for one in asked_columns(section)}
    return {name: text for name, text in usual.items() if name in asked} | written
