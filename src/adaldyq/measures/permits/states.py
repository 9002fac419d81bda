"""Life of an entry of the catalogue."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

INTRODUCED, KEPT, SIMPLIFIED, MOVED = "introduced", "kept", "simplified", "notification"
ABOLISHED, EXCLUDED, LAPSED = "abolished", "excluded", "lapsed"
KEEP, SIMPLIFY, MOVE, ABOLISH, EXCLUDE, LAPSE = "keep", "simplify", "move", "abolish", "exclude", "lapse"
REVIEWER = "reviewer"

IN_FORCE = (INTRODUCED, KEPT, SIMPLIFIED, MOVED)
ENDED = (ABOLISHED, EXCLUDED, LAPSED)
TARGETS = {KEEP: KEPT, SIMPLIFY: SIMPLIFIED, MOVE: MOVED, ABOLISH: ABOLISHED, EXCLUDE: EXCLUDED}

PERMIT_ENTRY = TransitionTable(
    "permit_entry",
    INTRODUCED,
    (
        *(Transition(source, act, target, REVIEWER) for source in IN_FORCE for act, target in TARGETS.items()),
        *(Transition(source, LAPSE, LAPSED) for source in IN_FORCE),
    ),
)
"""An entry is in force until a review abolishes it, finds that it is no permit (`excluded`), or its body did not justify it
in time, so that it lapses by the clock. What has ended does not come back: a new entry needs a law."""
