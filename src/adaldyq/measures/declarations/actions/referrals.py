"""Signs of a breach that are referred: a case asked for through the port of cases, taken back, and what is answered."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import PortAnswer
from adaldyq.kernel.ports import CASE, casefile
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.measures.declarations.models import BreachReferral, Review
from adaldyq.measures.declarations.models.reviews import WITHDRAWN
from adaldyq.measures.declarations.states import DECLINED, ENDED, OPENED, WAITING

TAKE = "declarations.referral.take"
FROM = {OPENED: WAITING, DECLINED: WAITING, ENDED: OPENED}
"""From which state each answer leads on; that money came back changes nothing here."""


def ask_case(referred: Review, *, ground: str, by: Actor, at: datetime) -> BreachReferral:
    """Ask for a case, as part of the act that refers. What shows the breach the register of cases asks for."""
    made = BreachReferral.objects.create(review=referred, person_id=referred.person_id, ground=ground, referred_at=at)
    body = referred.declaration.body
    grounds = casefile.Grounds(
        office="",
        about=(body.pk,) if body else (),
        topics=(),
        regions=(body.territory_id,) if body else (),
        records=(referred.pk, referred.declaration_id),
    )
    casefile.open_from(grounds, about=made, person=referred.person_id, by=by, at=at)
    return made


def take_back(overturned: Review, *, by: Actor, at: datetime) -> None:
    """Take a referral back, as part of the act that decides the appeal; a register that was told of it is told."""
    for one in BreachReferral.objects.filter(review=overturned, state__in=(WAITING, OPENED)):
        BreachReferral.objects.filter(pk=one.pk).update(state=WITHDRAWN, withdrawn_at=at)
        withdraw(port=CASE, about=one, by=by, at=at)


def taken(referral: BreachReferral) -> Recorded:
    """The ledger line of what the register of cases answered: to which referral, how it stands, and which case."""
    facts: dict[str, object] = {
        "review": referral.review_id,
        "referral": referral.pk,
        "state": referral.state,
        "number": referral.case,
    }
    return Recorded([facts], {"review": referral.review_id, "state": referral.state})


@act(TAKE, records=taken)
def take_answer(*, referral: BreachReferral, answer: PortAnswer, by: Actor, at: datetime) -> BreachReferral:
    """Take in what the register of cases answered about a referral.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: the answer does not lead on from how it stands.
    """
    require(by.system, TAKE)
    number = answer.number or referral.case
    rows = BreachReferral.objects.filter(pk=referral.pk, state=FROM.get(answer.state, ""))
    if not rows.update(state=answer.state, case=number, answered_date=answer.day):
        raise Conflict(TAKE, referral.state)
    referral.refresh_from_db()
    return referral
