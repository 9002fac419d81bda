"""The register of declarations in a browser: a person finds an official and sees what was declared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.models import Declaration
from adaldyq.verification.models import RuleRun, Run
from tests import factories
from tests.browser.conftest import visiting
from tests.browser.looks import Look, pages_in_looks, put_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = [
    ("Жұмабаева Әлия Қайратқызы", "Жумабаева Алия Кайратовна", "Zhumabayeva Aliya Kayratovna"),
    ("Қасымов Ғалым Өтегенұлы", "Касымов Галым Отегенович", "Kassymov Galym Otegenovich"),
    ("Ким Виктор", "Ким Виктор", "Kim Viktor"),
    ("Фёдорова Светлана Игоревна", "Фёдорова Светлана Игоревна", "Fyodorova Svetlana Igorevna"),
]
FLAT = {"kind": "apartment", "area": 84, "share": 100, "basis": "ownership", "territory_id": "KZ-75", "country": "KZ"}
PAGES = ("start", "register", "person", "declaration", "statistics", "values", "rates", "body")


def rows_of(year: int) -> dict[str, list[dict[str, Any]]]:
    """Sections that grow over the years."""
    step = year - 2020
    return {
        "family": [{"relation": "spouse"}, {"relation": "child"}],
        "income": [
            {"kind": "salary", "payer": "Қаржы министрлігі", "country": "KZ", "amount": 7_200_000 + 600_000 * step},
            {"kind": "rent", "owner": "spouse", "payer": "Бекова А.", "country": "KZ", "amount": 1_800_000},
        ],
        "real_estate": [
            {**FLAT, "object_number": "20-1", "value": 32_000_000},
            *([{**FLAT, "object_number": "20-2", "owner": "spouse", "value": 41_500_000}] if step > 2 else []),
        ],
        "vehicle": [
            {
                "kind": "car",
                "make": "Toyota Camry",
                "production_year": 2019,
                "object_number": "A1",
                "basis": "ownership",
                "value": 14_000_000 - 900_000 * step,
            }
        ],
        "account": [
            {"bank": "Банк", "country": "KZ", "amount": 2_400_000 * step + 300_000, "account_number": "1"},
            {"bank": "Bank", "country": "AE", "amount": 5_000 * step, "currency": "USD", "account_number": "2"},
        ],
        "claim": [
            {
                "direction": "payable",
                "kind": "mortgage",
                "counterparty": "Банк",
                "amount": 18_000_000 - 3_000_000 * step,
                "counterparty_id": "B1",
            }
        ],
        "gift": [{"giver": "Бала", "kind": "thing", "value": 120_000}] if step == 3 else [],
    }


def country() -> tuple[Declaration, Body]:
    """A few officials of two bodies over five years; one is late, one misses a year, one amends."""
    ministry = factories.body()
    akimat = factories.body(
        "Шымкент әкімдігі", place="KZ-79", level="city", names={"ru": "Акимат Шымкента", "en": "Akimat of Shymkent"}
    )
    for number, names in enumerate(PEOPLE):
        of = (ministry, akimat)[number % 2]
        first = factories.official(2020, names=names, of=of, rows=rows_of(2020))
        facts = {name: getattr(first, name) for name in ("declarant_name", "body", "post_title", "post_titles")}
        for year in range(2021, 2025):
            factories.obligation(first.person, year, body=of)
            if (number, year) == (0, 2022):
                continue
            late = {"filed_at": datetime(year + 1, 10, 2, 6, tzinfo=UTC)} if number == 1 else {}
            factories.declaration(first.person, year, rows=rows_of(year), **facts, **late)
    amended = {**facts, "version": 2, "filed_at": datetime(2025, 10, 20, 6, tzinfo=UTC)}
    factories.declaration(first.person, 2024, rows=rows_of(2024), **amended)
    with_few_told()
    return Declaration.objects.get(declarant_name=PEOPLE[0][0], year=2024), ministry


def with_few_told() -> None:
    """Medians of a year with enough officials to tell, and a run of a rule."""
    akimat = factories.body("Абай облысының әкімдігі", place="KZ-10", level="region", names={})
    for number in range(1, 6):
        factories.official(2019, of=akimat, rows={"cash": [{"amount": 12_345_678 * number}]})
    count_distributions(by=system("test"), at=datetime(2026, 1, 5, 21, tzinfo=UTC))
    facts = {"snapshot": "a", "snapshot_path": "a", "started_at": datetime(2026, 1, 6, tzinfo=UTC), "engine": "a"}
    run = Run.objects.create(outcome="done", **facts)
    RuleRun.objects.create(run=run, rule="declarations.foreign-account", version="a", checked=400, fired=20)


def addresses(language: str, one: Declaration, body: Body) -> dict[str, str]:
    with override(language):
        return {
            "register": reverse("declarations-register"),
            "person": reverse("declarations-person", args=[one.person_id]),
            "declaration": reverse("declarations-declaration", args=[one.pk]),
            "start": reverse("declarations-start"),
            "statistics": reverse("declarations-statistics"),
            "values": f"{reverse('declarations-values')}?year=2019",
            "rates": reverse("declarations-rates"),
            "body": reverse("declarations-body", args=[body.pk]),
        }


@pages_in_looks(PAGES)
def test_a_page_is_sound(
    page: Page, live_server: LiveServer, sound: Callable[[], None], shown: str, look: Look
) -> None:
    one, body = country()
    put_on(page, look)
    answer = page.goto(live_server.url + addresses(look.language, one, body)[shown])
    assert answer is not None
    assert answer.status == 200
    sound()


def test_a_person_finds_an_official_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    country()
    with visiting(browser, java_script_enabled=False, viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{live_server.url}/en/declarations/")
        page.locator("main input[name=q]").fill("жумабаева алия")
        page.locator("main form button").first.click()
        expect(page.locator("main table tbody tr")).to_have_count(4)
        page.get_by_role("link", name="Zhumabayeva Aliya Kayratovna").first.click()
        expect(page.locator("h1")).to_contain_text("Zhumabayeva Aliya")
        page.get_by_role("navigation", name="Declarations of this official").get_by_role("link", name="2023").click()
        expect(page.get_by_role("heading", name="What was declared for 2023")).to_be_visible()


def test_a_late_and_a_missing_declaration_are_told(page: Page, live_server: LiveServer) -> None:
    one, body = country()
    page.goto(live_server.url + addresses("en", one, body)["person"])
    expect(page.locator("table tr", has_text="Not filed")).to_have_count(1)
    page.goto(f"{live_server.url}/en/declarations/?q=kassymov")
    page.get_by_role("link", name="Kassymov Galym Otegenovich").first.click()
    expect(page.locator("table tr", has_text="Filed late")).to_have_count(4)
