"""What follows when officials are silent. The clock calls this, once, whoever else tries and however often it is started anew."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db.models import Q

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import RUNNING
from adaldyq.kernel.states import advance
from adaldyq.measures.permits.actions.closing import ABOLISHED, SUSPENDED_BESIDE, close_application
from adaldyq.measures.permits.actions.ending import settle, suspended_beside
from adaldyq.measures.permits.actions.handling import go_on, stepped
from adaldyq.measures.permits.actions.holidays import (
    BY_PACK,
    extend_to,
    last_day,
    last_day_of_step,
    moved,
    put_off,
    step_deadline,
)
from adaldyq.measures.permits.actions.reviewing import opened
from adaldyq.measures.permits.actions.steps import end_clock, happen, hold, taken_days
from adaldyq.measures.permits.actions.telling import tell
from adaldyq.measures.permits.domain.applying import Said
from adaldyq.measures.permits.domain.procedures import step_of
from adaldyq.measures.permits.models import PermitApplication, PermitReview, PermitRound
from adaldyq.measures.permits.queries.applications import waits_for_applicant
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.queries.reviews import JUSTIFICATION, last_day_to_justify
from adaldyq.measures.permits.states import APPEALED, AWAITED, DEEM, IN_FORCE, REFUSED, RETURNED, UNDER_WAY

DEEMED, SILENT, PUT_OFF = "permits.application.deem", "permits.application.be_silent", "permits.application.put_off"
PUT_ROUND_OFF = "permits.round.put_off"
RUN = (UNDER_WAY, REFUSED, RETURNED, APPEALED)


def deemed(application: PermitApplication) -> Recorded:
    """The ledger line: which application counts as granted, since its last day has passed."""
    facts: dict[str, object] = {
        "application": application.pk,
        "number": application.number or "",
        "entry": application.entry.number,
        "state": application.state,
    }
    return Recorded([facts], {"permit_application": application.pk, "state": application.state})


@act(DEEMED, records=deemed, on="subject")
def deem(*, subject: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Count an application as granted, since its body was silent up to the last day.

    What nobody needs any more is closed, and so is what no officer could grant beside a suspended licence of the same holder.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: it was decided, withdrawn or paused, or waits for a step of the applicant.
        DomainError: `permit-day-moved` when a holiday was declared within the term, which is put off first.
    """
    require(by.system, DEEMED)
    held = hold(subject, DEEMED, (UNDER_WAY,))
    if held.entry.state not in IN_FORCE:
        return close_application(application=held, why=ABOLISHED, by=by, at=at)
    if waits_for_applicant(held):
        raise Conflict(DEEMED, held.step)
    last = last_day(held)
    if last != held.due_date:
        raise DomainError("permit-day-moved", value=held.number, day=last)
    if suspended_beside(held, day_of(at)) is not None:
        return close_application(application=held, why=SUSPENDED_BESIDE, by=by, at=at)
    step = held.step
    days = taken_days(held, at)
    granted = advance(held, DEEM, by=by, at=at, step="", due_date=None, deemed=True, decided_at=at, days_taken=days)
    end_clock(granted, by=by, at=at, cancelled=True)
    happen(granted, "deemed", by, at, step=step)
    settle(granted, Said(), by=by, at=at)
    tell(granted, "permit-deemed", at)
    return granted


@act(SILENT, records=stepped, on="subject")
def take_silence(*, subject: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Answer a step as silence answers it, since nobody took it in time: whoever should agree has agreed.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: it was taken.
        DomainError: `permit-day-moved` when a holiday was declared within its days, which are put off first.
    """
    require(by.system, SILENT)
    held = hold(subject, SILENT, (UNDER_WAY,))
    procedure = content_of(held.procedure)
    step = step_of(procedure, held.step)
    if step is None or not step.silence:
        raise Conflict(SILENT, held.step)
    deadline = step_deadline(held)
    if deadline is not None and (last := last_day_of_step(held, deadline)) > deadline.due_date:
        raise DomainError("permit-day-moved", value=held.number, day=last)
    return go_on(held, procedure, step, step.silence, Said(), by, at)


@act(PUT_OFF, records=deemed, on="application")
def put_application_off(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Put last days about an application off, since a day of a term has been declared a holiday.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: nothing runs, or nothing is to be put off.
    """
    require(by.system, PUT_OFF)
    held = hold(application, PUT_OFF, RUN)
    if not put_off(held, by=by, at=at):
        raise Conflict(PUT_OFF, held.state)
    return held


@act(PUT_ROUND_OFF, records=opened)
def put_round_off(*, of: PermitRound, by: Actor, at: datetime) -> PermitRound:
    """Put the last day to justify off, since it or a day before has been declared a holiday.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it is not to be put off.
    """
    require(by.system, PUT_ROUND_OFF)
    held = PermitRound.objects.select_for_update().get(pk=of.pk)
    last = last_day_to_justify(held)
    if last == held.justify_until:
        raise Conflict(PUT_ROUND_OFF, "")
    PermitRound.objects.filter(pk=held.pk).update(justify_until=last)
    held.refresh_from_db()
    awaited = held.reviews.filter(state=AWAITED).values("pk")
    for deadline in Deadline.objects.filter(
        subject_kind=PermitReview._meta.label, subject_id__in=awaited, name=JUSTIFICATION, state=RUNNING
    ):
        extend_to(deadline, last, by=by, at=at)
    return held


def put_off_all(*, by: Actor, at: datetime) -> int:
    """Put off whatever a holiday has moved, each by an act of its own; how many that were."""
    count = 0
    terms = Deadline.objects.filter(subject_kind=PermitApplication._meta.label, name__in=BY_PACK, state=RUNNING)
    for one in PermitApplication.objects.filter(Q(state=UNDER_WAY) | Q(pk__in=terms.values("subject_id"))).iterator():
        if last_day(one) != one.due_date or moved(one):
            with suppress(Conflict):  # it was withdrawn or decided meanwhile
                put_application_off(application=one, by=by, at=at)
                count += 1
    for of in PermitRound.objects.filter(reviews__state=AWAITED).distinct():
        if last_day_to_justify(of) != of.justify_until:
            put_round_off(of=of, by=by, at=at)
            count += 1
    return count
