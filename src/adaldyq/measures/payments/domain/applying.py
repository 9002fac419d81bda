"""What follows from what a provider tells, in whatever order it comes: pure, so that every order can be tried."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from adaldyq.base.errors import Conflict
from adaldyq.base.states import TransitionTable

ORDER = (
    "started",
    "submitted",
    "declined",
    "expired",
    "cancelled",
    "error",
    "succeeded",
    "dispute_opened",
    "dispute_won",
    "charged_back",
    "refund_sent",
    "refund_done",
    "refund_failed",
)
"""Kinds of events in the order in which those that wait together are tried."""

STEPS: Mapping[str, str] = {
    "started": "start",
    "submitted": "submit",
    "succeeded": "succeed",
    "declined": "decline",
    "expired": "expire",
    "cancelled": "abandon",
    "error": "fail",
    "dispute_opened": "dispute",
    "dispute_won": "win",
    "charged_back": "charge_back",
}
"""By kind of event, the step that the attempt takes."""

OF_REFUNDS = ("refund_sent", "refund_done", "refund_failed")
NEEDS_MONEY = ("dispute_opened", "dispute_won", "charged_back")
WITHOUT_MONEY = ("created", "started", "submitted", "declined", "expired", "cancelled", "error")
FAILED = ("declined", "expired", "cancelled", "error")


class Verdict(StrEnum):
    """What is to be done with an event."""

    APPLY = "apply"
    CORRECT = "correct"  # money came after the attempt had failed
    WAIT = "wait"  # for what must come before it
    SUPERSEDE = "supersede"  # what came later has been told already


def verdict(life: TransitionTable, state: str, kind: str) -> Verdict:
    """What to do with an event while an attempt is in a state.

    Money that came is stronger than any failure, whichever is told first; what presupposes money waits for it.
    """
    if kind == "succeeded" and state in FAILED:
        return Verdict.CORRECT
    if kind in NEEDS_MONEY and state in WITHOUT_MONEY:
        return Verdict.WAIT
    if kind == "dispute_won" and state == "success":
        return Verdict.WAIT
    try:
        life.step(state, STEPS[kind])
    except Conflict:
        return Verdict.SUPERSEDE
    return Verdict.APPLY
