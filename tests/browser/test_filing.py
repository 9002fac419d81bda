"""A citizen files a declaration on a phone: every page of the journey, from what is owed to the receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import Declaration, Draft, DraftRow
from adaldyq.project.idp import certificates
from tests import factories
from tests.browser.conftest import fits, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def owing() -> tuple[Account, Person]:
    """A citizen with a flat of the register and last year's declaration, who owes this year's."""
    person = factories.person()
    factories.land(person, object_number="20-1", address="Абай 1, 12", area=84)
    factories.declaration(
        person, 2023, rows={"real_estate": [{"kind": "apartment", "object_number": "20-1", "value": 30_000_000}]}
    )
    factories.obligation(person, 2024, due_date=date(2999, 9, 15))
    account = factories.account("citizen", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=person)
    return Account.objects.get(pk=account.pk), person


def test_a_citizen_files_on_a_phone(
    page: Page, live_server: LiveServer, sound: Callable[[], None], settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNATURE_ROOTS = tmp_path / "roots"
    certificates.trust_root(certificates.new_authority(timezone.now()).certificate)
    account, person = owing()
    page.clock.install()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, live_server, account)
    page.goto(f"{live_server.url}/en/declarations/mine/")
    sound()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("h1")).to_contain_text("Declaration of income and property")
    sound()

    declare_a_car(page)
    look_through_the_rest(page)
    page.get_by_role("link", name="Check the answers").click()
    fits(page)
    page.get_by_role("link", name="Go on to sign").click()
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Continue").click()
    fits(page)
    page.get_by_role("link", name="Sign with your certificate instead").click()
    expect(page.get_by_label("Your signature")).to_be_visible()
    fits(page)
    page.go_back()
    page.get_by_label("What I declare is complete and true.").check()
    page.get_by_role("button", name="File the declaration").click()
    filed = Declaration.objects.get(person=person, year=2024)
    expect(page.locator("h1")).to_contain_text("The declaration is filed")
    expect(page.locator("main")).to_contain_text(filed.pk)
    expect(page.locator("main")).to_contain_text("Filed on time")
    fits(page)


def declare_a_car(page: Page) -> None:
    """Type an entry wrong, then right."""
    page.get_by_role("link", name="Vehicles").click()
    fits(page)
    page.get_by_role("button", name="Add an entry").or_(page.get_by_role("link", name="Add an entry")).click()
    page.get_by_label("car", exact=True).check()
    page.get_by_label("Make").fill("Toyota Camry")
    page.get_by_label("ownership", exact=True).check()
    page.get_by_label("Share").fill("120")
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_label("Year", exact=True).fill("2019")
    page.clock.run_for(6_000)
    expect(page.locator("#id_share-error")).to_contain_text("at most 100 percent")
    expect(page.locator("#id_acquired_date-error")).to_have_count(0)  # somebody still types there
    page.get_by_label("Make").focus()
    expect(page.locator("#id_acquired_date-error")).to_contain_text("There is no day “31 2 2019”")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("There is no day “31 2 2019”")
    expect(page.get_by_label("Make")).to_have_value("Toyota Camry")
    fits(page)
    page.get_by_label("Share").fill("100")
    page.get_by_label("Day", exact=True).fill("28")
    page.get_by_role("button", name="Save and go on").click()
    fits(page)
    page.get_by_role("button", name="These are all, go on").click()


def look_through_the_rest(page: Page) -> None:
    """Confirm what is filled in, and say of all other sections at once that there is nothing."""
    expect(page.locator("h1")).to_contain_text("Accounts and deposits")
    page.get_by_role("link", name="Back to all sections").click()
    page.get_by_role("link", name="Say what there is").click()
    fits(page)
    page.get_by_label("Gifts").check()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("take one of the two back")
    expect(page.get_by_label("Gifts")).to_be_checked()
    fits(page)
    page.get_by_label("Gifts").uncheck()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_contain_text("Real estate")
    expect(page.locator("main")).to_contain_text("From the register of land and buildings.")
    expect(page.locator("main")).to_contain_text("From your declaration for 2023.")
    page.get_by_role("button", name="These are all, go on").click()
    expect(page.locator("h1")).to_contain_text("Declaration of income and property")


def test_every_page_of_a_draft_fits_the_narrowest_phone_in_kazakh(page: Page, live_server: LiveServer) -> None:
    account, person = owing()
    factories.family_tie(
        person, factories.person(("Оразалина Айгерім Серікқызы",), birth_date=date(2015, 5, 1)), "child"
    )
    page.set_viewport_size({"width": 320, "height": 640})
    sign_in(page, live_server, account)
    page.goto(f"{live_server.url}/kk/declarations/mine/")
    fits(page)
    page.locator("main form button").first.click()
    draft = Draft.objects.get()
    fits(page)
    here = f"{live_server.url}/kk/declarations/mine/drafts/{draft.pk}/"
    for section in sections_of(draft.form):
        DraftRow.objects.create(draft=draft, section=section.name, position=9, typed={"currency": "KZT"})
    rows = [f"{row.section}/{row.pk}/" for row in DraftRow.objects.filter(draft=draft)]
    for address in [*(f"{one.name}/" for one in sections_of(draft.form)), *rows, "check/"]:
        page.goto(f"{here}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
