"""Texts that are longer than may be: a browser that seals them says so at the field, and takes nothing away."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.reporting import CANARY, agency, come_back, open_form, report
from tests.measures.reports.office import Officer

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "At most 20,000 characters fit here, and there are 20,001. Your text stays as it is"),
        ("ru", "не больше 20\u00a0000 знаков, а сейчас их 20\u00a0001. Ваш текст остался на месте"),
        ("kk", "ең көбі 20\u00a0000 таңба сыяды, қазір 20\u00a0001 таңба бар. Мәтініңіз орнында қалады"),
    ],
)
def test_a_text_that_is_too_long_is_said_at_its_field_before_anything_is_sent_and_stays(
    live_server: LiveServer, page: Page, agency: Officer, language: str, said: str
) -> None:
    longest = "ұ😀" * 10_000  # each counted once, as the server does
    open_form(page, live_server, language)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    page.locator("#id_what").fill(f"{longest}!")
    page.locator("#id_when").fill("a" * 301)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#id_what-error")).to_contain_text(said)
    expect(page.locator("#id_when-error")).to_contain_text("301")
    expect(page.locator("#id_what")).to_have_value(f"{longest}!")
    assert "POST" not in asked
    page.locator("#id_when").fill("a" * 300)
    page.locator("#id_what").fill(longest)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()


def test_a_further_message_that_is_too_long_is_said_at_its_field(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    open_form(page, live_server)
    words = report(page, CANARY)
    come_back(page, live_server, " ".join(words))
    expect(page.locator("#messages")).to_contain_text(CANARY)
    page.locator("#id_text").fill("a" * 20_001)
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#id_text-error")).to_contain_text("At most 20,000 characters fit here")
    expect(page.locator("#id_text")).to_have_value("a" * 20_001)
    page.locator("#id_text").fill("the head of it")
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text("the head of it")
