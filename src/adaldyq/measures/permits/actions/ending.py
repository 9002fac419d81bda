"""How an application ends: granted, refused with each requirement that is not met, returned with all defects, or noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.actions import start_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.states import advance
from adaldyq.measures.permits.actions.closing import SUSPENDED_BESIDE, close_application
from adaldyq.measures.permits.actions.licensing import issue_licence
from adaldyq.measures.permits.actions.steps import end_clock, taken_days
from adaldyq.measures.permits.actions.telling import page_of, tell
from adaldyq.measures.permits.domain.applying import (
    DOCUMENT,
    REQUIREMENT,
    Said,
    check_cited,
    check_known,
    checked_text,
)
from adaldyq.measures.permits.domain.procedures import End
from adaldyq.measures.permits.models import PermitApplication
from adaldyq.measures.permits.models.applications import FEE_SETTLED
from adaldyq.measures.permits.queries.licences import suspended_of
from adaldyq.measures.permits.states import OUTCOMES, REFUSED, RETURNED, SETTLED

APPEAL_TERM = "appeal"


def end_application(
    application: PermitApplication, end: End, said: Said, signed: Mapping[str, object], *, by: Actor, at: datetime
) -> PermitApplication:
    """End an application, as part of the act that answers its last step.

    Args:
        signed: who verified or decided it by this answer, as columns.

    Raises:
        DomainError: `permit-ground-missing` for a refusal without a requirement of the entry that is not met;
            `permit-defect-missing` for a return without one; `permit-defect-late` for one that the first notice did not
            name; `permit-suspended-grant`, as of `suspended_beside`; those of `check_cited`.
    """
    if end.outcome in SETTLED and (beside := suspended_beside(application, day_of(at))) is not None:
        if by.system:
            return close_application(application=application, why=SUSPENDED_BESIDE, by=by, at=at)
        raise beside
    version = application.version
    counts = {REQUIREMENT: len(version.requirements), DOCUMENT: len(version.documents)}
    changes: dict[str, object] = dict(signed)
    if end.outcome == REFUSED:
        only = {REQUIREMENT: counts[REQUIREMENT]}
        changes["grounds"] = check_cited(said.grounds, only, "grounds", "permit-ground-missing")
    elif end.outcome == RETURNED:
        changes["defects"] = check_cited(said.defects, counts, "defects", "permit-defect-missing")
        if application.previous is not None:
            check_known(said.defects, application.previous.defects)
    ended = advance(
        application, OUTCOMES[end.outcome], by=by, at=at, step="", due_date=None, outcome=end.id,
        reasons=checked_text(said.words, "words"), decided_at=at,
        days_taken=taken_days(application, at), **changes,
    )  # fmt: skip
    end_clock(ended, by=by, at=at)
    if ended.state in SETTLED:
        settle(ended, said, by=by, at=at)
    else:
        offer_appeal(ended, by=by, at=at)
    tell(ended, f"permit-{ended.state}", at)
    return ended


def suspended_beside(application: PermitApplication, day: date) -> DomainError | None:
    """Why nothing is granted on a day beside a licence of the same holder for the same, which is suspended; None where it may be.

    It is the rule for sending, of what was sent before. A renewal is suspended together with what it renews.
    """
    licence = suspended_of(application, day) if application.renews_id is None else None
    return DomainError("permit-suspended-grant", value=licence.number) if licence is not None else None


def settle(application: PermitApplication, said: Said, *, by: Actor, at: datetime) -> None:
    """Issue the licence of what was granted or noted, unless its fee is still to be paid or waived."""
    if said.conditions:
        conditions = [checked_text(one, "conditions") for one in said.conditions]
        answers = {**application.answers, "conditions": [one for one in conditions if one]}
        PermitApplication.objects.filter(pk=application.pk).update(answers=answers)
        application.refresh_from_db()
    if application.fee_state in FEE_SETTLED:
        issue_licence(application=application, by=by, at=at)


def offer_appeal(application: PermitApplication, *, by: Actor, at: datetime) -> None:
    """Let the days begin in which the applicant may appeal to another body."""
    due = Due(APPEAL_TERM, gettext_noop("Appeal against a decision about an application"), href=page_of(application))
    bound = Bound(person=application.person, account=application.owner)
    start_deadline(subject=application, due=due, bound=bound, by=by, at=at)
