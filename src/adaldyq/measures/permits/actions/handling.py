"""Acts of officers on an application: a step is answered, the days stop for a listed cause and count again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import pause_deadline, resume_deadline
from adaldyq.kernel.deadlines.days import day_of, days_between, later
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.ending import end_application
from adaldyq.measures.permits.actions.holidays import check_in_time, put_off
from adaldyq.measures.permits.actions.stepping import begin_step
from adaldyq.measures.permits.actions.steps import end_step, happen, hold, open_deadlines
from adaldyq.measures.permits.actions.telling import tell
from adaldyq.measures.permits.domain.applying import Said, checked_text
from adaldyq.measures.permits.domain.procedures import Key, Procedure, Step, end_of, step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.applications import step_now, takes, waits_for_applicant
from adaldyq.measures.permits.queries.conflicts import hindrance, is_biased
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import MOVE_ON, PAUSE, PAUSED, RESUME, UNDER_WAY

TAKE, STOP, GO_ON = (f"permits.application.{one}" for one in ("take_step", "pause", "resume"))
CAUSES = "permit_pause"
"""The pack's list of causes for which days stop counting."""


def stepped(application: PermitApplication) -> Recorded:
    """The ledger line of a step: which application, where it is now, and how it ended if it did."""
    facts: dict[str, object] = {
        "application": application.pk,
        "number": application.number or "",
        "step": application.step,
        "state": application.state,
        "outcome": application.outcome,
    }
    return Recorded([facts], {"permit_application": application.pk, "state": application.state})


@act(TAKE, records=stepped, on="application")
def take_step(*, application: PermitApplication, answer: str, said: Said, by: Actor, at: datetime) -> PermitApplication:
    """Answer the step that an application is at; the answer leads to the next step or to an end.

    Raises:
        NotAllowed: the step is somebody else's.
        Conflict: it was taken meanwhile, or no step is to be taken.
        DomainError: `permit-conflict` when `by` gains from it, acts for whoever does, or is of their family;
            `permit-both-keys` when `by` verified it; `permit-both-bodies` when `by` has a part in it for another body;
            `declared-not-offered`; those of `check_in_time` and `end_application`.
    """
    held = hold(application, TAKE, (UNDER_WAY,))
    procedure = content_of(held.procedure)
    step = step_of(procedure, held.step)
    if step is None or held.step != application.step:
        raise Conflict(TAKE, held.step)
    require(takes(by, held, procedure, step), TAKE)
    check_in_time(held, step, at)
    if code := hindrance(held, procedure, step, by, day_of(at)):
        raise DomainError(code)
    if answer not in {one.id for one in step.answers}:
        raise DomainError("declared-not-offered", field="answer", value=answer)
    return go_on(held, procedure, step, answer, said, by, at)


def go_on(
    held: PermitApplication, procedure: Procedure, step: Step, answer: str, said: Said, by: Actor, at: datetime
) -> PermitApplication:
    """Go where an answer leads, as part of the act that gives it.

    Raises:
        DomainError: those of `end_application`; `text-too-long`.
    """
    target = next(one.to for one in step.answers if one.id == answer)
    words = checked_text(said.words, "words")
    signed: Mapping[str, object] = {}
    if not by.system and step.key is not None:
        signed = {"verified_by_id" if step.key is Key.VERIFY else "decided_by_id": by.id}
    end = end_of(procedure, target)
    if not by.system:  # a step that nobody took stays missed
        end_step(held, by=by, at=at)
    happen(held, "step", by, at, step=step.id, answer=answer, words=words)
    if end is not None:
        return end_application(held, end, said, signed, by=by, at=at)
    moved = advance(held, MOVE_ON, by=by, at=at, step=target, **signed)
    begin_step(moved, by=by, at=at)
    return moved


@act(STOP, records=stepped, on="application")
def pause_application(
    *, application: PermitApplication, cause: str, words: str, by: Actor, at: datetime
) -> PermitApplication:
    """Stop the days from counting, for a listed cause, since the applicant owes something.

    Raises:
        NotAllowed: `by` does not handle it.
        Conflict: it is not under way.
        DomainError: `permit-cause-unlisted`, `reason-missing`, `permit-conflict`; `permit-days-stand` while the applicant's own step
            stops them; those of `check_in_time`.
    """
    held = hold(application, STOP, (UNDER_WAY,))
    require(policies.deals(by, held) and by.id in {held.verifier_id, held.decider_id}, STOP)
    if is_biased(held, by.id, day_of(at)):
        raise DomainError("permit-conflict")
    if cause not in naming.pack().codes[CAUSES]:
        raise DomainError("permit-cause-unlisted", field="cause", value=cause)
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    if waits_for_applicant(held):
        raise DomainError("permit-days-stand")
    check_in_time(held, step_now(held), at)
    put_off(held, by=by, at=at)
    left = days_between(day_of(at), held.due_date, working=True) if held.due_date else 0
    for one in open_deadlines(held):
        pause_deadline(deadline=one, reason=f"{cause}: {said}", by=by, at=at)
    paused = advance(held, PAUSE, by=by, at=at, due_date=None, clock_days=left)
    happen(paused, "paused", by, at, answer=cause, words=said)
    tell(paused, "permit-paused", at)
    return paused


@act(GO_ON, records=stepped, on="application")
def resume_application(*, application: PermitApplication, words: str, by: Actor, at: datetime) -> PermitApplication:
    """Let the days count on: the applicant has given what they owed, or the officer needs it no longer.

    The applicant may do so themselves, so that nobody keeps the days from counting.

    Raises:
        NotAllowed: `by` neither handles it nor acts for the applicant.
        Conflict: it is not paused.
        DomainError: `reason-missing`, `text-too-long`.
    """
    held, today = hold(application, GO_ON, (PAUSED,)), day_of(at)
    handles = policies.deals(by, held) and by.id in {held.verifier_id, held.decider_id}
    require(handles or policies.stands_for(by, held), GO_ON)
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    last = later(today, held.clock_days or 0, working=True)
    for one in open_deadlines(held):
        resume_deadline(deadline=one, by=by, at=at)
    resumed = advance(held, RESUME, by=by, at=at, due_date=last, clock_from=today)
    happen(resumed, "resumed", by, at, words=said)
    return resumed
