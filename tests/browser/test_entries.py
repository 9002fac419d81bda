"""An entry of a declaration whose autosave hangs: the button saves all the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.models import DraftRow
from tests import factories
from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = "0000000000AA"


def entry_page(page: Page, live_server: LiveServer) -> None:
    """An entry of somebody's accounts, on a page whose script has begun."""
    person = factories.person()
    factories.obligation(person, 2024)
    account = factories.account("citizen", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=person)
    page.clock.install()
    page.set_default_timeout(90_000)
    sign_in(page, live_server, Account.objects.get())
    page.goto(f"{live_server.url}/en/declarations/mine/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/drafts/*/")
    page.goto(f"{page.url}cash/{KEY}/")
    page.locator('input[name="owner"][value="declarant"]').check()


def of_the_script(route: Route) -> bool:
    """Whether the script sends the form, and not the button."""
    return route.request.headers.get("accept") == "application/json"


def test_the_button_saves_although_an_autosave_hangs(page: Page, live_server: LiveServer) -> None:
    entry_page(page, live_server)
    hanging: list[Route] = []
    page.route(f"**/cash/{KEY}/", lambda route: hanging.append(route) if of_the_script(route) else route.continue_())
    page.get_by_label("Amount").fill("1500")
    with page.expect_request(lambda one: one.headers.get("accept") == "application/json"):
        page.clock.run_for(6_000)
    page.get_by_role("button", name="Save and go on").click()
    page.clock.run_for(4_000)
    page.wait_for_url(re.compile(r"/cash/([?#].*)?$"))
    assert hanging
    assert DraftRow.objects.get(pk=KEY).typed["amount"] == "1500"


def test_an_autosave_that_hangs_is_given_up_and_what_answers_with_nonsense_does_not_stop_the_button(
    page: Page, live_server: LiveServer
) -> None:
    entry_page(page, live_server)
    answers = iter(["hang", "cut"])

    def meddle(route: Route) -> None:
        if not of_the_script(route):
            route.continue_()
        elif next(answers, "") == "cut":
            route.fulfill(content_type="application/json", body='{"message": "Sav')

    page.route(f"**/cash/{KEY}/", meddle)
    for amount in ("1500", "1600"):
        page.get_by_label("Amount").fill(amount)
        page.clock.run_for(6_000)
        page.clock.run_for(16_000)
        expect(page.locator("#autosave")).to_contain_text("the connection is away")
    page.get_by_role("button", name="Save and go on").click()
    page.clock.run_for(4_000)
    page.wait_for_url(re.compile(r"/cash/([?#].*)?$"))
    assert DraftRow.objects.get(pk=KEY).typed["amount"] == "1600"


def test_an_entry_that_was_kept_although_its_answer_hangs_is_saved_with_what_is_typed_next(
    page: Page, live_server: LiveServer
) -> None:
    entry_page(page, live_server)
    kept: list[int] = []
    page.route(
        f"**/cash/{KEY}/",
        lambda route: kept.append(route.fetch().status) if of_the_script(route) else route.continue_(),
    )
    page.get_by_label("Amount").fill("1500")
    with page.expect_request(lambda one: one.headers.get("accept") == "application/json"):
        page.clock.run_for(6_000)
    page.get_by_label("Amount").fill("1600")
    page.get_by_role("button", name="Save and go on").click()
    page.clock.run_for(4_000)
    page.wait_for_url(re.compile(r"/cash/([?#].*)?$"))
    assert kept == [200]
    assert DraftRow.objects.get(pk=KEY).typed["amount"] == "1600"
