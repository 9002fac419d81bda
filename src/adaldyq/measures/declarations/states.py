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
DROPPED, UPHELD, OVERTURNED, TAKEN_BACK = "dropped", "upheld", "overturned", "taken_back"

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
        *(Transition(state, "take_back", TAKEN_BACK, "registrar") for state in (FINED, UPHELD)),
        *(Transition(state, "lapse", DROPPED) for state in (NOTICED, OFFENCE)),
        *(Transition(state, "lapse", TAKEN_BACK) for state in (FINED, APPEALED, UPHELD)),
    ),
)
"""A declaration that was not filed in time: the clock gives notice, one registrar establishes the offence and another
fines, the person appeals, a reviewer decides. A fine that was wrong is taken back by two registrars; with the death of
the person the clock lets everything lapse that is not paid."""

STANDING = (FINED, UPHELD)
"""States in which a fine stands, and no appeal is being heard."""

PUNISHED = (OFFENCE, FINED, APPEALED, UPHELD)
"""States in which somebody has decided that not filing was an offence, and nobody that it was none."""

UNDER_REVIEW, ASKED, ANSWERED = "under_review", "asked", "answered"
EXPLAINED, CORRECTED, CONFIRMED, REFERRED = "explained", "corrected", "confirmed", "referred"
UNDECIDED = (UNDER_REVIEW, ASKED, ANSWERED)
"""States of a review in which the analyst has still to decide."""

WAITING, ISSUED, CANCELLED, PAID = "waiting", "issued", "cancelled", "paid"
UNPAID = (WAITING, ISSUED)
"""States of the invoice of a fine, which waits for a measure of payments, is issued there, and ends when it is paid or the
fine is overturned."""

OPENED, DECLINED, ENDED = "opened", "declined", "ended"
"""States of a referral that a register of cases has answered; before that it waits, or is withdrawn."""

REVIEW = TransitionTable(
    "review",
    UNDER_REVIEW,
    (
        Transition(UNDER_REVIEW, "ask", ASKED, "agency_analyst", "explanation"),
        Transition(ANSWERED, "ask", ASKED, "agency_analyst", "explanation"),
        Transition(ASKED, "answer", ANSWERED),
        Transition(ANSWERED, "explain", EXPLAINED, "agency_analyst"),
        Transition(UNDER_REVIEW, "correct", CORRECTED, "agency_analyst"),
        Transition(ASKED, "correct", CORRECTED, "agency_analyst"),
        Transition(ANSWERED, "correct", CORRECTED, "agency_analyst"),
        Transition(UNDER_REVIEW, "confirm", CONFIRMED, "agency_analyst"),
        Transition(ASKED, "confirm", CONFIRMED, "agency_analyst"),
        Transition(ANSWERED, "confirm", CONFIRMED, "agency_analyst"),
        Transition(ASKED, "refer", REFERRED, "agency_analyst", "appeal"),
        Transition(ANSWERED, "refer", REFERRED, "agency_analyst", "appeal"),
        Transition(REFERRED, "appeal", APPEALED, "", "appeal_answer"),
        Transition(APPEALED, "uphold", UPHELD, "reviewer"),
        Transition(APPEALED, "overturn", OVERTURNED, "reviewer"),
    ),
)
"""The review of a filed declaration: a selection begins it, the analyst asks, the person answers, the analyst decides.
Nobody is referred without having been asked; against a referral the person appeals, and a reviewer decides."""

RECEIVED, KEYED, DIFFERS, REFUSED, GIVEN_BACK = "received", "keyed", "differs", "refused", "given_back"
IN_HAND = (RECEIVED, KEYED, DIFFERS, REFUSED)

PAPER_LIFE = TransitionTable(
    "paper",
    RECEIVED,
    (
        Transition(RECEIVED, "key", KEYED, "registrar"),
        Transition(KEYED, "differ", DIFFERS, "registrar"),
        *(Transition(state, "file", FILED, "registrar") for state in (KEYED, DIFFERS, REFUSED)),
        *(Transition(state, "refuse", REFUSED, "registrar") for state in (KEYED, DIFFERS, REFUSED)),
        *(Transition(state, "key_again", RECEIVED, "registrar") for state in (DIFFERS, REFUSED)),
        *(Transition(state, "give_back", GIVEN_BACK, "registrar") for state in IN_HAND),
    ),
)
"""A declaration on paper: one registrar keys it in, another keys it in again; when the two are the same and the checks
find nothing wrong it is filed, else it stays in hand until a person has looked at the paper."""
