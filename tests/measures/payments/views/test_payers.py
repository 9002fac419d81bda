"""What a payer sees and does: fees, invoices, a payment at the provider, a receipt that anybody can check."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.models import Account, Document, Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.payments.actions.invoices import expire_invoice
from adaldyq.measures.payments.actions.loading import load_fees
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion, Invoice, PaymentAttempt
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.conformance.peers import sample_peer

pytestmark = pytest.mark.django_db
BY = making.BY


@pytest.fixture
def payer() -> Person:
    who = factories.person()
    account = factories.account("payer", Role.CITIZEN)
    account.person = who
    account.save()
    return who


@pytest.fixture
def of(payer: Person) -> Invoice:
    return making.invoice(payer, at=timezone.now())


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=name))
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(f"/en/payments/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_link_is_enough_to_pay_at_the_provider_and_names_nobody(
    of: Invoice, tmp_path: Path, settings: object
) -> None:
    with sample_peer(tmp_path) as peer:
        provider = peer.provider
        settings.PROVIDER = {  # type: ignore[attr-defined]  # the fixture's own attributes
            "address": provider.origin,
            "key": provider.key,
            "secret": provider.secret,
        }
        client = Client()
        shown = page(client, f"invoices/{of.pk}/")
        assert of.number in shown
        assert "Таңатаров" not in shown
        assert "Tanatarov" not in shown
        sent = {"method": "test:card", "form_key": "k1"}
        for _twice in range(2):
            answer = client.post(f"/en/payments/invoices/{of.pk}/", sent)
            assert answer.status_code == 303
            assert answer.headers["Location"].startswith(provider.origin)
        attempt = PaymentAttempt.objects.get()
        assert (attempt.state, attempt.method, bool(attempt.provider_reference)) == ("started", "card", True)
        assert "A payment is being carried out" in page(client, f"invoices/{of.pk}/")
        wrong = client.post(f"/en/payments/invoices/{of.pk}/", {"method": "test:cash", "form_key": "k2"})
        assert wrong.status_code == 422
    away = client.post(f"/en/payments/invoices/{of.pk}/", {"method": "test:card", "form_key": "k3"})
    assert away.status_code == 422
    assert 'value="test:card"' in away.content.decode()


def test_one_s_own_invoices_are_listed_and_those_of_others_are_not(of: Invoice) -> None:
    making.invoice(factories.person(["Басқа Адам"]))
    mine = page(signed_in("payer"), "my/")
    assert f"invoices/{of.pk}/" in mine
    assert mine.count("/payments/invoices/") == 1
    assert Client().get("/en/payments/invoices/000000000000/").status_code == 404


def test_a_paid_invoice_has_a_receipt_that_its_qr_code_checks(of: Invoice) -> None:
    client, address = Client(), f"/en/payments/invoices/{of.pk}/receipt"
    assert client.get(f"{address}/").status_code == 404
    refused = client.post(f"{address}.pdf")
    assert (refused.status_code, "There is no receipt" in refused.content.decode()) == (409, True)
    making.paid(of, at=timezone.now())
    assert of.number in page(client, f"invoices/{of.pk}/receipt/")
    for _again in range(2):
        answer = client.post(f"{address}.pdf")
        assert answer.headers["Content-Type"] == "application/pdf"
    document = Document.objects.get()
    assert document.person_id == of.person_id
    drawn = pypdfium2.PdfDocument(answer.content)[0].render(scale=3).to_pil()
    found = zxingcpp.read_barcodes(drawn)
    assert [f"number={document.number}" in one.text for one in found] == [True]
    check = client.get(found[0].text.partition("//")[2].partition("/")[2].join(["/", ""]))
    assert "Genuine" in check.content.decode() or "genuine" in check.content.decode()


def test_an_expired_invoice_offers_no_payment(of: Invoice) -> None:
    expire_invoice(subject=of, by=BY, at=timezone.now())
    client = Client()
    assert "Go on to the payment" not in page(client, f"invoices/{of.pk}/")
    answer = client.post(f"/en/payments/invoices/{of.pk}/", {"method": "test:card", "form_key": "k1"})
    assert answer.status_code == 422


def test_fees_of_the_pack_are_published_once_and_shown_with_their_law() -> None:
    for name in ("Денсаулық сақтау министрлігі", "Әділет министрлігі", "Көлік министрлігі"):
        factories.body(name)
    assert load_fees(by=BY, at=timezone.now()) == 6
    assert load_fees(by=BY, at=timezone.now()) == 0
    shown = page(Client(), "")
    assert "Licence for medical care" in shown
    assert "illustrative" in shown
    one = page(Client(), "fees/document/")
    assert "war veteran" in one
    assert "120-VI" in one
    file = Client().get("/en/payments/fees.csv")
    assert "licence-copy" in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]  # it is streamed


def test_a_registrar_of_fees_publishes_a_version_and_invoices_of_before_keep_theirs(of: Invoice) -> None:
    account = factories.account("fees")
    grant_role(account=account, role=Role.REGISTRAR, registry=Registry.FEES, by=BY, at=making.AT)
    client = signed_in("fees")
    form = {
        "since_day": "1",
        "since_month": "1",
        "since_year": "2020",
        "unit": "index",
        "base": "0.5",
        "due_days": "5",
        "law_number": "2-I",
        "law_date_day": "1",
        "law_date_month": "2",
        "law_date_year": "2026",
        **{f"{name}_{code}": f"{name} {code}" for name in ("names", "law", "article") for code in ("kk", "ru", "en")},
    }
    address = "/en/payments/fees/document/change/"
    early = client.post(address, form)
    assert early.status_code == 422
    assert "Choose a day after" in early.content.decode()
    assert 'value="names en"' in early.content.decode()
    assert client.post(address, {**form, "base": "many"}).status_code == 422
    assert client.post(address, {**form, "since_year": "2021"}).status_code == 302
    assert list(FeeVersion.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    of.refresh_from_db()
    assert of.version.version == 1
    assert FeeSchedule.objects.count() == 1
    others = factories.account("permits")
    grant_role(account=others, role=Role.REGISTRAR, registry=Registry.PERMITS, by=BY, at=making.AT)
    assert signed_in("permits").get(address).status_code == 403
