"""What follows when officials are silent. The clock calls this, once, whoever else tries and however often it is started anew."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.permits.actions.ending import settle
from adaldyq.measures.permits.actions.handling import go_on, stepped
from adaldyq.measures.permits.actions.steps import counted_anew, end_clock, happen, hold, put_off, taken_days
from adaldyq.measures.permits.actions.telling import tell
from adaldyq.measures.permits.domain.applying import Said
from adaldyq.measures.permits.domain.procedures import step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import DEEM, UNDER_WAY

DEEMED, SILENT, PUT_OFF = "permits.application.deem", "permits.application.be_silent", "permits.application.put_off"


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

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: it was decided, withdrawn or paused.
        DomainError: `permit-day-moved` when a holiday was declared within the term, which is put off first.
    """
    require(by.system, DEEMED)
    held = hold(subject, DEEMED, (UNDER_WAY,))
    last = counted_anew(held)
    if last is not None and held.due_date is not None and last > held.due_date:
        raise DomainError("permit-day-moved", value=held.number, day=last)
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
    """
    require(by.system, SILENT)
    held = hold(subject, SILENT, (UNDER_WAY,))
    procedure = content_of(held.procedure)
    step = step_of(procedure, held.step)
    if step is None or not step.silence:
        raise Conflict(SILENT, held.step)
    return go_on(held, procedure, step, step.silence, Said(), by, at)


@act(PUT_OFF, records=deemed, on="application")
def put_application_off(*, application: PermitApplication, by: Actor, at: datetime) -> PermitApplication:
    """Put the last day of an application off, since a day of its term has been declared a holiday.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it is not under way, or nothing is to be put off.
    """
    require(by.system, PUT_OFF)
    held = hold(application, PUT_OFF, (UNDER_WAY,))
    if not put_off(held, by=by, at=at):
        raise Conflict(PUT_OFF, held.state)
    return held


def put_off_all(*, by: Actor, at: datetime) -> int:
    """Put off every application whose last day a holiday has moved, each by an act of its own; how many that were."""
    count = 0
    for one in PermitApplication.objects.filter(state=UNDER_WAY).order_by("pk").iterator():
        last = counted_anew(one)
        if last is not None and one.due_date is not None and last > one.due_date:
            put_application_off(application=one, by=by, at=at)
            count += 1
    return count
