"""Lives of the records of this measure."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

RECEIVED, ACKNOWLEDGED, CLOSED, ERASED = "received", "acknowledged", "closed", "erased"
OPEN = (RECEIVED, ACKNOWLEDGED)

REPORT = TransitionTable(
    "report",
    RECEIVED,
    (
        Transition(RECEIVED, "acknowledge", ACKNOWLEDGED, "receiving_officer", "report_feedback"),
        Transition(RECEIVED, "refer", RECEIVED, "receiving_officer", "report_acknowledgement"),
        Transition(ACKNOWLEDGED, "refer", RECEIVED, "receiving_officer", "report_acknowledgement"),
        Transition(ACKNOWLEDGED, "close", CLOSED, "receiving_officer"),
        Transition(CLOSED, "reopen", ACKNOWLEDGED, "", "report_feedback"),
        Transition(CLOSED, "erase", ERASED),
    ),
)
"""A report: an officer acknowledges it, tells the reporter what was done and closes it, or gives it to another unit,
whose clocks begin anew. The reporter may say once that it is not resolved. When its term of keeping has
passed, what it says is destroyed; that there was one stays, for the counts."""

ACTIVE, RETIRED = "active", "retired"

OFFICER_KEY = TransitionTable("officer_key", ACTIVE, (Transition(ACTIVE, "retire", RETIRED),))
"""A key of an officer: it reads new reports until it is retired, and never again after that."""
