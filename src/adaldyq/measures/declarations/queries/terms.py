"""Until when declarations are public and kept, by the pack's dated terms.

A term in years counts from the end of the year that a declaration is about, so that a whole year goes at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from adaldyq.kernel.deadlines import days

KEPT, SHOWN, OWED = "declaration", "declaration_public", "obligation"
EXPLAINED, DRAFTED, SENT = "explanation", "draft", "sent_file"
HELD = "declaration_held"
"""The longest that an open procedure keeps records past their term."""
LONGEST_TERM = 200
"""Years before which nothing is kept any more."""


@dataclass(frozen=True, slots=True)
class Until:
    """The last days on which a declaration is public and kept."""

    public: date
    kept: date


def first_kept_year(kind: str, on: date) -> int:
    """The first declared year of which records of a kind are still kept, or shown, by the law of a day.

    Looked for from the day's own year backwards, since terms are of few years: each page of a declaration asks this.
    """
    earlier = range(on.year - 1, on.year - LONGEST_TERM - 1, -1)
    gone = (year for year in earlier if kept_until(year, kind, on) < on)
    return next(gone, on.year - LONGEST_TERM - 1) + 1


def kept_until(year: int, kind: str, on: date) -> date:
    """The last day on which records of a kind about a declared year are kept, or shown, by the law of a day."""
    return days.kept_until(date(year, 12, 31), kind, on=on)


def until(year: int, on: date) -> Until:
    """Until when a declaration about a year is public, where the law opens it, and kept; never public for longer."""
    kept = kept_until(year, KEPT, on)
    return Until(min(kept_until(year, SHOWN, on), kept), kept)
