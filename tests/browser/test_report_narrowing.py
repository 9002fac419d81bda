"""A message that is sealed in the browser and names who reads the report: found there, and the key goes to who is left."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import Report
from adaldyq.sealing import envelopes
from tests.browser.reporting import CANARY, Sent, agency, come_back, open_form, report
from tests.browser.test_report_naming import called, reads
from tests.measures.reports.office import Officer, officer, unit

__all__ = ["agency"]
pytestmark = pytest.mark.browser


def texts(found: Report, one: Officer) -> list[str]:
    """All that an officer reads."""
    key = envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), one.secret)
    return [letters.open_letter(bytes(sent.sealed), key).text for sent in found.messages.all()]


def add(page: Page, text: str) -> None:
    """Write again."""
    page.locator("#id_text").fill(text)
    page.locator("#adding button[type=submit]").click()


def test_whoever_is_named_in_a_further_message_reads_no_more_and_the_server_sees_no_text(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    colleague = officer(agency.unit, "dana")
    called(agency, "Садыкова Айгуль")
    open_form(page, live_server)
    words = report(page, "They take money")
    come_back(page, live_server, " ".join(words))
    sent = Sent(page)
    add(page, "One more thing")
    expect(page.locator("#messages")).to_contain_text("One more thing")
    assert reads(Report.objects.get(), agency)
    add(page, f"{CANARY}: Садыкова А.М. has a share")
    expect(page.locator("#progress")).to_contain_text("gets nothing of it from now on")
    found = Report.objects.get()
    assert (found.unit, reads(found, agency)) == (agency.unit, False)
    assert texts(found, colleague)[::2] == ["They take money", f"{CANARY}: Садыкова А.М. has a share"]
    sent.check(seen=('"left_out":["',), hidden=(CANARY, "Садыкова", agency.account.pk))
    add(page, "Антикор knows of it")
    expect(page.locator("#problems")).to_contain_text("Your answers name an office")
    page.locator("[name=about_receiver][value=agency]").check()
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text("Антикор knows of it")
    found = Report.objects.get()
    assert (found.unit, reads(found, colleague)) == (other.unit, False)
    assert len(texts(found, other)) == 4
