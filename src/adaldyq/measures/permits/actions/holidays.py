"""Last days by the calendar as it is now: a holiday that is declared later puts them off, and nothing follows before.

What silence means holds from the day after the last one, whether or not the clock has come to it: then nobody acts any more.
"""

from __future__ import annotations

from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.actions import extend_deadline
from adaldyq.kernel.deadlines.days import day_of, days_between, later, pack_due
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import MISSED, RUNNING
from adaldyq.measures.permits.actions.ending import APPEAL_TERM
from adaldyq.measures.permits.actions.steps import CALENDAR_CHANGED, DECISION, STEP, counted_anew, happen
from adaldyq.measures.permits.domain.procedures import Key, Step, step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.procedures import content_of

ANSWER_TERM = "appeal_answer"
BY_PACK = (APPEAL_TERM, ANSWER_TERM)
"""Terms about an application that the pack counts from the day on which they begin."""


def last_day(application: PermitApplication) -> date | None:
    """Last day on which the body decides; None while none runs."""
    if application.due_date is None:
        return None
    return max(application.due_date, counted_anew(application) or application.due_date)


def last_day_of_step(application: PermitApplication, deadline: Deadline) -> date:
    """Last day of the step that an application is at: its days without those on which they stood still, within the whole.

    While the whole stands, for a step of the applicant, its own days are all that bind.
    """
    whole = last_day(application)
    step = step_of(content_of(application.procedure), application.step)
    if step is None or step.key is Key.DECIDE:
        return max(deadline.due_date, whole or deadline.due_date)
    start, left = day_of(deadline.started_at), step.days or 0
    for change in deadline.changes.order_by("at", "pk"):
        if change.act == "pause":
            left -= days_between(start, day_of(change.at), working=True)
        elif change.act == "resume":
            start = day_of(change.at)
    own = later(start, max(left, 0), working=True)
    return max(deadline.due_date, min(own, whole) if whole else own)


def last_day_by_pack(deadline: Deadline) -> date:
    """Last day of a term that the pack counts."""
    return max(deadline.due_date, pack_due(deadline.name, day_of(deadline.started_at)))


def step_deadline(application: PermitApplication) -> Deadline | None:
    """The deadline of the step that an application is at, also when it has fallen."""
    found = of_subject(application).filter(name=STEP, state__in=(RUNNING, MISSED))
    return found.order_by("-started_at", "-pk").first()


def check_in_time(application: PermitApplication, step: Step | None, at: datetime) -> None:
    """Refuse what comes after silence has spoken.

    Raises:
        DomainError: `permit-silent` when it counts as granted; `permit-step-silent` when silence has answered the step.
    """
    today, last = day_of(at), last_day(application)
    if application.version.silence_is_consent and last is not None and today > last:
        raise DomainError("permit-silent", value=application.number, day=last)
    if step is None or not step.silence or step.key is Key.DECIDE:
        return
    deadline = step_deadline(application)
    if deadline is not None and today > (until := last_day_of_step(application, deadline)):
        raise DomainError("permit-step-silent", day=until)


def moved(application: PermitApplication) -> list[tuple[Deadline, date]]:
    """Deadlines about an application whose last day a holiday has moved, each with the new one."""
    found = []
    for one in of_subject(application).filter(state=RUNNING):
        if one.name == DECISION:
            last = last_day(application) or one.due_date
        elif one.name == STEP:
            last = last_day_of_step(application, one)
        else:
            last = last_day_by_pack(one) if one.name in BY_PACK else one.due_date
        if last > one.due_date:
            found.append((one, last))
    return found


def put_off(application: PermitApplication, *, by: Actor, at: datetime) -> bool:
    """Put off what a holiday has moved that was declared within a term, as part of an act; whether anything was."""
    later_ones, last = moved(application), last_day(application)
    for deadline, day in later_ones:
        extend_to(deadline, day, by=by, at=at)
    later_whole = last is not None and last != application.due_date
    if later_whole:
        PermitApplication.objects.filter(pk=application.pk).update(due_date=last)
        application.refresh_from_db()
    if later_ones or later_whole:
        happen(application, "put_off", by, at)
    return bool(later_ones or later_whole)


def extend_to(deadline: Deadline, day: date, *, by: Actor, at: datetime) -> None:
    """Let a deadline end on a later day, since a day of it was declared a holiday."""
    more = max(days_between(deadline.due_date, day, working=deadline.working), 1)
    extend_deadline(deadline=deadline, more=more, reason=CALENDAR_CHANGED, by=by, at=at)
