"""Acts that take two administrators: giving a role that can do much, and recovering a lost sign-in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.accounts import end_sessions, give
from adaldyq.kernel.actions.sign_ins import Change, tell_owner
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import RESULT, Recorded, act
from adaldyq.kernel.models import Account, Body, Proposal, RecoveryLink, Territory
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.separation import check_roles
from adaldyq.kernel.states import advance

LINK_LIVES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A proposal that was confirmed.

    Attributes:
        proposal: as it stands now.
        secret: of the recovery link, shown once; empty for a role.
    """

    proposal: Proposal
    secret: str = ""


def proposed(proposal: Proposal) -> Recorded:
    """The ledger line of a proposal: what is proposed for whom."""
    facts: dict[str, object] = {
        "proposal": proposal.pk,
        "kind": proposal.kind,
        "account": proposal.account_id,
        "role": proposal.role,
        **({"registry": proposal.registry} if proposal.registry else {}),
        "body": proposal.body_id,
        "territory": proposal.territory_id,
        "state": proposal.state,
    }
    return Recorded([facts], {"proposal": proposal.pk})


def confirmed(done: Confirmed) -> Recorded:
    """The ledger line of a confirmation."""
    return proposed(done.proposal)


@act("kernel.proposal.make", records=proposed, on=RESULT)
def propose(
    *,
    kind: Proposal.Kind,
    account: Account,
    by: Actor,
    at: datetime,
    role: Role | None = None,
    body: Body | None = None,
    territory: Territory | None = None,
    registry: Registry | None = None,
) -> Proposal:
    """Propose a role, or that a lost sign-in be recovered, for another administrator to confirm.

    Raises:
        NotAllowed: `by` is not an administrator.
        DomainError: `not-to-oneself`, or `roles-apart`.
    """
    require(Role.ADMINISTRATOR in by.roles, "kernel.proposal.make")
    if by.id == account.pk:
        raise DomainError("not-to-oneself", field="account")
    if role is not None:
        check_roles(account.roles, {role})
    return Proposal.objects.create(
        kind=kind,
        account=account,
        role=role or "",
        registry=registry or "",
        body=body,
        territory=territory,
        proposed_by_id=by.id,
        proposed_at=at,
    )


@act("kernel.proposal.confirm", records=confirmed, on="proposal")
def confirm(*, proposal: Proposal, by: Actor, at: datetime) -> Confirmed:
    """Confirm what another administrator proposed: the role is given, or the recovery link made.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: it has been decided already.
        DomainError: `acts-apart` when `by` proposed it, `not-to-oneself`, or `roles-apart`.
    """
    require(Role.ADMINISTRATOR in by.roles, "kernel.proposal.confirm")
    advance(proposal, "confirm", by=by, at=at, decided_by_id=by.id, decided_at=at)
    if proposal.kind == Proposal.Kind.GRANT:
        registry = Registry(proposal.registry) if proposal.registry else None
        give(proposal.account, Role(proposal.role), proposal.body, proposal.territory, registry, by=by, at=at)
        return Confirmed(proposal)
    if by.id == proposal.account_id:
        raise DomainError("not-to-oneself", field="account")
    return Confirmed(proposal, link_for(proposal.account, at=at))


@act("kernel.proposal.refuse", records=proposed, on="proposal")
def refuse(*, proposal: Proposal, by: Actor, at: datetime) -> Proposal:
    """Refuse a proposal; whoever made it may take it back in this way.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: it has been decided already.
    """
    require(Role.ADMINISTRATOR in by.roles, "kernel.proposal.refuse")
    decided = None if by.id == proposal.proposed_by_id else by.id
    return advance(proposal, "refuse", by=by, at=at, decided_by_id=decided, decided_at=at)


@dataclass(frozen=True, slots=True)
class Linked:
    """A recovery link that was made from the shell: whose, and its secret, shown once."""

    account: Account
    secret: str


def linked(made: Linked) -> Recorded:
    """The ledger line of a link."""
    return Recorded([{"account": made.account.pk}], {"account": made.account.pk})


@act("kernel.account.link", records=linked)
def make_link(*, account: Account, by: Actor, at: datetime) -> Linked:
    """Make a recovery link from the shell of the server, where the first administrator comes from.

    Raises:
        NotAllowed: `by` is not the system.
    """
    require(by.system, "kernel.account.link")
    return Linked(account, link_for(account, at=at))


def link_for(account: Account, *, at: datetime) -> str:
    """Make a recovery link, tell its owner, and return its secret, of which only a hash is kept."""
    secret = secrets.token_urlsafe(32)
    RecoveryLink.objects.create(digest=digest(secret), account=account, expires_at=at + LINK_LIVES)
    tell_owner(account, Change.RECOVERY_BEGUN, at=at)
    return secret


def recovered(account: Account) -> Recorded:
    """The ledger line of a recovery."""
    return Recorded([{"account": account.pk}], {"account": account.pk})


@act("kernel.account.recover", records=recovered)
def recover(*, secret: str, password: str, by: Actor, at: datetime) -> Account:
    """Set a new password by a recovery link. Second factors are removed and all sessions end.

    Raises:
        NotAllowed: `by` is not the system, which acts for whoever holds the link.
        DomainError: `recovery-link-over`.
    """
    require(by.system, "kernel.account.recover")
    link = open_link(secret, at=at)
    if RecoveryLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at) != 1:
        raise DomainError("recovery-link-over")
    account = link.account
    account.set_password(password)
    account.save(update_fields=["password"])
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    tell_owner(account, Change.RECOVERED, at=at)
    return account


def open_link(secret: str, *, at: datetime) -> RecoveryLink:
    """The link with this secret, while it may be used.

    Raises:
        DomainError: `recovery-link-over` when there is none, it was used, or its hour is over.
    """
    links = RecoveryLink.objects.select_related("account")
    found = links.filter(digest=digest(secret), used_at=None, expires_at__gt=at, account__is_active=True).first()
    if found is None:
        raise DomainError("recovery-link-over")
    return found


def digest(secret: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
