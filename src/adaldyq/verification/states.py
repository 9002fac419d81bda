"""The life of a finding: a question that somebody answers.

An analyst takes a finding into work; while it is in work only that analyst decides, and another first takes
it over. Explained and confirmed findings can be opened again, with a reason.
"""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable
from adaldyq.kernel.roles import Role

OPEN, IN_WORK, EXPLAINED, CONFIRMED = "open", "in_work", "explained", "confirmed"
UNDECIDED = (OPEN, IN_WORK)

TAKE, TAKE_OVER, RETURN = "take", "take-over", "return"
EXPLAIN, CONFIRM, REOPEN = "explain", "confirm", "reopen"

FINDING = TransitionTable(
    "finding",
    initial=OPEN,
    transitions=(
        Transition(OPEN, TAKE, IN_WORK, Role.AGENCY_ANALYST),
        Transition(OPEN, EXPLAIN, EXPLAINED, Role.AGENCY_ANALYST),
        Transition(OPEN, CONFIRM, CONFIRMED, Role.AGENCY_ANALYST),
        Transition(IN_WORK, EXPLAIN, EXPLAINED, Role.AGENCY_ANALYST),
        Transition(IN_WORK, CONFIRM, CONFIRMED, Role.AGENCY_ANALYST),
        Transition(IN_WORK, RETURN, OPEN, Role.AGENCY_ANALYST),
        Transition(IN_WORK, TAKE_OVER, IN_WORK, Role.AGENCY_ANALYST),
        Transition(EXPLAINED, REOPEN, IN_WORK, Role.AGENCY_ANALYST),
        Transition(CONFIRMED, REOPEN, IN_WORK, Role.AGENCY_ANALYST),
    ),
)
