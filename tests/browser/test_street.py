"""Telling openly in a browser, with and without scripts: it fits a phone, and leaves no more in the profile than that the site was visited."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.measures.street.models import StreetReport
from tests import factories
from tests.browser.conftest import SECONDS_TO_ANSWER, uncaught
from tests.browser.test_report_traces import found_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CANARY, FORM = "жасыл тырна", "/en/street/tell/now/"
PHONE: ViewportSize = {"width": 390, "height": 800}


@pytest.mark.parametrize("script", [False, True])
def test_who_tells_openly_leaves_nothing_in_the_browser(
    script: bool,
    live_server: LiveServer,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path: Path,
) -> None:
    factories.territory()
    profile = tmp_path / "profile"
    context = browser_type.launch_persistent_context(
        str(profile), java_script_enabled=script, viewport=PHONE, **browser_type_launch_args
    )
    context.set_default_timeout(SECONDS_TO_ANSWER * 1000)
    errors = uncaught(context)
    page = context.pages[0]
    page.goto(f"{live_server.url}{FORM}")
    page.get_by_label("I was asked for a bribe, and paid").check()
    for name, value in (("service", "health"), ("territory", "KZ-75")):
        page.locator(f"select[name={name}]").select_option(value)
    page.locator("select[name=month]").select_option(index=1)
    page.locator("input[name=amount]").fill("20 000")
    page.locator("textarea[name=words]").fill(CANARY)
    page.get_by_label("I want this to be public.").check()
    page.locator("button[value=check]").click()
    expect(page.locator("main")).to_contain_text(CANARY)
    page.wait_for_load_state()  # whoever is quicker than the page's script sends without its calculation
    page.locator("button[value=send]").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    kept = context.cookies()
    context.close()
    assert (kept, errors) == ([], [])
    told = StreetReport.objects.get()
    assert (told.words, told.worked) == (CANARY, script)
    assert list(found_in(profile, CANARY)) == []
    with closing(sqlite3.connect(profile / "Default" / "History")) as history:
        visited = {
            (one.removeprefix(live_server.url), title) for one, title in history.execute("SELECT url, title FROM urls")
        }
    assert visited == {(FORM, "Form – Adaldyq")}
