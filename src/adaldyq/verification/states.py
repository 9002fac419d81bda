"""The life of a finding: a question that somebody answers."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.roles import Role

OPEN, IN_WORK, EXPLAINED, CONFIRMED = "open", "in_work", "explained", "confirmed"

FINDING = TransitionTable(
    "finding",
    initial=OPEN,
    transitions=(
        Transition(OPEN, "take", IN_WORK, Role.AGENCY_ANALYST),
        Transition(IN_WORK, "return", OPEN, Role.AGENCY_ANALYST),
        Transition(OPEN, "explain", EXPLAINED, Role.AGENCY_ANALYST),
        Transition(IN_WORK, "explain", EXPLAINED, Role.AGENCY_ANALYST),
        Transition(OPEN, "confirm", CONFIRMED, Role.AGENCY_ANALYST),
        Transition(IN_WORK, "confirm", CONFIRMED, Role.AGENCY_ANALYST),
        Transition(EXPLAINED, "reopen", IN_WORK, Role.AGENCY_ANALYST),
        Transition(CONFIRMED, "reopen", IN_WORK, Role.AGENCY_ANALYST),
    ),
)
