"""Signing in, in a browser: with an app and without a script, with a passkey, and for the first time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from tests import factories
from tests.browser.conftest import sign_in, visiting
from tests.browser.looks import Look, in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = generate_totp_secret()
OWN_PAGES = ("my/second-factor/", "my/second-factor/passkeys/", "my/password/", "sign-in/again/", "sign-in/again/code/")


def digits(key: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps)))


@pytest.fixture
def analyst() -> Account:
    """An analyst with an authenticator app."""
    account = factories.account("analyst", Role.AGENCY_ANALYST)
    TOTP.activate(account, KEY)
    return account


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no script."""
    with visiting(browser, java_script_enabled=False) as one:
        yield one


def give_password(page: Page, live_server: LiveServer, name: str, host: str = "") -> None:
    page.goto(f"{host or live_server.url}/en/sign-in/")
    page.get_by_label("Sign-in name").fill(name)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def test_an_analyst_signs_in_and_out_without_a_script(
    live_server: LiveServer, scriptless: Page, analyst: Account
) -> None:
    give_password(scriptless, live_server, "analyst")
    expect(scriptless.get_by_role("heading", level=1)).to_contain_text("Second step")
    scriptless.get_by_label("Code").fill(digits(KEY))
    scriptless.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(scriptless.get_by_role("main").get_by_role("link", name="Answer open findings")).to_be_visible()
    scriptless.get_by_role("button", name="Sign out").click()
    expect(scriptless.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_newcomer_sets_up_an_app_without_a_script(live_server: LiveServer, scriptless: Page) -> None:
    factories.account("newcomer", Role.AGENCY_ANALYST)
    give_password(scriptless, live_server, "newcomer")
    expect(scriptless.get_by_text("Set up a second factor first")).to_be_visible()
    scriptless.get_by_role("link", name="Set up an app").click()
    scriptless.get_by_label("Password").fill(factories.PASSWORD)
    scriptless.get_by_role("button", name="Continue").click()
    key = scriptless.locator(".app-code-word").inner_text()
    scriptless.get_by_label("Code that the app shows").fill(digits(key))
    scriptless.get_by_role("button", name="Set up the app").click()
    expect(scriptless.locator(".app-codes li")).to_have_count(10)
    scriptless.get_by_role("link", name="Continue to the first page").click()
    expect(scriptless.get_by_role("main").get_by_role("link", name="Answer open findings")).to_be_visible()


def test_a_passkey_is_added_and_then_signs_in_alone(live_server: LiveServer, page: Page, analyst: Account) -> None:
    host = live_server.url.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    give_password(page, live_server, "analyst", host)
    page.get_by_label("Code").fill(digits(KEY))
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("main").get_by_role("link", name="Answer open findings")).to_be_visible()
    page.goto(f"{host}/en/my/second-factor/passkeys/add/")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What to call it").fill("My phone")
    page.get_by_label("Sign in with this passkey alone").check()
    page.wait_for_load_state()  # the button has its script then
    page.get_by_role("button", name="Add the passkey").click()
    expect(page).to_have_url(f"{host}/en/my/second-factor/codes/")
    page.goto(f"{host}/en/my/second-factor/passkeys/")
    expect(page.get_by_role("heading", name="My phone")).to_be_visible()
    page.goto(f"{host}/en/messages/")
    expect(page.get_by_role("link", name="A passkey was added to your account")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    page.goto(f"{host}/en/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("main").get_by_role("link", name="Answer open findings")).to_be_visible()


def test_a_passkey_that_is_not_allowed_is_told_on_the_page(live_server: LiveServer, page: Page) -> None:
    host = live_server.url.replace("localhost", "127.0.0.1")  # a passkey belongs to a name, and this is none
    page.goto(f"{host}/ru/sign-in/")
    page.wait_for_load_state()  # the button has its script then
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Войти с ключом доступа").click()
    expect(page.get_by_role("alert")).to_contain_text("Ключ доступа не ответил")


@in_looks
def test_pages_of_signing_in_are_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], analyst: Account, look: Look
) -> None:
    put_on(page, look)
    page.goto(f"{live_server.url}/{look.language}/sign-in/")
    page.fill("[name=username]", "analyst")
    page.fill("[name=password]", factories.PASSWORD)
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("[name=code]")).to_be_visible()
    sound()
    sign_in(page, live_server, analyst)
    for path in OWN_PAGES:
        page.goto(f"{live_server.url}/{look.language}/{path}")
        sound()


@in_looks
def test_the_page_that_sets_up_an_app_is_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look
) -> None:
    newcomer = factories.account("newcomer", Role.AGENCY_ANALYST)
    put_on(page, look)
    sign_in(page, live_server, newcomer)
    page.goto(f"{live_server.url}/{look.language}/my/second-factor/app/")
    page.fill("[name=password]", factories.PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator(".app-qr-frame svg")).to_be_visible()
    sound()
    page.fill("[name=code]", digits(page.locator(".app-code-word").inner_text()))
    page.locator("main button[type=submit]").click()
    expect(page.locator(".app-codes li")).to_have_count(10)
    sound()
