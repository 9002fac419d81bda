"""Devices on which somebody has signed in before, told by a signed cookie.

The cookie opens nothing. It only lets the owner's own failures be counted apart from everybody else's.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from adaldyq.base.ids import new_id

COOKIE = "known_device"
SALT = "adaldyq.portal.known_device"
KEPT = timedelta(days=400)
MOST_ACCOUNTS = 10


def owner_key(username: str) -> str:
    """What stands in the cookie for an account: a keyed hash, so that the cookie names nobody."""
    return salted_hmac(SALT, username.casefold(), algorithm="sha256").hexdigest()[:24]


def known(request: HttpRequest) -> dict[str, str]:
    """Device ids by account, as the cookie of the request tells them."""
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return {}
    return dict(found)


def device_of(request: HttpRequest, username: str) -> str:
    """The id under which this device is known to an account; empty when it is not."""
    return known(request).get(owner_key(username), "")


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Make this device known to an account that has just signed in, whole."""
    kept = known(request)
    owner = owner_key(username)
    newest = {owner: kept.pop(owner, "") or new_id()}
    kept = dict(list(kept.items())[-(MOST_ACCOUNTS - 1) :]) | newest
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
