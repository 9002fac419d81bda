"""Acts on accounts and their roles."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.duties import duties
from adaldyq.kernel.models import Account, Body, Person, RoleGrant, Territory
from adaldyq.kernel.roles import OF_A_BODY, Registry, Role
from adaldyq.kernel.separation import check_roles


def opened(account: Account) -> Recorded:
    """The ledger line of a new account."""
    return Recorded([{"account": account.pk}], {"account": account.pk})


def granted(grant: RoleGrant) -> Recorded:
    """The ledger line of a grant: who got which role, from when."""
    facts: dict[str, object] = {
        "account": grant.account_id,
        "role": grant.role,
        **({"registry": grant.registry} if grant.registry else {}),
        "body": grant.body_id,
        "territory": grant.territory_id,
        "from": grant.valid_from.isoformat(),
    }
    return Recorded([facts], {"grant": grant.pk})


@act("kernel.account.open", records=opened)
def open_account(
    *, username: str, name: str, by: Actor, at: datetime, person: Person | None = None, password_hash: str = ""
) -> Account:
    """Open an account that may not do anything yet.

    Args:
        password_hash: what Django's `make_password` makes of a first password. Without it there is none until the
            owner sets one by a link.

    Raises:
        NotAllowed: `by` is not an administrator.
    """
    require(by.system or Role.ADMINISTRATOR in by.roles, "kernel.account.open")
    account = Account(username=username, name=name, person=person, password=password_hash or make_password(None))
    account.save(force_insert=True)
    return account


@act("kernel.account.open_personal", records=opened)
def open_personal_account(*, person: Person, name: str, by: Actor, at: datetime) -> Account:
    """Open the account of a citizen whom the national e-ID has named; it has no password.

    Raises:
        NotAllowed: `by` is not the system.
    """
    require(by.system, "kernel.account.open_personal")
    account = Account(username=person.pk, name=name, person=person)
    account.set_unusable_password()
    account.save(force_insert=True)
    RoleGrant.objects.create(account=account, role=Role.CITIZEN, valid_from=timezone.localdate(at))
    return account


@act("kernel.account.mark_as_sample", records=opened)
def mark_as_sample(*, account: Account, by: Actor, at: datetime) -> Account:
    """Mark an account as one of a sample country, and give it a second factor whose codes anybody may have.

    Raises:
        NotAllowed: `by` is not the system.
    """
    require(by.system, "kernel.account.mark_as_sample")
    account.is_sample = True
    account.save(update_fields=["is_sample"])
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, generate_totp_secret())
    return account


@act("kernel.account.close", records=opened, on="account")
def close_account(*, account: Account, by: Actor, at: datetime) -> Account:
    """Close an account: nobody signs in to it any more, and its sessions end.

    Raises:
        NotAllowed: `by` is not an administrator.
    """
    require(by.system or Role.ADMINISTRATOR in by.roles, "kernel.account.close")
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    return account


@act("kernel.role.grant", records=granted, on="account")
def grant_role(
    *,
    account: Account,
    role: Role,
    by: Actor,
    at: datetime,
    body: Body | None = None,
    territory: Territory | None = None,
    registry: Registry | None = None,
) -> RoleGrant:
    """Give a role to an account from the day of the act.

    Raises:
        NotAllowed: `by` is not an administrator.
        DomainError: `two-persons-needed` when the role must be proposed and confirmed, `not-to-oneself`,
            `keeps-no-registry` when only a registrar is given one, `role-needs-body`, or `roles-apart` when the account holds a role that must be apart from this one.
    """
    require(by.system or Role.ADMINISTRATOR in by.roles, "kernel.role.grant")
    if not by.system and role in duties().two_persons:
        raise DomainError("two-persons-needed", field="role", role=role)
    return give(account, role, body, territory, registry, by=by, at=at)


def give(
    account: Account,
    role: Role,
    body: Body | None,
    territory: Territory | None,
    registry: Registry | None,
    *,
    by: Actor,
    at: datetime,
) -> RoleGrant:
    """Write a grant, after the checks that hold however it comes about.

    Raises:
        DomainError: `not-to-oneself`, `keeps-no-registry`, `role-needs-body` or `roles-apart`.
    """
    if registry is not None and role is not Role.REGISTRAR:
        raise DomainError("keeps-no-registry", field="registry")
    if role in OF_A_BODY and body is None:
        raise DomainError("role-needs-body", field="body")
    if by.id == account.pk:
        raise DomainError("not-to-oneself", field="account")
    day = timezone.localdate(at)
    reaching = RoleGrant.objects.reaching(account, day).values_list("role", flat=True)
    check_roles({Role(one) for one in reaching}, {role})
    return RoleGrant.objects.create(
        account=account, role=role, registry=registry or "", body=body, territory=territory, valid_from=day
    )


@act("kernel.role.withdraw", records=granted, on="grant")
def withdraw_role(*, grant: RoleGrant, by: Actor, at: datetime) -> RoleGrant:
    """Withdraw a role at once. Who may do harm is stopped by one; only giving takes two.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: it has been withdrawn already.
    """
    require(by.system or Role.ADMINISTRATOR in by.roles, "kernel.role.withdraw")
    if RoleGrant.objects.filter(pk=grant.pk, withdrawn_at=None).update(withdrawn_at=at) != 1:
        raise Conflict("kernel.role.withdraw", "withdrawn")
    grant.refresh_from_db()
    return grant


def end_sessions(account: Account, *, but: str = "") -> int:
    """End the sessions of an account, all or all but one, and return how many they were."""
    ended = 0
    for session in UserSession.objects.filter(user=account).exclude(session_key=but):
        session.end()
        ended += 1
    return ended
