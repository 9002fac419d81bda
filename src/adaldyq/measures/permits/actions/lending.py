"""An application about which no officer of its body may decide: its head is told at once, and names a body whose officers are drawn.

Silence decides at the end, as the law says, but never unseen. The head chooses a body, and chance the officers: nobody chooses who
verifies and who decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Body
from adaldyq.kernel.notifications.actions import notify
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.steps import happen, hold
from adaldyq.measures.permits.domain.applying import checked_text
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.conflicts import is_biased
from adaldyq.measures.permits.queries.draws import left_for, to_draw, with_room
from adaldyq.measures.permits.queries.unheld import LENT, NOBODY, heads_of
from adaldyq.measures.permits.states import PENDING

LEND = "permits.application.lend"


def tell_heads(applications: Iterable[PermitApplication], *, by: Actor, at: datetime) -> None:
    """Tell the heads of bodies that no officer of theirs may have some applications, once of each, as part of an act."""
    for one in applications:
        found = PermitApplication.objects.filter(pk=one.pk, state__in=PENDING, nobody_at=None)
        if not found.update(nobody_at=at):
            continue
        happen(one, NOBODY, by, at)
        parameters, href = {"number": one.number or ""}, f"permits/unheld/{one.pk}/"
        for head in heads_of(one.body_id, day_of(at)):
            key = f"permit-nobody:{one.pk}:{head.pk}:{at.isoformat()}"
            notify(account=head, message="permit-nobody", parameters=parameters, key=key, href=href, at=at)


@act(LEND, records=stepped, on="application")
def lend_application(
    *, application: PermitApplication, to: Body, words: str, by: Actor, at: datetime
) -> PermitApplication:
    """Let officers of another body be drawn for an application which none of its own may have; the next hour draws them.

    Raises:
        NotAllowed: `by` heads neither its body nor one above.
        Conflict: it is with nobody any more.
        DomainError: `reason-missing`, `text-too-long`; `permit-conflict` when `by` gains from it; `permit-somebody-left` when
            an officer may have it; `permit-nobody-there` when no officer of that body may; `permit-too-few-there` when chance
            would have nobody to leave out.
    """
    held = hold(application, LEND, PENDING)
    require(policies.heads(by, held.body), LEND)
    if is_biased(held, by.id, day_of(at)):
        raise DomainError("permit-conflict")
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    if held.nobody_at is None or left_for(held, day_of(at)):
        raise DomainError("permit-somebody-left", field="body")
    PermitApplication.objects.filter(pk=held.pk).update(lent_to=to, nobody_at=None)
    held.refresh_from_db()
    there = with_room(held, day_of(at))
    if to.pk == held.body_id or to.closed_date is not None or not there:
        raise DomainError("permit-nobody-there", field="body")
    if len(there) <= to_draw(held):
        raise DomainError("permit-too-few-there", field="body")
    happen(held, LENT, by, at, answer=to.pk, words=said)
    return held
