"""Accounts with and without a second factor, and the codes that an app would show."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from tests import factories

SECRET = generate_totp_secret()


def digits(steps: int = 0, *, of: str = SECRET) -> str:
    """What an app with the key shows now, or so many half minutes later."""
    return str(format_hotp_value(hotp_value(of, int(time.time()) // 30 + steps)))


@pytest.fixture
def staff(db: None) -> Account:
    """An analyst with an authenticator app."""
    account = factories.account("analyst", Role.AGENCY_ANALYST)
    TOTP.activate(account, SECRET)
    RecoveryCodes.activate(account)
    return account


@pytest.fixture
def newcomer(db: None) -> Account:
    """An analyst who has no second factor yet."""
    return factories.account("newcomer", Role.AGENCY_ANALYST)


@pytest.fixture
def recovery_codes(staff: Account) -> list[str]:
    """The analyst's recovery codes."""
    kept = Authenticator.objects.get(user=staff, type=Authenticator.Type.RECOVERY_CODES)
    return list(kept.wrap().get_unused_codes())


@pytest.fixture
def signs_in() -> Callable[..., Client]:
    """Signs an account in by its password, and by a code when one is given."""

    def typed(account: Account, code: str = "", *, client: Client | None = None) -> Client:
        browser = client or Client()
        browser.post("/en/sign-in/", {"username": account.username, "password": factories.PASSWORD})
        if code:
            browser.post("/en/sign-in/code/", {"code": code})
        return browser

    return typed
