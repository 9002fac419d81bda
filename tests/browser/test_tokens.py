"""Tokens of institutions in a browser: asked for by one administrator, made by another, shown once, rotated."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Body, InstitutionToken
from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def issue(page: Page, body: Body) -> None:
    """Fill in the form of a new token and send it."""
    last = timezone.localdate() + timedelta(days=30)
    page.get_by_label("Institution").fill(body.pk)
    page.get_by_label("Program", exact=True).fill("Registry of posts")
    page.get_by_role("checkbox").first.check()
    for label, value in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Issue the token").click()


def made_secret(page: Page) -> str:
    """Go through the page that asks once more, and read the secret that is shown."""
    page.get_by_role("link", name="Make the secret").click()
    expect(page.get_by_role("heading", name="Make the secret?")).to_be_visible()
    page.get_by_role("button", name="Make the secret").click()
    expect(page.get_by_text("It is shown only now")).to_be_visible()
    return page.locator(".app-code-word").inner_text()


def test_a_secret_is_made_by_another_administrator_and_shown_once(
    live_server: LiveServer, page: Page, sound: Callable[[], None]
) -> None:
    body = factories.body()
    first, second = (factories.account(name, Role.ADMINISTRATOR) for name in ("first", "second"))
    sign_in(page, live_server, first)
    page.goto(f"{live_server.url}/en/accounts/tokens/")
    page.get_by_role("button", name="Issue the token").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    issue(page, body)
    expect(page.get_by_text("Another administrator makes it")).to_be_visible()
    sound()
    address = f"{live_server.url}/en/accounts/tokens/{InstitutionToken.objects.get().pk}/"
    sign_in(page, live_server, second)
    page.goto(address)
    secret = made_secret(page)
    sound()
    page.goto(address)
    expect(page.get_by_role("link", name="Ask for a new secret")).to_be_visible()
    assert secret not in page.content()
    page.get_by_role("link", name="Ask for a new secret").click()
    expect(page.get_by_role("heading", name="Ask for a new secret?")).to_be_visible()
    page.get_by_role("button", name="Ask for a new secret").click()
    expect(page.get_by_text("You have asked for a secret")).to_be_visible()
    sign_in(page, live_server, first)
    page.goto(address)
    assert made_secret(page) != secret
    expect(page.get_by_text("lives on for 7 days")).to_be_visible()
