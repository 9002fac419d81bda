"""What became of an obligation to file, on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from adaldyq.base.words import gettext_noop as _

ON_TIME, LATE, MISSING, AWAITED, AMENDED = "on-time", "late", "missing", "awaited", "amended"
RECEIVED, RECEIVED_LATE = "received", "received-late"

WORDS: Mapping[str, str] = {
    ON_TIME: _("Filed on time"),
    LATE: _("Filed late"),
    MISSING: _("Not filed"),
    AWAITED: _("Not due yet"),
    AMENDED: _("Amended"),
    RECEIVED: _("Received on paper, being entered"),
    RECEIVED_LATE: _("Received on paper late, being entered"),
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


def while_entered(outcome: str) -> str:
    """The outcome of what came on paper and is still to be keyed in; it counts from the day on which it came."""
    return {ON_TIME: RECEIVED, LATE: RECEIVED_LATE}.get(outcome, outcome)


def first_day_to_file(year: int) -> date:
    """The day from which a year can be declared: what was earned and owned in it is known when it is over."""
    return date(year + 1, 1, 1)


WAY_WORDS = {
    "electronic": _("Online, by the person"),
    "bulk": _("In a file of an accountant or a payroll"),
    "paper": _("On paper, keyed in by two people"),
    "": _("The source does not say"),
}
"""Ways on which declarations come, in the order of pages."""
