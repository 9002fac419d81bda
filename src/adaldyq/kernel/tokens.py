"""Finds the token behind a secret, and who acts by it."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from adaldyq.kernel.acting import BODY
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Held, InstitutionToken, TokenSecret
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import KEPT, OF_OWN_BODIES

PREFIX = "adaldyq_"
BYTES = 32
FORM = re.compile(rf"{PREFIX}[0-9a-f]{{{2 * BYTES}}}")
CARRIED = "institution_token"


def new_secret() -> str:
    """A fresh secret of 256 random bits, in a form that secret scanners can be taught: `adaldyq_` and 64 digits."""
    return PREFIX + secrets.token_hex(BYTES)


def digest(secret: str) -> str:
    """What is kept of a secret. It is random and long, so that a plain hash cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_secrets(digest: str, at: datetime) -> QuerySet[TokenSecret]:
    """The secret with a digest, with its token and that token's body, if it opens anything at an instant."""
    alive = Q(ends_at=None) | Q(ends_at__gt=at)
    open_token = Q(token__revoked_at=None, token__expires_at__gt=at, token__body__closed_date=None)
    return TokenSecret.objects.filter(alive, open_token, digest=digest).select_related("token__body")


OPEN = Compiled(open_secrets, str, datetime)


def token_behind(secret: str, *, at: datetime) -> InstitutionToken | None:
    """The token that a secret opens at an instant; none when it is wrong, over, replaced or revoked.

    One query, and none for what cannot be a secret.
    """
    if not FORM.fullmatch(secret):
        return None
    found = OPEN.first(digest(secret), at)
    if found is None:
        return None
    found.token.replaced_at = found.ends_at
    return found.token


def note_use(token: InstitutionToken, *, at: datetime) -> None:
    """Remember the day on which a token was last used, with one write a day."""
    day = timezone.localdate(at)
    if token.last_used_date != day:
        earlier = Q(last_used_date=None) | ~Q(last_used_date=day)
        InstitutionToken.objects.filter(earlier, pk=token.pk).update(last_used_date=day)


def actor_by(token: InstitutionToken) -> Actor:
    """Who acts by a token: a program that stands for its institution.

    For each scope that records something it is a registrar bound to the registry of that scope.
    """
    held = tuple(
        Held(Role.REGISTRAR, body_id=token.body_id if scope in OF_OWN_BODIES else "", registry=KEPT[scope])
        for scope in sorted(token.opens)
        if scope.writes
    )
    roles = frozenset(one.role for one in held)
    return Actor(token.pk, roles, held=held, acting_for=f"{BODY}:{token.body_id}")


def carry(request: HttpRequest, token: InstitutionToken) -> None:
    """Let a request carry the token that it was sent with."""
    setattr(request, CARRIED, token)


def carried_by(request: HttpRequest) -> InstitutionToken | None:
    """The token that a request was sent with."""
    return getattr(request, CARRIED, None)


def behind(request: HttpRequest) -> Actor:
    """Who acts in a request: the program whose token it carries, or the account that is signed in."""
    token = carried_by(request)
    return actor_of(request.user) if token is None else actor_by(token)
