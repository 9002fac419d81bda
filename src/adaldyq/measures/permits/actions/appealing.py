"""Appeals against decisions about applications: another body hears them, never the one that decided."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models.deadlines import MISSED, RUNNING
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.ending import APPEAL_TERM, settle
from adaldyq.measures.permits.actions.handling import stepped
from adaldyq.measures.permits.actions.holidays import ANSWER_TERM, last_day_by_pack
from adaldyq.measures.permits.actions.steps import happen, hold
from adaldyq.measures.permits.actions.telling import page_of, tell
from adaldyq.measures.permits.domain.applying import Said, checked_text
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.queries.appeals import hears
from adaldyq.measures.permits.queries.conflicts import is_biased
from adaldyq.measures.permits.states import APPEAL, APPEALED, OVERTURN, REFUSED, RETURNED, UPHOLD

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
        DomainError: `reason-missing`, `text-too-long`; `permit-appeal-late` when the last day has passed.
    """
    held = hold(application, TAKE_UP, (REFUSED, RETURNED))
    require(policies.stands_for(by, held), TAKE_UP)
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


@act(HEAR, records=appealed, on="application")
def decide_appeal(
    *, application: PermitApplication, overturned: bool, words: str, by: Actor, at: datetime
) -> PermitApplication:
    """Decide about an appeal, with reasons; what is overturned is granted.

    Raises:
        NotAllowed: `by` hears no appeals against that body, or took part in what is appealed against.
        Conflict: nobody has appealed, or it was decided.
        DomainError: `reason-missing`, `text-too-long`, `permit-conflict`.
    """
    held = hold(application, HEAR, (APPEALED,))
    require(hears(by, held, day_of(at)), HEAR)
    if is_biased(held, by.id, day_of(at)):
        raise DomainError("permit-conflict")
    said = checked_text(words, "words")
    if not said:
        raise DomainError("reason-missing", field="words")
    act_name = OVERTURN if overturned else UPHOLD
    done = advance(held, act_name, by=by, at=at, appeal_reasons=said, appeal_decided_at=at)
    for one in of_subject(done).filter(name=ANSWER_TERM, state__in=(RUNNING, "missed")):
        meet_deadline(deadline=one, by=by, at=at)
    happen(done, "overturned" if overturned else "upheld", by, at, words=said)
    if overturned:
        settle(done, Said(), by=by, at=at)
    tell(done, "permit-appeal-decided", at)
    return done
