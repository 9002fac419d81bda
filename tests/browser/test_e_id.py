"""A citizen signs in with the e-ID of the sample country: portal and e-ID as processes of their own, in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from adaldyq.project.idp import keys
from tests.browser.conftest import fits, visiting
from tests.browser.looks import Look, in_looks, put_on
from tests.conftest import serving
from tools.with_postgresql import free_port

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def portal(small_country: Path) -> Iterator[str]:
    """The address of a portal with an e-ID beside it."""
    port, e_id_port = free_port(), free_port()
    knows = {
        "ADALDYQ_OIDC_ISSUER": f"http://127.0.0.1:{e_id_port}",
        "ADALDYQ_OIDC_CLIENT": keys.CLIENT,
        "ADALDYQ_OIDC_SECRET": keys.client_secret(small_country),
    }
    e_id = ("idp", "--port", str(e_id_port), "--portal", f"http://127.0.0.1:{port}")
    pages = ("serve", "--host", "127.0.0.1", "--port", str(port))
    with serving(small_country, e_id_port, *e_id), serving(small_country, port, *pages, more=knows) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A visitor whose browser runs scripts, or does not."""
    with visiting(browser, java_script_enabled=request.param, locale="en-GB") as one:
        yield one


def test_a_citizen_signs_in_and_out(portal: str, visitor: Page) -> None:
    visitor.goto(f"{portal}/en/sign-in/")
    visitor.get_by_role("button", name="Sign in with the national e-ID").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Who are you?")
    one = visitor.get_by_role("radio").first
    name = (one.get_attribute("id") or "").removeprefix("person-")
    label = visitor.locator(f"label[for=person-{name}]")
    person = label.inner_text().partition(",")[0]
    label.click()
    visitor.get_by_role("button", name="Continue").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Sign in to Adaldyq?")
    visitor.get_by_role("button", name="Confirm").click()
    expect(visitor).to_have_url(f"{portal}/en/")
    visitor.get_by_role("link", name="My pages").click()
    visitor.get_by_role("link", name="My data").first.click()
    expect(visitor.get_by_role("main").get_by_text(person).first).to_be_visible()
    visitor.get_by_role("button", name="Sign out").click()
    expect(visitor.get_by_role("link", name="Sign in")).to_be_visible()


def test_who_does_not_confirm_is_not_signed_in(portal: str, visitor: Page) -> None:
    visitor.goto(f"{portal}/en/sign-in/")
    visitor.get_by_role("button", name="Sign in with the national e-ID").click()
    visitor.locator("label.govuk-radios__label").first.click()
    visitor.get_by_role("button", name="Continue").click()
    visitor.get_by_role("button", name="Do not sign in").click()
    expect(visitor.get_by_text("You gave up signing in at the e-ID.")).to_be_visible()
    expect(visitor.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_a_name_is_found_and_another_person_can_be_chosen(portal: str, visitor: Page) -> None:
    visitor.goto(f"{portal}/en/sign-in/")
    visitor.get_by_role("button", name="Sign in with the national e-ID").click()
    number = visitor.locator("label.govuk-radios__label").last.inner_text().rpartition(", ")[2]
    visitor.get_by_label("Name or number").fill(number)
    visitor.get_by_role("button", name="Search").click()
    expect(visitor.get_by_role("radio")).to_have_count(1)
    visitor.locator("label.govuk-radios__label").click()
    visitor.get_by_role("button", name="Continue").click()
    visitor.get_by_role("button", name="Be another person").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Who are you?")


@in_looks
def test_the_pages_of_the_e_id_are_sound(portal: str, page: Page, sound: Callable[[], None], look: Look) -> None:
    put_on(page, look)
    page.goto(f"{portal}/{look.language}/sign-in/")
    sound()
    page.locator("main form").first.get_by_role("button").click()
    person = page.locator("label.govuk-radios__label").first
    expect(person).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", look.language)
    fits(page)
    person.click()
    page.locator("form[method=post] button").click()
    expect(person).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("lang", look.language)
    fits(page)
