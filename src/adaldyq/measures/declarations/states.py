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

NOTICED, OFFENCE, FINED, APPEALED = "noticed", "offence", "fined", "appealed"
DROPPED, UPHELD, OVERTURNED = "dropped", "upheld", "overturned"

NON_FILING = TransitionTable(
    "non_filing",
    NOTICED,
    (
        Transition(NOTICED, "establish", OFFENCE, "registrar"),
        Transition(NOTICED, "drop", DROPPED, "registrar"),
        Transition(OFFENCE, "fine", FINED, "registrar", "appeal"),
        Transition(OFFENCE, "drop", DROPPED, "registrar"),
        Transition(FINED, "appeal", APPEALED, "", "appeal_answer"),
        Transition(APPEALED, "uphold", UPHELD, "reviewer"),
        Transition(APPEALED, "overturn", OVERTURNED, "reviewer"),
    ),
)
"""A declaration that was not filed in time: the clock gives notice, one registrar establishes the offence and another
fines, the person appeals, a reviewer decides."""
