"""Administrators issue tokens of institutions, hand their secrets over, rotate and revoke them on pages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import InstitutionToken
from adaldyq.kernel.roles import Role
from adaldyq.kernel.tokens import token_behind
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"adaldyq_[0-9a-f]{64}")


def administrator(name: str) -> Client:
    client = Client()
    client.force_login(factories.account(name, Role.ADMINISTRATOR))
    return client


def asked(days: int = 90, **more: object) -> dict[str, object]:
    """What the form sends."""
    last = timezone.localdate() + timedelta(days)
    day = {"expires_day": last.day, "expires_month": last.month, "expires_year": last.year}
    return {"label": "exchange", "scopes": ["people:read"], "requests_a_minute": 60, **day, **more}


def test_one_issues_and_another_is_shown_the_secret_once() -> None:
    first, second = administrator("first"), administrator("second")
    page = first.post("/en/accounts/tokens/", asked(body=factories.body().pk)).headers["Location"]
    assert "Another administrator makes it" in first.get(page).content.decode()
    refused = first.post(f"{page}hand-over/")
    assert (refused.status_code, SECRET.search(refused.content.decode())) == (409, None)
    assert "shown to you once" in second.get(f"{page}hand-over/").content.decode()
    shown = second.post(f"{page}hand-over/")
    secret = SECRET.search(shown.content.decode())
    assert secret
    assert "no-store" in shown["Cache-Control"]
    assert token_behind(secret[0], at=timezone.now()) == InstitutionToken.objects.get()
    assert not SECRET.search(second.get(page).content.decode())
    assert "exchange" in second.get("/en/accounts/tokens/").content.decode()


def test_a_secret_is_replaced_and_a_token_revoked_after_a_page_that_asks() -> None:
    first, second = administrator("first"), administrator("second")
    token, old = factories.token()
    page = f"/en/accounts/tokens/{token.pk}/"
    first.get(f"{page}rotate/")
    token.refresh_from_db()
    assert token.asked_by == ""
    first.post(f"{page}rotate/")
    newer = SECRET.search(second.post(f"{page}hand-over/").content.decode())
    assert newer
    assert "The old secret ends" in second.get(page).content.decode()
    first.post(f"{page}revoke/")
    assert [token_behind(one, at=timezone.now()) for one in (old, newer[0])] == [None, None]
    assert first.post(f"{page}revoke/").status_code == 409
    assert first.get(f"{page}burn/").status_code == 404


def test_a_form_with_mistakes_comes_back_filled() -> None:
    first = administrator("first")
    shown = first.post("/en/accounts/tokens/", asked(body="NOBODY", scopes=[])).content.decode()
    assert 'value="exchange"' in shown
    assert "No body has this number or id" in shown
    late = asked(400, body=factories.body().pk)
    assert "at most" in first.post("/en/accounts/tokens/", late).content.decode()
    assert not InstitutionToken.objects.exists()
