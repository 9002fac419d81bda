"""Acts by which an official is away and another stands in."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.duties import duties
from adaldyq.kernel.models import Absence, Account, Body, RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import check_roles

LONGEST_DAYS = 366


def away(absence: Absence) -> Recorded:
    """The ledger line of an absence: who, whose deputy, for which body, on which days."""
    facts: dict[str, object] = {
        "absence": absence.pk,
        "account": absence.account_id,
        "deputy": absence.deputy_id,
        "body": absence.body_id,
        "from": absence.valid_from.isoformat(),
        "to": absence.valid_to.isoformat(),
    }
    return Recorded([facts], {"absence": absence.pk})


@act("kernel.absence.declare", records=away, on="account")
def declare_absence(
    *, account: Account, deputy: Account, body: Body, valid_from: date, valid_to: date, by: Actor, at: datetime
) -> Absence:
    """Declare that an official is away, and who has their roles in a body for that time. It ends by itself.

    Raises:
        NotAllowed: `by` is neither the official nor the head of the body.
        DomainError: `absence-days-wrong`, `deputy-is-oneself`, `deputy-not-of-the-body`, `nothing-to-stand-in-for`,
            or `roles-apart` when the deputy would hold roles that must be apart.
    """
    require(by.system or by.id == account.pk or by.may(Role.HEAD, body=body), "kernel.absence.declare")
    today = timezone.localdate(at)
    if valid_from < today or valid_to < valid_from or (valid_to - valid_from).days > LONGEST_DAYS:
        raise DomainError("absence-days-wrong", field="valid_to", limit=LONGEST_DAYS)
    if deputy.pk == account.pk:
        raise DomainError("deputy-is-oneself", field="deputy")
    if not RoleGrant.objects.on(today).filter(account=deputy, body=body).exists():
        raise DomainError("deputy-not-of-the-body", field="deputy")
    passed = RoleGrant.objects.on(today).filter(account=account, body=body).exclude(role__in=duties().not_delegated)
    roles = {Role(one) for one in passed.values_list("role", flat=True)}
    if not roles:
        raise DomainError("nothing-to-stand-in-for", field="account")
    reaching = RoleGrant.objects.reaching(deputy, today).values_list("role", flat=True)
    check_roles({Role(one) for one in reaching}, roles)
    return Absence.objects.create(
        account=account,
        deputy=deputy,
        body=body,
        valid_from=valid_from,
        valid_to=valid_to,
        declared_at=at,
        declared_by=by.id,
    )


@act("kernel.absence.end", records=away, on="absence")
def end_absence(*, absence: Absence, by: Actor, at: datetime) -> Absence:
    """End an absence before its last day; the deputy's roles end with it.

    Raises:
        NotAllowed: `by` is neither the official nor the head of the body.
        Conflict: it has been ended already.
    """
    permitted = by.system or by.id == absence.account_id or by.may(Role.HEAD, body=absence.body)
    require(permitted, "kernel.absence.end")
    if Absence.objects.filter(pk=absence.pk, ended_at=None).update(ended_at=at) != 1:
        raise Conflict("kernel.absence.end", "ended")
    absence.refresh_from_db()
    return absence
