"""A step of an application begins. While it is the applicant's, the days of the body stand: its silence is all that may grant."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.actions import pause_deadline, resume_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of, days_between, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models.deadlines import PAUSED, RUNNING
from adaldyq.measures.permits.actions.holidays import put_off
from adaldyq.measures.permits.actions.steps import DECISION, ESCALATIONS, REMINDERS, STEP
from adaldyq.measures.permits.actions.telling import page_of
from adaldyq.measures.permits.domain.procedures import Key, Procedure, Step, is_applicants, step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.procedures import content_of

SILENCE_ACTION = "adaldyq.measures.permits.actions.deeming.take_silence"
APPLICANTS_STEP = "The applicant takes a step."


def begin_step(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Let the days of a step count, an official's up to the last day of the whole. What silence means the clock then says.

    Of the deciding step it does not: there silence counts from the last day of the whole, by what the catalogue says.
    """
    procedure = content_of(application.procedure)
    step = step_of(procedure, application.step)
    if step is None:
        return
    if is_applicants(procedure, step):
        let_stand(application, by=by, at=at)
    else:
        count_on(application, by=by, at=at)
    if not is_applicants(procedure, step) and application.due_date is None:
        return
    start_deadline(
        subject=application,
        due=due_of(application, procedure, step, at),
        bound=bound_of(application, procedure, step),
        by=by,
        at=at,
    )


def due_of(application: PermitApplication, procedure: Procedure, step: Step, at: datetime) -> Due:
    """Up to when a step is to be taken. The applicant's is theirs alone: nobody's heads hear that it was missed."""
    last, whole = later(day_of(at), step.days or 0, working=True), application.due_date
    if whole is not None:
        last = whole if step.key is Key.DECIDE else min(last, whole)
    return Due(
        STEP,
        gettext_noop("Step of an application"),
        last,
        action=SILENCE_ACTION if step.silence and step.key is not Key.DECIDE else "",
        reminders=REMINDERS,
        escalations=() if is_applicants(procedure, step) else ESCALATIONS,
        href=page_of(application),
    )


def bound_of(application: PermitApplication, procedure: Procedure, step: Step) -> Bound:
    """Whom a step binds."""
    if is_applicants(procedure, step):
        return Bound(person=application.person, account=application.owner)
    return Bound(account=application.decider if step.key is Key.DECIDE else application.verifier)


def let_stand(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Let the days of the whole stand, as part of an act, so that the applicant's own silence grants nothing."""
    if application.due_date is None:
        return
    put_off(application, by=by, at=at)
    left = days_between(day_of(at), application.due_date, working=True)
    for one in of_subject(application).filter(name=DECISION, state=RUNNING):
        pause_deadline(deadline=one, reason=APPLICANTS_STEP, by=by, at=at)
    PermitApplication.objects.filter(pk=application.pk).update(due_date=None, clock_days=left)
    application.refresh_from_db()


def count_on(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Let the days of the whole count on where they stood, as part of an act: so many are left as were left."""
    if application.due_date is not None or application.clock_days is None:
        return
    for one in of_subject(application).filter(name=DECISION, state=PAUSED):
        resume_deadline(deadline=one, by=by, at=at)
    last = later(day_of(at), application.clock_days, working=True)
    PermitApplication.objects.filter(pk=application.pk).update(due_date=last, clock_from=day_of(at))
    application.refresh_from_db()
