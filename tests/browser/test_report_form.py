"""What the form of a report says and lets take back in a browser with a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.measures.reports.models import Report
from tests.browser.reporting import CANARY, agency, open_form
from tests.measures.reports.office import Officer

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_goes_in_the_open_is_said_and_chosen_files_can_be_taken_back(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    open_form(page, live_server)
    expect(page.locator("#id_about-hint")).to_contain_text("goes to the server in the open")
    page.locator("#id_what").fill(CANARY)
    files = page.locator("#id_enclosures")
    for take_back in ("#form button[type=button]", "#without"):
        files.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})
        if take_back == "#without":
            page.locator("#form button[type=submit]").click()
            expect(page.locator("#files li")).to_have_text(["a.txt"])
        page.locator(take_back).click()
        assert files.evaluate("(control) => control.files.length") == 0
        expect(page.locator(take_back)).to_be_hidden()
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    assert Report.objects.get().messages.get().enclosures.count() == 0
