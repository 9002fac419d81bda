"""Reminding applicants of what they owe, so that days that stand still do not do so for ever."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.steps import happen, hold
from adaldyq.measures.permits.actions.telling import tell
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.models.applications import ISSUED
from adaldyq.measures.permits.states import PAUSED, PENDING, SETTLED

REMIND, REMINDED = "permits.application.remind", "reminded"


@act(REMIND, records=stepped, on="application")
def remind_applicant(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Remind an applicant whose application waits for them, or whose fee is to be paid; once a day.

    Raises:
        NotAllowed: `by` handles neither applications to its body nor to that whose officers are drawn instead.
        Conflict: it has ended.
        DomainError: `permit-nothing-owed`; `permit-reminded` when they were reminded today.
    """
    held = hold(application, REMIND, (*PENDING, *SETTLED))
    require(policies.deals(by, held), REMIND)
    if held.state == PAUSED:
        message = "permit-reminder-paused"
    elif held.fee_state == ISSUED:
        message = "permit-reminder-fee"
    else:
        raise DomainError("permit-nothing-owed")
    last = held.events.filter(happened=REMINDED).order_by("-at").values_list("at", flat=True).first()
    if last is not None and day_of(last) == day_of(at):
        raise DomainError("permit-reminded")
    happen(held, REMINDED, by, at)
    tell(held, message, at)
    return held
