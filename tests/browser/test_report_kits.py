"""The form as a file, for computers without network, in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.reporting import CANARY, agency
from tests.measures.reports.office import Officer, officer, unit

__all__ = ["agency"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "typed"),
    [("ru", "Антикор, Айдос"), ("kk", "Жемқорлыққа қарсы агенттік"), ("en", "anti-corruption agency")],
)
def test_a_form_without_network_seals_no_report_to_the_office_that_it_is_about(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path, language: str, typed: str
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    form = tmp_path / "form.html"
    form.write_bytes(Client().get(f"/{language}/reports/kit/").content)
    page.goto(form.as_uri())
    page.locator("#id_what").fill(CANARY)
    page.locator("#id_about").fill(typed)
    expect(page.locator("[name=unit]:checked")).to_have_count(0)
    page.locator("#form [type=submit]").click()
    expect(page.locator("#problems a")).to_have_attribute("href", "#id_unit_0")
    page.locator(f"[name=unit][value='{agency.unit.pk}']").check()
    page.locator("#form [type=submit]").click()
    expect(page.locator("#problems a")).to_have_attribute("href", "#id_unit_0")
    page.locator(f"[name=unit][value='{prosecutor.unit.pk}']").check()
    with page.expect_download():
        page.locator("#form [type=submit]").click()
    expect(page.locator("#receipt")).to_be_visible()
