"""Parts of acts on applications: taking turns, noting what happened, and the days that count.

Two deadlines run about an application: that of the whole, and that of the step it is at. Both stop together.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext_noop

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.actions import cancel_deadline, meet_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of, days_between, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import MISSED
from adaldyq.kernel.models.deadlines import OPEN as RUNNING_OR_PAUSED
from adaldyq.measures.permits.actions.locking import held_application
from adaldyq.measures.permits.actions.telling import page_of
from adaldyq.measures.permits.models import PermitApplication, PermitApplicationEvent

DECISION, STEP = "permit_application", "permit_step"
DEEM_ACTION = "adaldyq.measures.permits.actions.deeming.deem"
REMINDERS, ESCALATIONS = (3, 1), (1,)
CALENDAR_CHANGED = "A day of the term has been declared a holiday."
ENDED = "The application has ended."


def hold(application: PermitApplication, name: str, states: Collection[str]) -> PermitApplication:
    """An application as it stands now, held until the transaction ends, in the order of `locking`.

    Raises:
        Conflict: it is in none of some states.
    """
    held = held_application(application)
    if held.state not in states:
        raise Conflict(name, held.state)
    return held


def happen(
    application: PermitApplication,
    happened: str,
    by: Actor,
    at: datetime,
    *,
    step: str = "",
    answer: str = "",
    words: str = "",
) -> None:
    """Note in the timeline what happened."""
    account = None if by.system or not by.id else by.id
    PermitApplicationEvent.objects.create(
        application=application, at=at, happened=happened, step=step, answer=answer, words=words, account_id=account
    )


def begin_clock(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Let the days of the whole count. Where silence is consent the clock grants when they have passed."""
    due = Due(
        DECISION,
        gettext_noop("Decision about an application"),
        application.due_date,
        action=DEEM_ACTION if application.version.silence_is_consent else "",
        reminders=REMINDERS,
        escalations=ESCALATIONS,
        href=page_of(application),
    )
    start_deadline(subject=application, due=due, bound=Bound(body=application.body), by=by, at=at)


def open_deadlines(application: PermitApplication) -> list[Deadline]:
    """What runs or is paused about an application."""
    return list(of_subject(application).filter(state__in=RUNNING_OR_PAUSED))


def end_step(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Note that a step was taken, in time or late."""
    for one in of_subject(application).filter(name=STEP, state__in=(*RUNNING_OR_PAUSED, MISSED)):
        meet_deadline(deadline=one, by=by, at=at)


def end_clock(application: PermitApplication, *, by: Actor, at: datetime, cancelled: bool = False) -> None:
    """Note that it was decided, in time or late; or that nothing is due any more."""
    for one in of_subject(application).filter(name__in=(DECISION, STEP), state__in=(*RUNNING_OR_PAUSED, MISSED)):
        if not cancelled:
            meet_deadline(deadline=one, by=by, at=at)
        elif one.state != MISSED:
            cancel_deadline(deadline=one, reason=ENDED, by=by, at=at)


def taken_days(application: PermitApplication, at: datetime) -> int:
    """Working days that the body has used of its term, and past it, without those on which they stood still."""
    if application.clock_from is None or application.clock_days is None:
        return 0
    before = application.version.days - application.clock_days
    if application.due_date is None:  # its days stand
        return before
    return before + days_between(application.clock_from, day_of(at), working=True)


def counted_anew(application: PermitApplication) -> date | None:
    """The last day by the calendar as it is now; None while it is paused or was never sent."""
    if application.clock_from is None or application.clock_days is None or application.due_date is None:
        return None
    return later(application.clock_from, application.clock_days, working=True)
