"""Somebody who reports in a browser, and officers who receive, for the tests of reports in Chromium."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
from django.utils import translation
from playwright.sync_api import Page, Request, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from tests.measures.reports.office import Officer, officer, unit

CANARY = "canary-5d20c7 he asked for 500 000"


@pytest.fixture
def agency(transactional_db: None, settings: Settings, tmp_path: Path) -> Officer:
    """The one officer of the agency that receives reports."""
    translation.activate("en")
    settings.FILES_DIR = tmp_path / "files"
    return officer(unit("agency"), "aigul")


def open_form(page: Page, live_server: LiveServer, language: str = "en") -> None:
    """Open the form and wait until its script is there."""
    page.goto(f"{live_server.url}/{language}/reports/file/")
    expect(page.locator("[data-with-script]").first).to_be_visible()


def report(page: Page, what: str, files: list[str] | None = None, **answers: str) -> list[str]:
    """Fill the form in, check and send it; the words of the receipt."""
    page.locator("#id_what").fill(what)
    for name, text in answers.items():
        page.locator(f"#id_{name}").fill(text)
    if files:
        page.locator("#id_enclosures").set_input_files(files)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    return page.locator("#phrase li").all_text_contents()


def come_back(page: Page, live_server: LiveServer, phrase: str) -> None:
    """Type a phrase."""
    page.goto(f"{live_server.url}/en/reports/return/")
    expect(page.locator("[data-with-script]").first).to_be_visible()
    page.locator("#id_phrase").fill(phrase)
    page.locator("#form button[type=submit]").click()


class Sent:
    """All that a page sends from now on, addresses and bodies.

    Chromium shows the bodies that scripts send only to who stands in the way of requests. Without that a test that
    looks for what must not leave the browser would look at nothing, and pass.
    """

    def __init__(self, page: Page) -> None:
        self.requests: list[bytes] = []
        self.unseen: list[str] = []
        page.context.route("**/*", lambda route: route.continue_())
        page.on("request", self._keep)

    def _keep(self, request: Request) -> None:
        body = request.post_data_buffer
        if body is None and request.method == "POST":
            self.unseen.append(request.url)
        self.requests.append(request.url.encode() + b"\n" + (body or b""))

    def check(self, *, seen: Iterable[str], hidden: Iterable[str]) -> None:
        """Assert that every body was seen, that what must be there was sent, and that nothing hidden was.

        Forms and addresses spell a text in their own ways: hidden texts are looked for in each.
        """
        everything = b"\n".join(self.requests)
        assert self.unseen == []
        assert [one for one in seen if one.encode() not in everything] == []
        spellings = {one: {one, quote(one), quote_plus(one)} for one in hidden}
        assert [one for one, spelt in spellings.items() if any(way.encode() in everything for way in spelt)] == []
