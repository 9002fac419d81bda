"""Appeals against decisions about applications: another body hears them, never the one that decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_noop

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of, later
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models.deadlines import MISSED, RUNNING
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.applying import check_open
from adaldyq.measures.permits.actions.ending import APPEAL_TERM, settle, suspended_beside
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.holidays import ANSWER_TERM, last_day_by_pack
from adaldyq.measures.permits.actions.locking import held_licence
from adaldyq.measures.permits.actions.stepping import begin_step
from adaldyq.measures.permits.actions.steps import begin_clock, happen, hold
from adaldyq.measures.permits.actions.telling import page_of, tell
from adaldyq.measures.permits.domain.applying import Said, checked_text
from adaldyq.measures.permits.domain.linting import longest
from adaldyq.measures.permits.domain.procedures import end_of, step_of
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.appeals import hears
from adaldyq.measures.permits.queries.conflicts import is_biased
from adaldyq.measures.permits.queries.fees import sent_instead
from adaldyq.measures.permits.queries.licences import renewals_of
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import (
    APPEAL,
    APPEALED,
    EXPIRED,
    NOTE,
    NOTED,
    OVERTURN,
    REFUSED,
    REOPEN,
    RETURNED,
    SETTLED,
    STANDING,
    UPHOLD,
)

TAKE_UP, HEAR = "permits.application.appeal", "permits.application.decide_appeal"


def appealed(application: PermitApplication) -> Recorded:
    """The ledger line of an appeal."""
    return stepped(application)


@act(TAKE_UP, records=appealed, on="application")
def appeal(*, application: PermitApplication, words: str, by: Actor, at: datetime) -> PermitApplication:
    """Appeal to another body against a refusal or a return.

    Raises:
        NotAllowed: `by` does not act for the applicant.
        Conflict: there is nothing to appeal against.
        DomainError: `reason-missing`, `text-too-long`; `permit-appeal-late` when the last day has passed; `permit-abolished`;
            `permit-sent-again`; those of `check_renewable`.
    """
    held = hold(application, TAKE_UP, (REFUSED, RETURNED))
    require(policies.stands_for(by, held), TAKE_UP)
    check_open(held.entry, day_of(at))
    if (instead := sent_instead(held)) is not None:
        raise DomainError("permit-sent-again", value=held.number, other=instead.number)
    check_renewable(held)
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    running = of_subject(held).filter(name=APPEAL_TERM, state__in=(RUNNING, MISSED)).order_by("-started_at").first()
    last = last_day_by_pack(running) if running else None
    if running is None or last is None or day_of(at) > last:
        raise DomainError("permit-appeal-late", field="words", day=last)
    meet_deadline(deadline=running, by=by, at=at)
    taken = advance(held, APPEAL, by=by, at=at, appeal_words=said, appealed_at=at)
    due = Due(ANSWER_TERM, gettext_noop("Decision about an appeal"), href=page_of(taken))
    start_deadline(subject=taken, due=due, bound=Bound(), by=by, at=at)
    happen(taken, "appealed", by, at, words=said)
    return taken


def check_renewable(application: PermitApplication) -> None:
    """Refuse an appeal about a renewal that could not be given any more.

    Raises:
        Conflict: the licence was revoked or given to another company meanwhile.
        DomainError: `permit-successor` when it was renewed otherwise; `permit-sent-again` when that was asked for.
    """
    if application.renews_id is None:
        return
    licence = held_licence(application.renews_id)
    if licence.successor is not None:
        raise DomainError("permit-successor", value=licence.number, other=licence.successor.number)
    if licence.state not in {*STANDING, EXPIRED}:
        raise Conflict(TAKE_UP, licence.state)
    if (other := renewals_of(licence).exclude(pk=application.pk).first()) is not None:
        raise DomainError("permit-sent-again", value=application.number, other=other.number or "")


@act(HEAR, records=appealed, on="application")
def decide_appeal(
    *, application: PermitApplication, overturned: bool, words: str, by: Actor, at: datetime
) -> PermitApplication:
    """Decide about an appeal, with reasons. A refusal that is overturned is granted; what was returned goes on, unverified as it is.

    A notification is noted, where nothing is left to verify.

    Raises:
        NotAllowed: `by` hears no appeals against that body, or took part in what is appealed against.
        Conflict: nobody has appealed, or it was decided.
        DomainError: `reason-missing`, `text-too-long`, `permit-conflict`; `permit-no-outcome` where the procedure ends in no
            permit; `permit-suspended-grant` beside a suspended licence for the same.
    """
    held = hold(application, HEAR, (APPEALED,))
    require(hears(by, held, day_of(at)), HEAR)
    if is_biased(held, by.id, day_of(at)):
        raise DomainError("permit-conflict")
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    onward = step_after_return(held) if overturned else ""
    decided: dict[str, Any] = {"by": by, "at": at, "appeal_reasons": said, "appeal_decided_at": at}
    done = reopen(held, onward, decided) if onward else advance(held, ended_by(held, overturned, day_of(at)), **decided)
    for one in of_subject(done).filter(name=ANSWER_TERM, state__in=(RUNNING, "missed")):
        meet_deadline(deadline=one, by=by, at=at)
    happen(done, "overturned" if overturned else "upheld", by, at, words=said)
    if onward:
        begin_clock(done, by=by, at=at)
        begin_step(done, by=by, at=at)
    elif overturned:
        settle(done, Said(), by=by, at=at)
    tell(done, "permit-appeal-decided", at)
    return done


def ended_by(application: PermitApplication, overturned: bool, day: date) -> str:
    """The act by which an application ends on appeal: as the step ends that was decided wrongly, else as its procedure does.

    Raises:
        DomainError: `permit-no-outcome`, `permit-suspended-grant`.
    """
    if not overturned:
        return UPHOLD
    if (beside := suspended_beside(application, day)) is not None:
        raise beside
    procedure = content_of(application.procedure)
    last = application.events.filter(happened="step").order_by("-at", "-pk").first()
    step = step_of(procedure, last.step) if last is not None else None
    near = [end_of(procedure, one.to) for one in step.answers] if step is not None else []
    outcomes = [one.outcome for one in (*near, *procedure.ends) if one is not None and one.outcome in SETTLED]
    if not outcomes:
        raise DomainError("permit-no-outcome", field="words")
    return NOTE if outcomes[0] == NOTED else OVERTURN


def step_after_return(application: PermitApplication) -> str:
    """The step to which an application that was returned should have gone; empty when it was not returned."""
    procedure = content_of(application.procedure)
    end = end_of(procedure, application.outcome)
    last = application.events.filter(happened="step").order_by("-at", "-pk").first()
    step = step_of(procedure, last.step) if last is not None else None
    if end is None or end.outcome != RETURNED or step is None:
        return ""
    return next((one.to for one in step.answers if step_of(procedure, one.to) is not None), "")


def reopen(held: PermitApplication, step: str, decided: Mapping[str, Any]) -> PermitApplication:
    """Let an application go on at a step, with the days that the body had left, and no fewer than its way still takes."""
    today, given = day_of(decided["at"]), held.version.days
    left = max(given - (held.days_taken or 0), longest(content_of(held.procedure), step))
    days = min(left, given)
    return advance(
        held, REOPEN, step=step, outcome="", reasons="", defects=[], decided_at=None, days_taken=None,
        clock_from=today, clock_days=days, due_date=later(today, days, working=True), **decided,
    )  # fmt: skip
