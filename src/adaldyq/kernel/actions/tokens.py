"""Acts on tokens of institutions: issue, rotate, hand over the secret, revoke.

A secret takes two administrators: one asks for it, another makes it and is shown it once. The operator of the server,
who acts as the system, needs no second, and a program renews the secret of its own token by itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Body, InstitutionToken, TokenSecret
from adaldyq.kernel.models.tokens import LONGEST_LABEL
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import Scope, written
from adaldyq.kernel.tokens import digest, new_secret

GRACE = timedelta(days=7)
"""How long an old secret lives on beside a new one, so that no program stops while it is replaced."""
LONGEST_LIFE = timedelta(days=366)
USUAL_REQUESTS, MOST_REQUESTS = 600, 6000


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A token and its new secret, shown once; empty while another administrator must make it."""

    token: InstitutionToken
    secret: str = ""


def token_line(token: InstitutionToken) -> Recorded:
    """The ledger line of a token: whose, what it opens, to when."""
    facts: dict[str, object] = {
        "token": token.pk,
        "body": token.body_id,
        "scopes": token.scopes,
        "expires": token.expires_at.isoformat(),
        "revoked": token.revoked_at.isoformat() if token.revoked_at else None,
    }
    return Recorded([facts], {"token": token.pk, "body": token.body_id})


def secret_line(done: HandedOver) -> Recorded:
    """The ledger line of a secret: only whose it is."""
    return token_line(done.token)


def may_administer(by: Actor) -> bool:
    """Whether somebody administers tokens."""
    return by.system or Role.ADMINISTRATOR in by.roles


@act("kernel.token.issue", records=secret_line)
def issue_token(
    *,
    body: Body,
    label: str,
    scopes: Collection[Scope],
    expires_at: datetime,
    by: Actor,
    at: datetime,
    requests_a_minute: int = USUAL_REQUESTS,
) -> HandedOver:
    """Issue a token to an institution. The secret comes with `make_secret` by another, or at once from the system.

    Raises:
        NotAllowed: `by` is not an administrator.
        DomainError: `value-missing`, `text-too-long`, `closed-already` for a closed body, `no-scope`,
            `token-life-wrong`, or `token-requests-wrong`.
    """
    require(may_administer(by), "kernel.token.issue")
    check_token(body, label, scopes, expires_at - at, requests_a_minute)
    token = InstitutionToken.objects.create(
        body=body,
        label=label.strip(),
        scopes=written(scopes),
        requests_a_minute=requests_a_minute,
        issued_by=by.id,
        issued_at=at,
        expires_at=expires_at,
        asked_by="" if by.system else by.id,
    )
    return fresh_secret(token, timedelta(0), at) if by.system else HandedOver(token)


def check_token(body: Body, label: str, scopes: Collection[Scope], life: timedelta, requests: int) -> None:
    """Refuse a token that nobody should have.

    Raises:
        DomainError: as `issue_token` says.
    """
    if not label.strip():
        raise DomainError("value-missing", field="label")
    if len(label) > LONGEST_LABEL:
        raise DomainError("text-too-long", field="label", length=len(label), limit=LONGEST_LABEL)
    if body.closed_date is not None:
        raise DomainError("closed-already", field="body", day=body.closed_date)
    if not scopes:
        raise DomainError("no-scope", field="scopes")
    if not timedelta(0) < life <= LONGEST_LIFE:
        raise DomainError("token-life-wrong", field="expires", limit=LONGEST_LIFE.days)
    if not 0 < requests <= MOST_REQUESTS:
        raise DomainError("token-requests-wrong", field="requests_a_minute", limit=MOST_REQUESTS)


@act("kernel.token.rotate", records=secret_line, on="token")
def rotate_token(*, token: InstitutionToken, by: Actor, at: datetime, grace: timedelta = GRACE) -> HandedOver:
    """Ask for a new secret; the system gets it at once, and the old one lives on for `grace`.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: the token is over, or a secret has been asked for already.
    """
    require(may_administer(by), "kernel.token.rotate")
    if token.is_over(at):
        raise Conflict("kernel.token.rotate", "over")
    if by.system:
        return fresh_secret(token, grace, at)
    if InstitutionToken.objects.filter(pk=token.pk, asked_by="", revoked_at=None).update(asked_by=by.id) != 1:
        raise Conflict("kernel.token.rotate", "asked")
    token.refresh_from_db()
    return HandedOver(token)


@act("kernel.token.hand_over", records=secret_line, on="token")
def make_secret(*, token: InstitutionToken, by: Actor, at: datetime) -> HandedOver:
    """Make the secret that another administrator asked for. An old one lives on for the usual grace.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: the token is over, or nobody asks for a secret any more.
        DomainError: `acts-apart` when `by` asked for it.
    """
    require(Role.ADMINISTRATOR in by.roles, "kernel.token.hand_over")
    if token.is_over(at) or not token.asked_by:
        raise Conflict("kernel.token.hand_over", "over")
    if token.asked_by == by.id:
        raise DomainError("acts-apart", act="kernel.token.hand_over")
    asked = InstitutionToken.objects.filter(pk=token.pk, asked_by=token.asked_by, revoked_at=None)
    if asked.update(asked_by="") != 1:
        raise Conflict("kernel.token.hand_over", "decided")
    token.refresh_from_db()
    return fresh_secret(token, GRACE, at)


@act("kernel.token.renew", records=secret_line, on="token")
def renew_secret(*, token: InstitutionToken, by: Actor, at: datetime, grace: timedelta = GRACE) -> HandedOver:
    """Give a program a new secret of its own token; the one that it used lives on for `grace`.

    What the token opens, and its last day, stay what two administrators decided. A secret that has given way to
    another renews nothing: whoever knew it must not gain another before its grace ends.

    Raises:
        NotAllowed: `by` is not the token itself.
        DomainError: `grace-out-of-range`, or `secret-replaced`.
        Conflict: the token is over.
    """
    require(by.id == token.pk and not by.system, "kernel.token.renew")
    if not timedelta(0) <= grace <= GRACE:
        raise DomainError("grace-out-of-range", field="grace_days", limit=GRACE.days)
    if token.replaced_at is not None:
        raise DomainError("secret-replaced")
    if token.is_over(at):
        raise Conflict("kernel.token.renew", "over")
    return fresh_secret(token, grace, at)


def fresh_secret(token: InstitutionToken, grace: timedelta, at: datetime) -> HandedOver:
    """Write a new secret down as a hash; those before give way to it after `grace`."""
    ends = at + grace
    TokenSecret.objects.filter(Q(ends_at=None) | Q(ends_at__gt=ends), token=token).update(ends_at=ends)
    secret = new_secret()
    TokenSecret.objects.create(digest=digest(secret), token=token, made_at=at)
    return HandedOver(token, secret)


@act("kernel.token.revoke", records=token_line, on="token")
def revoke_token(*, token: InstitutionToken, by: Actor, at: datetime) -> InstitutionToken:
    """Revoke a token at once, with all its secrets; one administrator is enough to stop harm.

    Raises:
        NotAllowed: `by` is not an administrator.
        Conflict: it has been revoked already.
    """
    require(may_administer(by), "kernel.token.revoke")
    kept = InstitutionToken.objects.filter(pk=token.pk, revoked_at=None)
    if kept.update(revoked_at=at, revoked_by=by.id, asked_by="") != 1:
        raise Conflict("kernel.token.revoke", "revoked")
    TokenSecret.objects.filter(token=token).delete()
    token.refresh_from_db()
    return token
