"""An officer's page that was open before the reporter named somebody seals to the keys of now, and nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries.queue import wrap_of
from adaldyq.sealing import envelopes, lockers
from tests.browser.conftest import sign_in
from tests.browser.reporting import agency
from tests.browser.test_report_naming import called
from tests.browser.test_report_officers import PASSPHRASE, make_key
from tests.measures.reports.office import Officer, officer
from tests.measures.reports.reporter import Reporter

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEYS = re.compile(r"\?keys$")
FIRST, SECOND = "which day was it?", "and who saw it?"


def test_what_is_typed_before_somebody_is_named_goes_to_those_who_are_left(
    live_server: LiveServer, page: Page, agency: Officer, settings: Settings
) -> None:
    settings.LOCKER_WORK = 10
    sign_in(page, live_server, agency.account)
    secret = lockers.unlock(make_key(page, live_server), PASSPHRASE)
    called(officer(agency.unit, "biased"), "Садыкова Айгуль")
    reporter = Reporter()
    words, found = reporter.report("They take money"), Report.objects.get()
    old, kept = found.recipient, envelopes.unwrap(bytes(wrap_of(found).wrapped), secret)
    page.goto(f"{live_server.url}/en/reports/inbox/{found.pk}/")
    box = page.locator("textarea[name=text]").first
    box.fill(FIRST)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="Садыкова Айгуль делит с ними")
    before = {"recipient": old, "mailbox": found.mailbox_recipient, "wrapped": "", "of": ""}
    page.route(KEYS, lambda route: route.fulfill(json=before))  # they change while the form is on its way
    page.get_by_role("button", name="Acknowledge the report").click()
    expect(page.locator("#problems")).to_contain_text("keys have changed since you opened this page")
    expect(box).to_have_value(FIRST)
    page.unroute(KEYS)
    page.get_by_role("button", name="Acknowledge the report").click()
    expect(page.get_by_role("button", name="Close the report")).to_be_visible()
    box.fill(SECOND)
    page.get_by_role("button", name="Send the message").click()
    expect(box).to_have_value("")
    key = envelopes.unwrap(bytes(wrap_of(found).wrapped), secret)
    for place, text in ((3, FIRST), (4, SECOND)):
        sealed = bytes(found.messages.get(place=place).sealed)
        assert letters.open_letter(sealed, key).text == text
        with pytest.raises(DomainError):
            letters.open_letter(sealed, kept)


def test_a_page_of_a_step_loses_nothing_that_was_typed_when_the_keys_change_on_the_way(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    called(officer(agency.unit, "biased"), "Садыкова Айгуль")
    reporter = Reporter()
    words, found = reporter.report("They take money"), Report.objects.get()
    sign_in(page, live_server, agency.account)
    file = f"{live_server.url}/en/reports/inbox/{found.pk}/protection/"
    page.goto(f"{file}open/")
    page.locator("#id_text").fill(FIRST)
    page.locator("#id_may_ask").check()
    before = {"recipient": found.recipient, "mailbox": found.mailbox_recipient, "wrapped": "", "of": ""}
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="Садыкова Айгуль делит с ними")
    page.route(KEYS, lambda route: route.fulfill(json=before))
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("keys have changed since you opened this page")
    expect(page.locator("#id_text")).to_have_value(FIRST)
    expect(page.locator("#id_may_ask")).to_be_checked()
    page.unroute(KEYS)
    page.route(KEYS, lambda route: route.fulfill(json=before), times=1)  # once they change while the form is on its way
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(file)
    key = envelopes.unwrap(bytes(wrap_of(found).wrapped), agency.secret)
    assert letters.open_letter(bytes(found.messages.get(place=3).sealed), key).text == FIRST
