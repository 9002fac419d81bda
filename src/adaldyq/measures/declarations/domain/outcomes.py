"""What became of an obligation to file, on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from adaldyq.base.words import gettext_noop as _

ON_TIME, LATE, MISSING, AWAITED, AMENDED = "on-time", "late", "missing", "awaited", "amended"

WORDS: Mapping[str, str] = {
    ON_TIME: _("Filed on time"),
    LATE: _("Filed late"),
    MISSING: _("Not filed"),
    AWAITED: _("Not due yet"),
    AMENDED: _("Amended"),
}


def outcome(due: date | None, filed: date | None, today: date) -> str:
    """What became of an obligation.

    Args:
        due: last day to file; without one nothing is ever late or missing.
        filed: day of the first filing.
        today: the day on which it is asked.
    """
    if filed is not None:
        return LATE if due is not None and filed > due else ON_TIME
    return MISSING if due is not None and due < today else AWAITED


def first_day_to_file(year: int) -> date:
    """The day from which a year can be declared: what was earned and owned in it is known when it is over."""
    return date(year + 1, 1, 1)
