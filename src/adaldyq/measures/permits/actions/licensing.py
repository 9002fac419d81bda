"""Acts on licences: issued once its application was granted and its fee settled; suspended, restored, revoked, expired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_noop

from adaldyq.base.calendar import months_later
from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import cancel_deadline, start_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.documents.actions import end_document, next_number
from adaldyq.kernel.models import Company
from adaldyq.kernel.models.deadlines import OPEN as RUNNING_OR_PAUSED
from adaldyq.kernel.states import advance
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.closing import close_renewals
from adaldyq.measures.permits.actions.locking import held_licence
from adaldyq.measures.permits.actions.telling import tell_holder
from adaldyq.measures.permits.domain.applying import ADDRESS, SUBTYPES, checked_text
from adaldyq.measures.permits.models import PermitApplication, PermitLicence, PermitLicenceEvent
from adaldyq.measures.permits.models.applications import FEE_SETTLED
from adaldyq.measures.permits.queries.catalogue import words_of
from adaldyq.measures.permits.queries.conflicts import gains_from
from adaldyq.measures.permits.queries.licences import OWED, papers_of
from adaldyq.measures.permits.states import (
    EXPIRE,
    EXPIRED,
    FOLLOW,
    RENEW,
    RENEWED,
    RESTORE,
    REVOKE,
    REVOKED,
    SETTLED,
    STANDING,
    SUSPEND,
    SUSPENDED,
    TRANSFERRED,
    VALID,
)

ISSUE = "permits.licence.issue"
STOP, RESTORED, REVOKED_BY, EXPIRED_BY = (
    f"permits.licence.{one}" for one in ("suspend", "restore", "revoke", "expire")
)
EXPIRY, EXPIRE_ACTION = "permit_expiry", "adaldyq.measures.permits.actions.licensing.expire_licence"
SERIALS = "LICENCE-SERIAL"
REMINDERS = (60, 30, 10)
ENDED_BY = "The licence has ended."
GROUNDS: Mapping[str, str] = {
    SUSPENDED: gettext_noop("The licence was suspended. Once it is valid again, it is printed anew."),
    REVOKED: gettext_noop("The licence was revoked."),
    TRANSFERRED: gettext_noop("The licence was transferred to another holder."),
    RENEWED: gettext_noop("The term of the licence has ended; another renewed it."),
    EXPIRED: gettext_noop("The term of the licence has ended."),
}
"""Why its papers are withdrawn; sentences of the catalogues."""


@dataclass(frozen=True, slots=True)
class Order:
    """By what act, and why, something becomes of a licence."""

    ground: str
    act_number: str

    def checked(self) -> Order:
        """The order, held to name its act and its ground.

        Raises:
            DomainError: `reason-missing`, `permit-act-missing`, `text-too-long`.
        """
        ground, number = checked_text(self.ground, "ground"), checked_text(self.act_number, "act_number", 100)
        if not ground:
            raise DomainError("reason-missing", field="ground")
        if not number:
            raise DomainError("permit-act-missing", field="act_number")
        return Order(ground, number)


def told(licence: PermitLicence) -> Recorded:
    """The ledger line: number and state."""
    facts: dict[str, object] = {
        "licence": licence.number,
        "serial": licence.serial,
        "entry": licence.entry.number,
        "state": licence.state,
        "deemed": licence.deemed,
    }
    return Recorded([facts], {"permit_licence": licence.pk, "state": licence.state})


@act(ISSUE, records=told)
def issue_licence(*, application: PermitApplication, by: Actor, at: datetime) -> PermitLicence:
    """Issue the licence of an application that was granted or noted; it is part of the act after which nothing is missing.

    A renewal begins after the last day of what it renews, and is suspended while that is.

    Raises:
        Conflict: the application was not granted, or has a licence; what it renews was revoked, transferred or renewed.
        DomainError: `permit-fee-unpaid` while a fee is neither paid nor waived.
    """
    if application.state not in SETTLED or PermitLicence.objects.filter(application=application).exists():
        raise Conflict(ISSUE, application.state)
    if application.fee_state not in FEE_SETTLED:
        raise DomainError("permit-fee-unpaid")
    version, today = application.version, day_of(at)
    since, renewed = today, renewed_by(application)
    if renewed is not None and renewed.valid_until and renewed.valid_until >= today:
        since = renewed.valid_until + timedelta(1)
    made = PermitLicence(
        application=application,
        version=version,
        entry=application.entry,
        body=application.body,
        kind=version.kind,
        person=application.person,
        company=application.company,
        holder_name=application.applicant_name,
        holder_identifier=application.applicant_identifier,
        address=application.answers.get(ADDRESS, ""),
        subtypes=[version.subtypes[place] for place in application.answers.get(SUBTYPES, ())],
        conditions=application.answers.get("conditions", []),
        valid_from=since,
        valid_until=last_day(since, version.validity_months),
        deemed=application.deemed,
    )
    note_issue(made, by, at)
    if renewed is not None and since > today:
        PermitLicence.objects.filter(pk=renewed.pk).update(successor=made)
        if renewed.state == SUSPENDED:
            last = renewed.events.filter(happened=SUSPENDED).order_by("-at", "-pk").first()
            return step(made, FOLLOW, Order(last.ground, last.act_number) if last else None, by, at)
    return made


def renewed_by(application: PermitApplication) -> PermitLicence | None:
    """The licence that an application renews, held until the transaction ends.

    Raises:
        Conflict: it has ended otherwise than by its last day, or has a renewal.
    """
    if application.renews_id is None:
        return None
    found = held_licence(application.renews_id)
    if found.state not in (*STANDING, EXPIRED) or found.successor_id:
        raise Conflict(ISSUE, found.state)
    return found


def last_day(since: date, months: int | None) -> date | None:
    """Last day of what holds for so many months; None without end."""
    return months_later(since, months) - timedelta(1) if months else None


def note_issue(made: PermitLicence, by: Actor, at: datetime) -> None:
    """Number a licence, write it, and let its end be watched."""
    today = day_of(at)
    made.number = next_number(f"{made.entry.number}-{today.year}")
    made.serial = int(next_number(SERIALS).rpartition("-")[2])
    made.issued_at, made.issued_date = at, today
    made.words = words_of([{"a": made.number, "b": made.holder_name, "c": made.holder_identifier, "d": made.address}])
    made.save(force_insert=True)
    note(made, "issued", None, by, at)
    if made.valid_until is not None:
        due = Due(
            EXPIRY,
            gettext_noop("End of a licence"),
            made.valid_until,
            working=False,
            action=EXPIRE_ACTION,
            reminders=REMINDERS,
            href=f"permits/licences/{made.number}/",
        )
        owner = made.application.owner if made.application else None
        start_deadline(subject=made, due=due, bound=Bound(account=owner, person=made.person), by=by, at=at)


def note(
    licence: PermitLicence, happened: str, order: Order | None, by: Actor, at: datetime, to: Company | None = None
) -> None:
    """Note in the life of a licence what happened, and to which company it is to go."""
    PermitLicenceEvent.objects.create(
        licence=licence,
        happened=happened,
        day=day_of(at),
        ground=order.ground if order else "",
        act_number=order.act_number if order else "",
        at=at,
        account_id=None if by.system or not by.id else by.id,
        company=to,
    )


def check_free(licence: PermitLicence, by: Actor, at: datetime, to: Company | None = None) -> None:
    """Refuse whoever gains from a licence, acts for its holder or for whom it goes to, or is of their family.

    Raises:
        DomainError: `permit-conflict`.
    """
    if not by.system and gains_from(licence, by.id, day_of(at), to):
        raise DomainError("permit-conflict")


def step(
    licence: PermitLicence, name: str, order: Order | None, by: Actor, at: datetime, **changes: object
) -> PermitLicence:
    """Take a step in the life of a licence, as part of its act; what has ended is watched no more.

    Papers that say that it is valid are genuine no longer.

    Raises:
        Conflict: the licence stands otherwise.
    """
    moved = advance(licence, name, by=by, at=at, **changes)
    note(moved, moved.state, order, by, at)
    if moved.state != VALID:
        for paper in papers_of(moved):
            end_document(document=paper, ground=GROUNDS[moved.state], by=by, at=at)
    if moved.state not in STANDING:
        for one in of_subject(moved).filter(name__in=(EXPIRY, OWED), state__in=RUNNING_OR_PAUSED):
            cancel_deadline(deadline=one, reason=ENDED_BY, by=by, at=at)
    return moved


@act(STOP, records=told, on="licence")
def suspend_licence(*, licence: PermitLicence, order: Order, by: Actor, at: datetime) -> PermitLicence:
    """Suspend a licence by an act, with its ground.

    Raises:
        NotAllowed: `by` is no officer of the body that issued it.
        Conflict: it is not valid.
        DomainError: those of `Order.checked`, `permit-conflict`.
    """
    require(policies.issues(by, licence), STOP)
    check_free(licence, by, at)
    done = step(licence, SUSPEND, order.checked(), by, at)
    if (renewal := renewal_of(done, VALID)) is not None:
        suspend_licence(licence=renewal, order=order, by=by, at=at)
    tell_holder(done, "licence-suspended", at)
    return done


def renewal_of(licence: PermitLicence, *states: str) -> PermitLicence | None:
    """What renews a licence and has not begun, when it stands so; what becomes of the one becomes of both."""
    if licence.state == TRANSFERRED or licence.successor_id is None:
        return None
    return (
        PermitLicence.objects.select_related("entry", "body").filter(pk=licence.successor_id, state__in=states).first()
    )


@act(RESTORED, records=told, on="licence")
def restore_licence(*, licence: PermitLicence, order: Order, by: Actor, at: datetime) -> PermitLicence:
    """Let a suspended licence be valid again.

    Raises:
        NotAllowed, DomainError: as `suspend_licence`.
        Conflict: it is not suspended.
    """
    require(policies.issues(by, licence), RESTORED)
    check_free(licence, by, at)
    done = step(licence, RESTORE, order.checked(), by, at)
    if (renewal := renewal_of(done, SUSPENDED)) is not None:
        restore_licence(licence=renewal, order=order, by=by, at=at)
    tell_holder(done, "licence-restored", at)
    return done


@act(REVOKED_BY, records=told, on="licence")
def revoke_licence(*, licence: PermitLicence, order: Order, by: Actor, at: datetime) -> PermitLicence:
    """Revoke a licence by an act, with its ground.

    Raises:
        NotAllowed, DomainError: as `suspend_licence`.
        Conflict: it is neither valid nor suspended.
    """
    require(policies.issues(by, licence), REVOKED_BY)
    check_free(licence, by, at)
    done = step(licence, REVOKE, order.checked(), by, at)
    close_renewals(done, by=by, at=at)
    if (renewal := renewal_of(done, *STANDING)) is not None:
        revoke_licence(licence=renewal, order=order, by=by, at=at)
    tell_holder(done, "licence-revoked", at)
    return done


@act(EXPIRED_BY, records=told, on="subject")
def expire_licence(*, subject: PermitLicence, by: Actor, at: datetime) -> PermitLicence:
    """Let a licence end whose last day has passed, as renewed when it was valid and has a renewal. The clock calls this, once.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: it has ended otherwise.
    """
    require(by.system, EXPIRED_BY)
    if subject.state == VALID and subject.successor_id:
        return step(subject, RENEW, None, by, at)
    done = step(subject, EXPIRE, None, by, at)
    tell_holder(done, "licence-expired", at)
    return done
