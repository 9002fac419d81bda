"""What the worker does for reports by night."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.reports.actions.counting import count_reports

BY = system("clock")


def begin_night(payload: Payload, at: datetime) -> None:
    """Count the quarter for the public when it has ended."""
    count_reports(by=BY, at=at)
