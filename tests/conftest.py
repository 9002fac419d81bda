"""What all tests share."""

from __future__ import annotations

import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.test import Client

from adaldyq.kernel.models import Account


@pytest.fixture(autouse=True)
def force_login_stands_for_a_whole_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Client.force_login` leaves the session that a password and a second factor would have left."""
    password_only = Client.force_login

    def both_steps(client: Client, user: Account, backend: str | None = None) -> None:
        password_only(client, user, backend)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user.pk
        session.save()

    monkeypatch.setattr(Client, "force_login", both_steps)
