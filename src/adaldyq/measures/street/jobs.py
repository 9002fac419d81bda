"""What the worker does by night for what people tell openly."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.street.actions.counting import count_openly, erase_due
from adaldyq.measures.street.actions.telling import forget_old_words
from adaldyq.measures.street.queries.limits import words_too_old

BY = system("clock")


def begin_night(_payload: Payload, at: datetime) -> None:
    """Count the month that has ended, then let go what is past its term, and words that nobody read.

    A night that is done again does nothing twice.
    """
    count_openly(by=BY, at=at)
    erase_due(by=BY, at=at)
    if words_too_old(day_of(at)):
        forget_old_words(by=BY, at=at)
