"""Lives of an entry of the catalogue, and of its review."""

from __future__ import annotations

from adaldyq.base.states import Transition, TransitionTable

INTRODUCED, KEPT, SIMPLIFIED, MOVED = "introduced", "kept", "simplified", "notification"
ABOLISHED, EXCLUDED, LAPSED = "abolished", "excluded", "lapsed"
KEEP, SIMPLIFY, MOVE, ABOLISH, EXCLUDE, LAPSE = "keep", "simplify", "move", "abolish", "exclude", "lapse"
REVIEWER, OFFICER = "reviewer", "licensing_officer"

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

AWAITED, JUSTIFIED, DECIDED = "awaited", "justified", "decided"
LEGALITY_FOUND, NECESSITY_FOUND, BURDEN_FOUND = "legality", "necessity", "burden"
JUSTIFY, DECIDE = "justify", "decide"
ASSESS_LEGALITY, ASSESS_NECESSITY, ASSESS_BURDEN = "assess_legality", "assess_necessity", "assess_burden"
OPEN = (AWAITED, JUSTIFIED, LEGALITY_FOUND, NECESSITY_FOUND, BURDEN_FOUND)

PERMIT_REVIEW = TransitionTable(
    "permit_review",
    AWAITED,
    (
        Transition(AWAITED, JUSTIFY, JUSTIFIED, OFFICER),
        Transition(AWAITED, LAPSE, LAPSED),
        Transition(JUSTIFIED, ASSESS_LEGALITY, LEGALITY_FOUND, REVIEWER),
        Transition(LEGALITY_FOUND, ASSESS_NECESSITY, NECESSITY_FOUND, REVIEWER),
        Transition(NECESSITY_FOUND, ASSESS_BURDEN, BURDEN_FOUND, REVIEWER),
        *(Transition(source, DECIDE, DECIDED, REVIEWER) for source in (LEGALITY_FOUND, NECESSITY_FOUND, BURDEN_FOUND)),
    ),
)
"""A body justifies in time or the permit lapses; then law, necessity and burden are looked at in this order. What no law asks
for, or nobody needs, may be decided before its burden is counted."""
