"""The portal in a browser: home, sign-in, and the pages that say what this is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import Look, pages_in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("", "about/", "accessibility/", "sign-in/", "search/?q=декларация", "search/?q=qqqqqq")


@pages_in_looks(PAGES)
def test_every_page_of_the_portal_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    shown: str,
    look: Look,
) -> None:
    put_on(page, look)
    page.goto(f"{live_server.url}/{look.language}/{shown}")
    sound()


def test_a_refused_sign_in_says_so_and_keeps_the_name(
    live_server: LiveServer, page: Page, sound: Callable[[], None]
) -> None:
    page.goto(f"{live_server.url}/kk/sign-in/")
    page.get_by_label("Пайдаланушы аты").fill("analyst")
    page.get_by_label("Құпиясөз").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="Кіру", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Аты немесе құпиясөз дұрыс емес")
    expect(page.get_by_label("Пайдаланушы аты")).to_have_value("analyst")
    sound()


def test_another_language_keeps_the_page_and_what_was_asked(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/en/ui/?sort=name&page=2")
    page.get_by_role("link", name="Қазақша").click()
    expect(page).to_have_url(f"{live_server.url}/kk/ui/?sort=name&page=2")
    expect(page.locator("html")).to_have_attribute("lang", "kk")
