"""Lives of the records of this measure."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

OPEN, FILED, SET_ASIDE = "open", "filed", "set_aside"

DRAFT = TransitionTable(
    "draft",
    OPEN,
    (
        Transition(OPEN, "file", FILED),
        Transition(OPEN, "set_aside", SET_ASIDE),
    ),
)
"""A declaration that is being filled in; what was filed or set aside is not written any more."""
