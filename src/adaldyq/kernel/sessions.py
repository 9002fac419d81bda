"""How long somebody stays signed in: by role, since the last page and since signing in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from adaldyq.kernel import kept_forms
from adaldyq.kernel.roles import STAFF, Role

BEGAN, SEEN = "session_began", "session_seen"
NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives without a page, and at most."""

    idle: timedelta
    whole: timedelta


ADMINISTRATORS = Lifetime(timedelta(minutes=15), timedelta(hours=8))
OFFICERS = Lifetime(timedelta(minutes=30), timedelta(hours=12))
PEOPLE = Lifetime(timedelta(hours=1), timedelta(hours=24))
"""NIST SP 800-63B-4 asks for at most an hour without activity and a day in all where a second factor is used."""


def lifetime(roles: Collection[Role]) -> Lifetime:
    """The shortest that applies to any of the roles."""
    if Role.ADMINISTRATOR in roles:
        return ADMINISTRATORS
    return OFFICERS if STAFF & set(roles) else PEOPLE


def is_over(began: datetime, seen: datetime, roles: Collection[Role], *, at: datetime) -> bool:
    """Whether a session has ended by itself."""
    limits = lifetime(roles)
    return at - seen > limits.idle or at - began > limits.whole


class SessionLifetimeMiddleware:
    """Ends sessions whose time is over, and notes when each was last seen, at most once a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or send whoever stayed too long to sign in again."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        now, session = timezone.now(), request.session
        began = instant(session.get(BEGAN), now)
        noted = instant(session.get(SEEN), now)
        began, seen = min(began, now), min(noted, now)  # the server's clock may have been set back
        if is_over(began, seen, request.user.roles, at=now):
            sent = kept_forms.sent_by(request)
            logout(request)
            kept_forms.keep(request, sent)
            comes_back = request.method == "GET" or sent
            asked = {"next": request.get_full_path(), "over": "1"} if comes_back else {"over": "1"}
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(asked)}")
        if SEEN not in session or abs(now - noted) >= NOTED_EVERY:
            session[BEGAN], session[SEEN] = began.timestamp(), now.timestamp()
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)
        return self.get_response(request)


def instant(stamp: float | None, otherwise: datetime) -> datetime:
    """An instant as a session keeps it."""
    return otherwise if stamp is None else datetime.fromtimestamp(stamp, tz=otherwise.tzinfo)
