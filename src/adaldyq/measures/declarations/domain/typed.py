"""What somebody typed into the page of an entry, and what of it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.domain.checks import DAY_PARTS, LONGEST_KEPT, LONGEST_TEXT
from adaldyq.measures.declarations.domain.questions import asked_columns

UNSTORABLE = "\x00"


@dataclass(frozen=True, slots=True)
class Typing:
    """What somebody typed into the page of a row.

    Attributes:
        row_id: chosen when the page was shown, so that a page that is sent twice writes one row.
        typed: text by box.
        revision: of the row as the page showed it; 0 for a new one.
        unanswered: what the same page sent before, oldest first, of which it does not know whether it was kept.
    """

    section: str
    row_id: str
    typed: Mapping[str, str]
    revision: int
    unanswered: Sequence[Mapping[str, str]] = ()


def boxes_of(section: str) -> set[str]:
    """Names of all boxes on the page of a row."""
    names: set[str] = set()
    for column in asked_columns(section):
        names |= {column.name, *(f"{column.name}_{part}" for part in DAY_PARTS)}
    return names


def kept_boxes(typing: Typing) -> dict[str, str]:
    """What was typed into the boxes of the section, the empty ones left out.

    Raises:
        DomainError: `declared-too-long` or `declared-hidden-letter`.
    """
    known = boxes_of(typing.section)
    kept = {name: text for name, text in typing.typed.items() if name in known and text}
    for name, text in kept.items():
        if len(text) > LONGEST_KEPT:
            raise DomainError("declared-too-long", field=column_of(name), length=len(text), limit=LONGEST_TEXT)
        if UNSTORABLE in text:
            raise DomainError("declared-hidden-letter", field=column_of(name), value="U+0000")
    return kept


def column_of(box: str) -> str:
    """The column of a box."""
    name, _, part = box.rpartition("_")
    return name if part in DAY_PARTS else box
