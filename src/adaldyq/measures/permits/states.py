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

DRAFT, UNDER_WAY, PAUSED = "draft", "under_way", "paused"
GRANTED, REFUSED, RETURNED, NOTED = "granted", "refused", "returned", "noted"
WITHDRAWN, DISCARDED, APPEALED, UPHELD, CLOSED = "withdrawn", "discarded", "appealed", "upheld", "closed"
SEND, DISCARD, MOVE_ON, PAUSE, RESUME, WITHDRAW = "send", "discard", "move_on", "pause", "resume", "withdraw"
GRANT, REFUSE, RETURN, NOTE, DEEM = "grant", "refuse", "return", "note", "deem"
APPEAL, UPHOLD, OVERTURN, REOPEN, CLOSE = "appeal", "uphold", "overturn", "reopen", "close"
PENDING = (UNDER_WAY, PAUSED)
WITH_A_BODY = (UNDER_WAY, PAUSED, APPEALED)
SETTLED = (GRANTED, NOTED)
OUTCOMES = {GRANTED: GRANT, REFUSED: REFUSE, RETURNED: RETURN, NOTED: NOTE}

PERMIT_APPLICATION = TransitionTable(
    "permit_application",
    DRAFT,
    (
        Transition(DRAFT, SEND, UNDER_WAY),
        Transition(DRAFT, DISCARD, DISCARDED),
        Transition(UNDER_WAY, MOVE_ON, UNDER_WAY),
        Transition(UNDER_WAY, PAUSE, PAUSED, OFFICER),
        Transition(PAUSED, RESUME, UNDER_WAY),
        *(Transition(UNDER_WAY, act, outcome) for outcome, act in OUTCOMES.items()),
        Transition(UNDER_WAY, DEEM, GRANTED),
        *(Transition(source, WITHDRAW, WITHDRAWN) for source in PENDING),
        *(Transition(source, APPEAL, APPEALED) for source in (REFUSED, RETURNED)),
        *(Transition(source, CLOSE, CLOSED) for source in (*WITH_A_BODY, *SETTLED)),
        Transition(APPEALED, UPHOLD, UPHELD, REVIEWER),
        Transition(APPEALED, OVERTURN, GRANTED, REVIEWER),
        Transition(APPEALED, NOTE, NOTED, REVIEWER),
        Transition(APPEALED, REOPEN, UNDER_WAY, REVIEWER),
    ),
)
"""An application goes the steps of its procedure (`step` says which) to one of its ends, or counts as granted when the body was
silent. While it is paused no day counts, and nothing can count as granted. A return that is overturned on appeal lets it go on, since
nobody has verified it. It is closed when nothing is left to decide: what was asked for is needed no longer, or cannot be given any more."""

VALID, SUSPENDED, RENEWED, TRANSFERRED, REVOKED, EXPIRED = (
    "valid", "suspended", "renewed", "transferred", "revoked", "expired",
)  # fmt: skip
SUSPEND, RESTORE, RENEW, TRANSFER, REVOKE, EXPIRE = "suspend", "restore", "renew", "transfer", "revoke", "expire"
FOLLOW = "follow"
STANDING = (VALID, SUSPENDED)

PERMIT_LICENCE = TransitionTable(
    "permit_licence",
    VALID,
    (
        Transition(VALID, SUSPEND, SUSPENDED, OFFICER),
        Transition(VALID, FOLLOW, SUSPENDED),
        Transition(SUSPENDED, RESTORE, VALID, OFFICER),
        *(Transition(source, REVOKE, REVOKED, OFFICER) for source in STANDING),
        *(Transition(source, EXPIRE, EXPIRED) for source in STANDING),
        Transition(VALID, RENEW, RENEWED),
        Transition(VALID, TRANSFER, TRANSFERRED, OFFICER),
    ),
)
"""A licence that was renewed or transferred has a successor, which is another licence with its own number. One whose renewal was
granted stands up to its own last day, with a successor that begins then; one that renews what is suspended follows it."""
