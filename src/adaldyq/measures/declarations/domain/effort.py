"""About how long it takes to finish a declaration, by what is still missing in it."""

from __future__ import annotations

from dataclasses import dataclass

OF_A_SECTION = 20
"""Seconds to open a section, read what belongs there and answer."""
OF_AN_EMPTY = 10
"""Seconds to read what belongs into an empty section, on the page that asks of all of them at once."""
USUALLY_FILLED = 6
"""Sections in which most people have something, such as family, income, a flat, a car, accounts and a debt; a guess."""
OF_A_ROW = 15
"""Seconds to look through an entry that is filled in."""
OF_A_BOX = 20
"""Seconds to mend a box or fill in one that is missing."""
OF_A_DOCUMENT = 120
"""Seconds to find a document and add it."""
TO_CHECK = 60
"""Seconds to look at all answers once more."""
TO_SIGN = 60
"""Seconds to show that it is oneself, and sign."""
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Left:
    """What is missing in one section that is not complete.

    Attributes:
        rows: entries to look through.
        boxes: of them that are wrong or missing.
        documents: that are missing.
    """

    rows: int = 0
    boxes: int = 0
    documents: int = 0


EMPTY, USUAL = Left(), Left(rows=1, boxes=1)
"""A section in which nothing stands, and one that a register has begun: an entry with a box to fill in; a guess."""


def minutes(sections: list[Left]) -> int:
    """Minutes that are left, rounded up: what the sections lack, then to check and sign."""
    seconds = TO_CHECK + TO_SIGN
    for one in sections:
        seconds += OF_AN_EMPTY if one == EMPTY else OF_A_SECTION
        seconds += OF_A_ROW * one.rows + OF_A_BOX * one.boxes + OF_A_DOCUMENT * one.documents
    return -(-seconds // MINUTE)


def usual_minutes(sections: int) -> int:
    """Minutes that a form takes before anything of it is known."""
    filled = min(sections, USUALLY_FILLED)
    return minutes([USUAL] * filled + [EMPTY] * (sections - filled))
