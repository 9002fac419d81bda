"""The catalogue of permits, its review, its counter and a procedure in a browser: they fit, and everybody can use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.countries.loader import HERE
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.days import day_of, pack_due
from adaldyq.kernel.models import Account
from adaldyq.kernel.naming import pack
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.permits.actions.procedures import publish_procedure
from adaldyq.measures.permits.actions.reviewing import open_round
from adaldyq.measures.permits.domain.deciding import Reference
from adaldyq.measures.permits.domain.procedures import read
from adaldyq.measures.permits.models import PermitLicence, PermitReview, PermitRound
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.factories import BY
from tests.measures.permits.applying import applicant, draft, granted, officers, opened, sent
from tests.measures.permits.entries import entry
from tests.measures.permits.reviewing import officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begun() -> None:
    """An entry with a procedure, under review since today."""
    at = timezone.now()
    made = entry(of=factories.body())
    file = HERE / "kz" / "procedures" / "L-001.json"
    publish_procedure(entry=made, procedure=read(file.read_text(encoding="utf-8")), by=BY, at=at)
    until = pack().calendar.next_working(pack_due("permit_justification", day_of(at)))
    order = Reference("Order on the review", "55-n", day_of(at) - timedelta(3))
    by = actor_of(factories.account("reviewer", Role.REVIEWER))
    open_round(entries=[made], order=order, until=until, by=by, at=at)


@in_looks
def test_public_pages_are_sound(live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look) -> None:
    begun()
    put_on(page, look)
    shown = (
        "",
        "?q=тамақ&activity=56.1",
        "L-001/",
        "L-001/procedure/",
        "counter/",
        "changes/",
        "reviews/",
        f"reviews/{PermitRound.objects.get().pk}/",
        f"reviews/of/{PermitReview.objects.get().pk}/",
    )
    for path in shown:
        page.goto(f"{live_server.url}/{look.language}/permits/{path}")
        sound()


@in_looks
def test_pages_of_an_application_and_its_licence_are_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look
) -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = granted(of, who)
    unsent = draft(of, who)
    licence = PermitLicence.objects.get(application=one)
    put_on(page, look)
    public = ("guide/", "L-001/apply/", "licences/", f"licences/{licence.number}/", "verify/?t=x", "draws/", "numbers/")
    own = (f"{one.pk}/", f"{unsent.pk}/", f"{unsent.pk}/part/requirements/", f"{unsent.pk}/check/")
    for path in (*public, f"verify/?t={licence.number}", f"draws/{one.draw_id}/"):
        page.goto(f"{live_server.url}/{look.language}/permits/{path}")
        sound()
    sign_in(page, live_server, who)
    for path in own:
        page.goto(f"{live_server.url}/{look.language}/permits/applications/{path}")
        sound()


@in_looks
def test_the_page_of_several_applications_at_once_is_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look
) -> None:
    of, who = opened(), applicant()
    officers(of.body)
    sent(of, who, timezone.now())
    put_on(page, look)
    sign_in(page, live_server, Account.objects.get(username="officer-1"))
    page.goto(f"{live_server.url}/{look.language}/permits/inbox/")
    sound()
    page.goto(f"{live_server.url}/{look.language}/permits/inbox/together/")
    sound()
    page.locator("input[name=what]").first.check()
    page.locator("input[name=applications]").first.check()
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main table")).to_be_visible()


@in_looks
def test_pages_of_the_keeper_are_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look
) -> None:
    begun()
    account = factories.account("registrar-permits")
    factories.grant(account, Role.REGISTRAR, registry=Registry.PERMITS)
    put_on(page, look)
    sign_in(page, live_server, account)
    for path in ("new/", "L-001/change/", "L-001/procedure/publish/"):
        page.goto(f"{live_server.url}/{look.language}/permits/{path}")
        sound()


def test_an_officer_justifies_in_the_browser(live_server: LiveServer, page: Page, sound: Callable[[], None]) -> None:
    begun()
    review = PermitReview.objects.select_related("entry__body").get()
    sign_in(page, live_server, officer(review.entry.body))
    page.goto(f"{live_server.url}/en/permits/queue/")
    sound()
    page.get_by_role("link", name="Public catering").click()
    page.get_by_role("button", name="Justify it").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Why it is needed").fill("People fell ill in 2019")
    page.get_by_role("button", name="Justify it").click()
    expect(page.locator("main")).to_contain_text("People fell ill in 2019")
    review.refresh_from_db()
    assert review.state == "justified"
