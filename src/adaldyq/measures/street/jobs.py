"""What the worker does by night for what people tell openly."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.street.actions.counting import count_openly, erase_due

BY = system("clock")


def begin_night(_payload: Payload, at: datetime) -> None:
    """Count the month that has ended, then let go what is past its term. A night that is done again does nothing twice."""
    count_openly(by=BY, at=at)
    erase_due(by=BY, at=at)
