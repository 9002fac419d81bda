"""Reporters of the sample country who were made to suffer, and how they were protected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from adaldyq.kernel.actor import Actor, system
from adaldyq.measures.reports.actions import protection, relief
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.protection_terms import presume_retaliation
from adaldyq.measures.reports.queries.queue import Report

CLOCK = system("demo")
SILENT_DAYS = 20
"""After how many days an employer who is silent has let every term of ten working days pass."""

OUTCOMES = ("undone", "reason_shown", "stopped", "to_court", "compensated", "withdrawn")


def protect(report: Report, number: int, sealed: bytes, by: Actor, since: datetime, now: datetime) -> None:
    """Open a protection file and do with it what comes next, as far as that was before now.

    Every third employer is silent.

    Args:
        number: of the report, by which the story differs.
        sealed: what all letters of the sample country hold.
        since: when the officer acknowledged the report.
    """
    told, silent = Sealed(sealed), number % 3 == 0
    outcome = OUTCOMES[number % len(OUTCOMES)]
    if silent and outcome == "reason_shown":
        outcome = "undone"
    common: dict[str, Any] = {"report": report, "by": by}
    story: list[tuple[int, Callable[[datetime], object]]] = [
        (3, lambda at: protection.open_protection(may_ask=True, message=told, at=at, **common)),
        (3, lambda at: protection.note_retaliation(message=told, at=at, **common)),
        (4, lambda at: protection.ask_employer(message=told, at=at, **common)),
        (4, lambda at: relief.ask_relief(message=told, at=at, **common)),
        (5, lambda at: relief.give_support(kind="legal", at=at, **common)),
        (8, lambda at: relief.decide_relief(granted=number % 4 != 1, message=told, at=at, **common)),
        (SILENT_DAYS + 4, lambda at: presume_retaliation(subject=report, by=CLOCK, at=at))
        if silent
        else (13, lambda at: protection.record_answer(message=told, at=at, **common)),
        (44, lambda at: protection.close_protection(outcome=outcome, message=told, at=at, **common)),
    ]
    for days, act in story:
        if (then := since + timedelta(days=days)) < now:
            act(then)
