"""What whoever looks into a browser's profile finds of a report: that the site was visited, and nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.measures.reports.models import Report
from tests.browser.conftest import SECONDS_TO_ANSWER, uncaught
from tests.browser.reporting import CANARY, agency, come_back, open_form, report
from tests.measures.reports.office import Officer

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VISITED = FORM, BACK = ("/en/reports/file/", "/en/reports/return/")
FORM_SENT, OF_KIND = 7, 0xFF
"""How Chromium's history marks a page that came since a form was sent, and the bits of a visit that hold such a mark."""


def with_script(page: Page, live_server: LiveServer) -> str:
    """Report and come back; the phrase."""
    open_form(page, live_server)
    phrase = " ".join(report(page, CANARY, who=CANARY))
    come_back(page, live_server, phrase)
    expect(page.locator("#messages")).to_contain_text(CANARY)
    page.locator("#id_text").fill(CANARY)
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#messages .app-message")).to_have_count(2)
    return phrase


def without_script(page: Page, live_server: LiveServer) -> str:
    """The same through the pages of the server."""
    page.goto(f"{live_server.url}{VISITED[0]}")
    page.locator("#id_what").fill(CANARY)
    page.locator("#id_who").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    page.locator("button[value=send]").click()
    phrase = " ".join(page.locator("#phrase li").all_text_contents())
    page.goto(f"{live_server.url}{VISITED[1]}")
    page.locator("#id_phrase").fill(phrase)
    page.locator("#form button[type=submit]").click()
    page.locator("#id_text").fill(CANARY)
    page.locator("button[value=add]").click()
    expect(page.locator(".app-message")).to_have_count(2)
    return phrase


def found_in(profile: Path, told: str) -> Iterator[Path]:
    """Files of a profile that hold a text in one of the ways that a browser writes it."""
    spelt = {
        told.encode(),
        told.encode("utf-16-le"),
        told.replace(" ", "+").encode(),
        told.replace(" ", "%20").encode(),
    }
    for file in profile.rglob("*"):
        if file.is_file() and not file.is_symlink():
            content = file.read_bytes()
            if any(one in content for one in spelt):
                yield file


@pytest.mark.parametrize("way", [with_script, without_script])
def test_a_profile_tells_no_more_than_that_the_site_was_visited(
    way: Any,
    live_server: LiveServer,
    agency: Officer,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    profile = tmp_path / "profile"
    context = browser_type.launch_persistent_context(
        str(profile), java_script_enabled=way is with_script, **browser_type_launch_args
    )
    context.set_default_timeout(SECONDS_TO_ANSWER * 1000)
    errors = uncaught(context)
    phrase = way(context.pages[0], live_server)
    kept = context.cookies()
    context.close()
    assert Report.objects.get().messages.count() == 2
    assert (kept, errors) == ([], [])
    for told in (CANARY, phrase, "/reports/sealed/"):
        assert list(found_in(profile, told)) == [], told
    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        visited = {
            (address.removeprefix(live_server.url), title)
            for address, title in history.execute("SELECT url, title FROM urls")
        }
        came = "SELECT url, transition & ? FROM (SELECT urls.url, transition FROM visits JOIN urls ON urls.id = visits.url)"
        kinds = history.execute(came, [OF_KIND]).fetchall()
    sent = Counter(address.removeprefix(live_server.url) for address, kind in kinds if kind == FORM_SENT)
    # Without a script the history keeps that forms were sent: pages say so, and nothing else of them is there.
    assert sent == (Counter() if way is with_script else Counter({FORM: 2, BACK: 2}))
    assert {address for address, _title in visited} == set(VISITED)
    assert {title for _address, title in visited} == {"Form – Adaldyq"}
