"""The base registries in a browser: who may record what in them, and what a territory was called before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Registry, Role
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OBJECT = "20-313-001"
PAGES = (
    "registers/",
    "registers/companies/",
    "registers/territories/",
    "registers/territories/KZ-75/",
    "registers/territories/KZ-75/rename/",
    "registers/territories/KZ-75/split/",
    "registers/people/",
    "registers/rights/",
    f"registers/rights/?q={OBJECT}",
    "registers/new/land/",
    "registers/new/territory/",
    "registers/merges/",
)


def registrar(name: str, registry: Registry | None = None) -> Account:
    """Somebody who keeps one of the registries, or all."""
    account = factories.account(name)
    factories.grant(account, Role.REGISTRAR, registry=registry)
    return account


@in_looks
def test_pages_of_registrars_are_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    look: Look,
) -> None:
    factories.territory()
    factories.land(factories.person())
    put_on(page, look)
    sign_in(page, live_server, registrar("of-all"))
    for path in PAGES:
        page.goto(f"{live_server.url}/{look.language}/{path}")
        sound()


def test_only_who_keeps_the_register_of_land_is_led_to_its_events(live_server: LiveServer, page: Page) -> None:
    factories.land(factories.person())
    for name, registry, acts in (("of-land", Registry.LAND, 1), ("of-cars", Registry.VEHICLES, 0)):
        sign_in(page, live_server, registrar(name, registry))
        page.goto(f"{live_server.url}/en/registers/rights/?q={OBJECT}")
        expect(page.get_by_role("rowheader", name=OBJECT)).to_be_visible()
        expect(page.get_by_role("link", name="Transfer")).to_have_count(acts)
        expect(page.get_by_role("link", name="End the right")).to_have_count(acts)


def test_a_territory_is_renamed_and_its_former_name_kept(live_server: LiveServer, page: Page) -> None:
    factories.territory()
    sign_in(page, live_server, registrar("of-places", Registry.TERRITORIES))
    page.goto(f"{live_server.url}/en/registers/territories/KZ-75/rename/")
    page.get_by_role("button", name="Record the name").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.matches('input')")
    page.get_by_label("Name, English").fill("Verny")
    for group in (page.get_by_role("group", name="Since"), page.get_by_role("group", name="As the source said on")):
        for label, value in (("Day", "1"), ("Month", "2"), ("Year", "2024")):
            group.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Source", exact=True).fill("Decree 7")
    page.get_by_role("button", name="Record the name").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Verny")
    expect(page.get_by_role("heading", name="What the register held before")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
