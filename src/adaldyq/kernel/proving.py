"""Showing once more that it is oneself, before what cannot be taken back."""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

PASSWORD, FACTOR = "reauthenticate", "mfa_reauthenticate"  # how allauth calls the two ways
METHODS = {PASSWORD: "password", FACTOR: "mfa"}
ROUTES = {PASSWORD: "account_reauthenticate", FACTOR: "mfa_reauthenticate"}
E_ID, E_ID_ROUTE = "socialaccount", "sign-in-e-id-again"
CLOCKS_APART = 60
"""Seconds by which the clocks of two servers may differ."""
PASSKEY_ROUTE, PASSKEY = "mfa_reauthenticate_webauthn", "webauthn"


def still_to_show(request: HttpRequest, back: str) -> str:
    """Address at which the account shows the next thing that it has: its password, then its second factor.

    Each holds for five minutes, also when the server's clock is set back meanwhile. Whoever signs in by the national
    e-ID alone has neither, and shows it there.

    Args:
        request: of the account.
        back: address to come back to.

    Returns:
        Empty when everything that the account has was shown.
    """
    account: Any = request.user
    now = time.time()
    since = now - app_settings.REAUTHENTICATION_TIMEOUT
    shown = {
        one.get("method")
        for one in get_authentication_records(request, account)
        if one.get("reauthenticated") and since < one.get("at", 0) <= now + CLOCKS_APART
    }
    if set(METHODS.values()) <= shown:
        return ""
    ways = get_reauthentication_flows(account)
    for way in ways:
        if METHODS[way["id"]] not in shown:
            only_passkey = list(map(str, way.get("types", ()))) == [PASSKEY]
            route = PASSKEY_ROUTE if only_passkey else ROUTES[way["id"]]
            return f"{reverse(route)}?{urlencode({'next': back})}"
    if not ways and E_ID not in shown and SocialAccount.objects.filter(user=account).exists():
        return f"{reverse(E_ID_ROUTE)}?{urlencode({'next': back})}"
    return ""
