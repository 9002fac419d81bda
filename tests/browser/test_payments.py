"""Fees, an invoice, the desk of cashiers and the books in a browser: they fit, and everybody can use them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.payments.actions.refunds import NewRefund, request_refund
from adaldyq.measures.payments.actions.waivers import propose_waiver
from adaldyq.measures.payments.models import Invoice, PaymentAttempt, Refund, Waiver
from tests import factories
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.measures.payments import making
from tests.measures.payments.views.test_events import orphan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begun() -> tuple[Invoice, Invoice]:
    """One invoice that is paid, of which something is asked back, and one that waits, whose waiver is proposed."""
    at = timezone.now()
    paid, waits = (making.invoice(at=at) for _each in range(2))
    attempt = making.paid(paid, at=at)
    by = making.cashier("first")
    request_refund(new=NewRefund(attempt, 40_000, "mistake", "Wrong service.", "k"), by=by, at=at)
    propose_waiver(invoice=waits, ground="large_family", words="Paper 7.", by=by, at=at)
    return paid, waits


@in_looks
def test_public_pages_are_sound(live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look) -> None:
    paid, waits = begun()
    put_on(page, look)
    for path in (
        "",
        "fees/document/",
        f"invoices/{waits.pk}/",
        f"invoices/{paid.pk}/",
        f"invoices/{paid.pk}/receipt/",
        "waivers/",
        "numbers/",
    ):
        page.goto(f"{live_server.url}/{look.language}/payments/{path}")
        sound()


@in_looks
def test_pages_of_staff_are_sound(live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look) -> None:
    paid, waits = begun()
    account = factories.account("second")
    factories.grant(account, Role.CASHIER)
    factories.grant(account, Role.REGISTRAR, registry=Registry.FEES)
    put_on(page, look)
    sign_in(page, live_server, account)
    for path in (
        "desk/",
        f"desk/invoices/{waits.pk}/",
        f"desk/invoices/{paid.pk}/",
        f"desk/refunds/{Refund.objects.get().pk}/",
        f"desk/waivers/{Waiver.objects.get().pk}/",
        f"desk/attempts/{PaymentAttempt.objects.get().pk}/",
        "events/",
        f"events/{orphan().pk}/",
        "books/",
        "fees/document/change/",
    ):
        page.goto(f"{live_server.url}/{look.language}/payments/{path}")
        sound()


def test_a_second_cashier_rejects_a_refund_with_a_reason(live_server: LiveServer, page: Page) -> None:
    begun()
    account = factories.account("second")
    factories.grant(account, Role.CASHIER)
    sign_in(page, live_server, account)
    page.goto(f"{live_server.url}/en/payments/desk/refunds/{Refund.objects.get().pk}/")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.get_by_label("Reason").fill("The service was given.")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator("main")).to_contain_text("None waits.")
    assert Refund.objects.get().state == "rejected"
