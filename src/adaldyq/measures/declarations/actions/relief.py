"""Putting off the last day to file for one person, and exempting a person: by act, with a reason, within the law's limit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import check_seen
from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import extend_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import RUNNING
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.states import advance
from adaldyq.measures.declarations.actions.obliging import end_reminders, former, remove
from adaldyq.measures.declarations.actions.settling import FILING
from adaldyq.measures.declarations.models import EXEMPTED, FormerObligation, NonFiling, Obligation, ObligationExtension
from adaldyq.measures.declarations.policies import require_decider
from adaldyq.measures.declarations.states import NOTICED, PUNISHED

EXTEND, EXEMPT = "declarations.obligation.extend", "declarations.obligation.exempt"
LIMIT = "filing_extension"
LONGEST_REASON = 2000
PAGE = "declarations/mine/obligations/"


def extended(extension: ObligationExtension) -> Recorded:
    """The ledger line of an extension: of which obligation, from which day to which, and the hash of the reason."""
    facts: dict[str, object] = {
        "obligation": extension.obligation_id,
        "before": extension.due_before.isoformat(),
        "after": extension.due_after.isoformat(),
        "reason": hashlib.sha256(extension.reason.encode()).hexdigest(),
    }
    return Recorded([facts], {"obligation": extension.obligation_id})


@act(EXTEND, records=extended, on="obligation")
def extend_obligation(
    *, obligation: Obligation, due: date, reason: str, by: Actor, at: datetime
) -> ObligationExtension:
    """Put off the last day to file for one person, once and within the pack's limit.

    Raises:
        NotAllowed: `by` does not keep declarations, or not those of the body.
        DomainError: `own-obligation`, `reason-missing`, `reason-too-long`, `obligation-answered`,
            `person-has-died`, `obligation-past-due`, `obligation-extended-already`, `extension-not-later`,
            `extension-too-long`, or `no-such-record` when it has ended meanwhile.
    """
    require_decider(by, EXTEND, obligation)
    check_text(reason, "reason", "reason-missing")
    held = hold(obligation)
    check_extension(held, due, day_of(at))
    before = held.due_date
    made = ObligationExtension.objects.create(
        obligation=held, due_before=before, due_after=due, reason=reason.strip(), by_id=by.id, at=at
    )
    Obligation.objects.filter(pk=held.pk).update(due_date=due)
    about = Deadline.objects.filter(
        subject_kind=Obligation._meta.label, subject_id=held.pk, name=FILING, state=RUNNING
    ).first()
    if about:
        extend_deadline(deadline=about, more=(due - before).days, reason=reason, by=by, at=at)
    tell(held.person_id, "obligation-extended", {"due_date": due.isoformat(), "year": held.year}, held.pk, at)
    return made


def check_extension(held: Obligation, due: date, today: date) -> None:
    """Refuse what the law does not let be put off.

    Raises:
        DomainError: as `extend_obligation`.
    """
    check_unanswered(held)
    check_living(held)
    if held.due_date < today:
        raise DomainError("obligation-past-due", field="due", day=held.due_date)
    if ObligationExtension.objects.filter(obligation=held).exists():
        raise DomainError("obligation-extended-already", field="due")
    if due <= held.due_date:
        raise DomainError("extension-not-later", field="due", day=held.due_date)
    limit = latest_day(held)
    if due > limit:
        raise DomainError("extension-too-long", field="due", limit=limit)


def latest_day(obligation: Obligation) -> date:
    """The latest day to which the pack lets the last day to file be put off."""
    return naming.pack().due(LIMIT, obligation.due_date)


def exempted(ended: FormerObligation) -> Recorded:
    """The ledger line of an exemption: from which obligation, and the hash of the ground."""
    facts: dict[str, object] = {
        "obligation": ended.pk,
        "year": ended.year,
        "form": ended.form,
        "ground": hashlib.sha256(ended.ground.encode()).hexdigest(),
    }
    return Recorded([facts], {"obligation": ended.pk})


@act(EXEMPT, records=exempted, on="obligation")
def exempt_obligation(*, obligation: Obligation, ground: str, by: Actor, at: datetime) -> FormerObligation:
    """Exempt a person from filing for a year, with the law's ground. What is exempted is not stated again.

    What followed because nothing was filed stays on record and says so; a notice of which nobody decided leads to nothing.

    Raises:
        NotAllowed: `by` does not keep declarations, or not those of the body.
        DomainError: `own-obligation`, `ground-missing`, `reason-too-long`, `obligation-answered`, `obligation-punished`,
            or `no-such-record` when it has ended meanwhile.
    """
    require_decider(by, EXEMPT, obligation)
    check_text(ground, "ground", "ground-missing")
    held = hold(obligation)
    check_unanswered(held)
    matter = NonFiling.objects.select_for_update().filter(obligation=held).first()
    check_unpunished(matter)
    ended = former(held, EXEMPTED, ground.strip(), Account.objects.get(pk=by.id), at)
    ended.save(force_insert=True)
    end_reminders([held.pk], ground.strip(), by=by, at=at)
    if matter is not None and matter.state == NOTICED:
        advance(matter, "drop", by=by, at=at, drop_ground=ground.strip(), dropped_by=by.id, dropped_at=at)
    remove([held.pk])
    tell(ended.person_id, "obligation-exempted", {"year": ended.year}, ended.pk, at)
    return ended


def check_text(text: str, field: str, missing: str) -> None:
    """Hold a decision to state why.

    Raises:
        DomainError: `reason-missing` or `ground-missing`, `reason-too-long`, or as `check_seen`.
    """
    if not text.strip():
        raise DomainError(missing, field=field)
    if len(text) > LONGEST_REASON:
        raise DomainError("reason-too-long", field=field, length=len(text), limit=LONGEST_REASON)
    check_seen(text, field)


def check_unanswered(held: Obligation) -> None:
    """Refuse to decide about what was filed.

    Raises:
        DomainError: `obligation-answered`.
    """
    if held.filed_date is not None:
        raise DomainError("obligation-answered")


def check_living(obligation: Obligation | FormerObligation) -> None:
    """Let nothing be held against the dead, nor put off for them.

    Raises:
        DomainError: `person-has-died`.
    """
    died = obligation.person.death_date
    if died is not None:
        raise DomainError("person-has-died", day=died)


def check_unpunished(matter: NonFiling | None) -> None:
    """Refuse to exempt, by one hand, from what others have established or fined for; an appeal may end that.

    Raises:
        DomainError: `obligation-punished`.
    """
    if matter is not None and matter.state in PUNISHED:
        raise DomainError("obligation-punished")


def page_of(one: NonFiling) -> str:
    """The page of it, on which the declarant reads what follows and can appeal."""
    return f"declarations/non-filing/{one.pk}/"


def tell(
    person: str, message: str, parameters: Mapping[str, str | int], key: str, at: datetime, href: str = PAGE
) -> None:
    """Tell the person's accounts what was decided, with the page on which it stands."""
    for account in Account.objects.filter(person_id=person, is_active=True).order_by("pk"):
        notify(account=account, message=message, parameters=parameters, key=f"{message}:{key}", href=href, at=at)
