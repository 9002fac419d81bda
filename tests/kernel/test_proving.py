"""Before what cannot be taken back an account shows again everything that it has, and each thing lately."""

from __future__ import annotations

import time

import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.test import RequestFactory
from django.utils import translation

from adaldyq.kernel.models import Account
from adaldyq.kernel.proving import still_to_show
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD, CODE, PASSKEY = "/en/sign-in/again/", "/en/sign-in/again/code/", "/en/sign-in/again/passkey/"
MINUTES = 60


def shown(account: Account, *methods: str, ago: float = 0, again: bool = True) -> str:
    """Where somebody is sent who has shown this; empty when nothing is missing."""
    request = RequestFactory().get("/")
    request.user = account
    records = [{"method": one, "at": time.time() - ago, "reauthenticated": again} for one in methods]
    session = {AUTHENTICATION_METHODS_SESSION_KEY: records, _AUTHENTICATION_METHODS_USER_SESSION_KEY: account.pk}
    request.session = session  # type: ignore[assignment]  # as much of one as is read
    with translation.override("en"):
        return still_to_show(request, "/back/").partition("?")[0]


def test_a_password_is_shown_again_within_five_minutes() -> None:
    citizen = factories.account("citizen", Role.CITIZEN)
    assert shown(citizen) == PASSWORD
    assert shown(citizen, "password", again=False) == PASSWORD
    assert shown(citizen, "password", ago=6 * MINUTES) == PASSWORD
    assert shown(citizen, "password") == ""


@pytest.mark.parametrize(("kind", "page"), [("totp", CODE), ("webauthn", PASSKEY)])
def test_whoever_has_a_second_factor_shows_it_too(kind: str, page: str) -> None:
    official = factories.account("official", Role.OFFICIAL)
    Authenticator.objects.create(user=official, type=kind, data={})
    assert shown(official, "password") == page
    assert shown(official, "mfa") == PASSWORD
    assert shown(official, "password", "mfa") == ""


def test_whoever_has_neither_signs_in_by_the_e_id_and_shows_nothing_more() -> None:
    citizen = factories.account("citizen", Role.CITIZEN)
    citizen.set_unusable_password()
    assert shown(citizen) == ""
