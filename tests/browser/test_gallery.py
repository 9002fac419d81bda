"""Every component, in every language, in light and dark colours, on a phone and on a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_component_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    language: str,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/{language}/ui/")
    sound()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_cut_or_runs_out_of_its_box(live_server: LiveServer, page: Page, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/{language}/ui/")
    outside = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter((one) => one.children.length === 0 && one.textContent.trim() && !one.closest('svg')
                && !one.closest('.govuk-visually-hidden') && !one.closest('.app-table__plain'))
            .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1
                || (one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow === 'hidden'))
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert outside == []


def test_our_own_type_is_used_for_kazakh_letters_and_the_tenge(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/kk/ui/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "() => performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.endsWith('.woff2'))"
    )
    names = {address.rsplit("/", 1)[1] for address in loaded}
    assert {"noto-sans-cyrillic-ext-400.woff2", "noto-sans-tenge-400.woff2"} <= names


def test_the_gallery_works_without_scripts(live_server: LiveServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/en/ui/")
    page.get_by_role("columnheader", name=re.compile("^Name")).get_by_role("link").click()
    expect(page.get_by_role("rowheader").first).to_have_text("Айгүл Сәрсенбайқызы")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("9–16 of 37")).to_be_visible()
    assert "sort=name" in page.url
    context.close()


def test_a_keyboard_reaches_the_content_first(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
