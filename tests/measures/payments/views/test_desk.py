"""What cashiers do: waivers and refunds by two people, and the books, which balance."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, Body, Read
from adaldyq.kernel.roles import Role
from adaldyq.measures.payments.models import Invoice, Refund, Waiver
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.test_attempts import balances, check_books

pytestmark = pytest.mark.django_db
DESK = "/en/payments/desk/"


def cashier(name: str, body: Body | None = None) -> Client:
    """A browser of a cashier, opened on first use."""
    account = Account.objects.filter(username=name).first()
    if account is None:
        account = factories.account(name)
        factories.grant(account, Role.CASHIER, **({"body": body} if body else {}))
    client = Client()
    client.force_login(account)
    return client


def test_a_waiver_needs_its_ground_and_two_people_and_is_published_without_a_name() -> None:
    of = making.invoice(at=timezone.now())
    first, second = cashier("first"), cashier("second")
    address = f"{DESK}invoices/{of.pk}/"
    bad = first.post(address, {"step": "waive", "ground": "friend", "words": "paper 7"})
    assert bad.status_code == 422
    assert "paper 7" in bad.content.decode()
    assert first.post(address, {"step": "waive", "ground": "large_family", "words": "paper 7"}).status_code == 302
    waiver = Waiver.objects.get()
    own = first.post(f"{DESK}waivers/{waiver.pk}/", {"step": "approve", "words": ""})
    assert own.status_code == 422
    assert of.number in second.get(DESK).content.decode()
    assert second.post(f"{DESK}waivers/{waiver.pk}/", {"step": "approve", "words": "seen"}).status_code == 302
    check_books(of)
    assert (of.state, of.waived, of.to_pay) == ("issued", 50_000, 50_000)
    assert balances(of) == {"receivable": 50_000, "waived": 50_000, "revenue": -100_000}
    public = Client().get("/en/payments/waivers/").content.decode()
    assert "large family" in public
    assert "paper 7" not in public
    assert "Tanatarov" not in public
    assert second.post(f"{DESK}waivers/{waiver.pk}/", {"step": "approve"}).status_code == 409


def test_a_full_waiver_ends_the_invoice() -> None:
    of = making.invoice(at=timezone.now())
    cashier("first").post(f"{DESK}invoices/{of.pk}/", {"step": "waive", "ground": "veteran", "words": "paper 8"})
    cashier("second").post(f"{DESK}waivers/{Waiver.objects.get().pk}/", {"step": "approve"})
    check_books(of)
    assert (of.state, of.to_pay) == ("waived", 0)


def test_a_refund_needs_two_people_and_takes_no_more_than_came() -> None:
    of = making.invoice(at=timezone.now())
    attempt = making.paid(of, at=timezone.now())
    first, second = cashier("first"), cashier("second")
    address = f"{DESK}invoices/{of.pk}/"
    form = {
        "step": "refund",
        "attempt": attempt.pk,
        "amount": "1000,01",
        "ground": "mistake",
        "words": "Wrong service.",
    }
    much = first.post(address, form)
    assert much.status_code == 422
    assert "No more can go back" in much.content.decode()
    assert first.post(address, {**form, "amount": "400"}).status_code == 302
    refund = Refund.objects.get()
    assert first.post(f"{DESK}refunds/{refund.pk}/", {"step": "approve"}).status_code == 422
    assert second.post(f"{DESK}refunds/{refund.pk}/", {"step": "reject"}).status_code == 422
    assert second.post(f"{DESK}refunds/{refund.pk}/", {"step": "approve"}).status_code == 302
    check_books(of)
    assert (of.state, of.reduced, of.refunded, of.held, of.to_pay) == ("paid", 40_000, 40_000, 60_000, 0)
    assert balances(of) == {"clearing.test": 100_000, "refunds_payable": -40_000, "revenue": -60_000}
    assert Read.objects.filter(kind="invoice", person_id=of.person_id).exists()


def test_a_cashier_of_another_body_does_not_find_it() -> None:
    body = factories.body()
    of = making.invoice(at=timezone.now(), version=making.fee(body=body))
    stranger = cashier("stranger", factories.body("Басқа министрлік"))
    assert stranger.get(f"{DESK}invoices/{of.pk}/").status_code == 404
    assert "There is no such invoice" in stranger.get(DESK, {"q": of.number}).content.decode()
    own = cashier("own", body)
    assert own.get(DESK, {"q": of.reference.lower()}).headers["Location"].endswith(f"/desk/invoices/{of.pk}/")
    assert own.get(f"{DESK}invoices/{of.pk}/").status_code == 200


def test_the_books_balance_and_an_auditor_reads_them() -> None:
    making.paid(making.invoice(at=timezone.now()))
    making.invoice(factories.person(["Екінші Адам"]), at=timezone.now())
    auditor = factories.account("auditor")
    factories.grant(auditor, Role.AUDITOR)
    client = Client()
    client.force_login(auditor)
    shown = client.get("/en/payments/books/").content.decode()
    assert "All balances together are zero" in shown
    assert "What payers owe" in shown
    file = client.get("/en/payments/books.csv?account=receivable")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # it is streamed
    assert len(lines) == 4
    assert Invoice.objects.count() == 2
    assert client.get(f"{DESK}").status_code == 403
    assert client.get("/en/payments/books/?since_day=99").status_code == 200
