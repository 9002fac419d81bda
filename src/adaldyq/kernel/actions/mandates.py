"""Acts by which somebody lets another act for them, once the other agrees."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.acting import may_appoint
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Account, Company, Mandate, MandateRequest, Person
from adaldyq.kernel.notifications.actions import notify

PAGE = "my/mandates/"


def mandated(mandate: Mandate) -> Recorded:
    """The ledger line of a mandate."""
    facts: dict[str, object] = {
        "mandate": mandate.pk,
        "company": mandate.company_id,
        "person": mandate.person_id,
        "representative": mandate.representative_id,
        "from": mandate.valid_from.isoformat(),
        "to": mandate.valid_to.isoformat() if mandate.valid_to else None,
    }
    return Recorded([facts], {"mandate": mandate.pk})


@act("kernel.mandate.grant", records=mandated)
def grant_mandate(
    *,
    representative: Person,
    by: Actor,
    at: datetime,
    company: Company | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Mandate:
    """Let a person act for a company, or without one for oneself. The person, who has agreed to it, is told.

    Raises:
        NotAllowed: `by` heads no such company, or is nobody whom the register knows.
        DomainError: `mandate-to-oneself`, `mandate-in-the-past`, or `mandate-days-wrong`.
    """
    require(may_appoint(by, company, at=at), "kernel.mandate.grant")
    first = valid_from or timezone.localdate(at)
    if representative.pk == by.person:
        raise DomainError("mandate-to-oneself", field="representative")
    check_days(first, valid_to, at)
    made = Mandate.objects.create(
        company=company,
        person_id=None if company else by.person,
        representative=representative,
        valid_from=first,
        valid_to=valid_to,
        granted_at=at,
        granted_by=by.id,
    )
    tell(Q(person_id=representative.pk), "mandate-given", made, at)
    return made


def check_days(first: date, last: date | None, at: datetime) -> None:
    """Let a mandate begin today or later, and end on its first day or later.

    Raises:
        DomainError: `mandate-in-the-past` or `mandate-days-wrong`.
    """
    if first < timezone.localdate(at):
        raise DomainError("mandate-in-the-past", field="valid_from")
    if last is not None and last < first:
        raise DomainError("mandate-days-wrong", field="valid_to")


def tell(concerned: Q, message: str, mandate: Mandate | MandateRequest, at: datetime) -> None:
    """Tell accounts what became of a mandate; whose it is stands on the page, not in the message."""
    for account in Account.objects.filter(concerned, is_active=True).order_by("pk"):
        notify(account=account, message=message, parameters={}, key=f"{message}:{mandate.pk}", at=at, href=PAGE)


@act("kernel.mandate.withdraw", records=mandated, on="mandate")
def withdraw_mandate(*, mandate: Mandate, by: Actor, at: datetime) -> Mandate:
    """Withdraw a mandate at once. The representative may lay it down too. The other side is told.

    Raises:
        NotAllowed: it is neither of one's own company, nor for oneself, nor one's own.
        Conflict: it has been withdrawn already.
    """
    own = by.person and by.person in {mandate.person_id, mandate.representative_id} and not by.acting_for
    require(
        bool(own) or (mandate.company is not None and may_appoint(by, mandate.company, at=at)),
        "kernel.mandate.withdraw",
    )
    kept = Mandate.objects.filter(pk=mandate.pk, withdrawn_at=None)
    if kept.update(withdrawn_at=at, withdrawn_by=by.id) != 1:
        raise Conflict("kernel.mandate.withdraw", "withdrawn")
    mandate.refresh_from_db()
    if by.person == mandate.representative_id:
        tell(Q(pk=mandate.granted_by), "mandate-laid-down", mandate, at)
    else:
        tell(Q(person_id=mandate.representative_id), "mandate-withdrawn", mandate, at)
    return mandate
