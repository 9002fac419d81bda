"""What providers told and waits has a page: it is tried again or dismissed; payments are corrected with a kind and a reason."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.payments import tables
from adaldyq.measures.payments.actions.attempts import correct_attempt
from adaldyq.measures.payments.actions.provider_events import (
    apply_provider_event,
    apply_provider_events,
    record_provider_event,
)
from adaldyq.measures.payments.domain.providing import Said
from adaldyq.measures.payments.models import AttemptCorrection, PaymentAttempt, ProviderEvent
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db
EVENTS = "/en/payments/events/"
BY = system("provider")


def text(client: Client, address: str) -> str:
    """The text of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def orphan(key: str = "ABCDEFGHJKMN") -> ProviderEvent:
    """Something told of a payment that nobody knows."""
    said = Said("orphan-1", "succeeded", key, 100_000, "KZT")
    now = timezone.now()
    event = record_provider_event(
        provider=making.PROVIDER, raw=b'{"merchant": "us"}', said=said, told_by="webhook", at=now
    )[0]
    return apply_provider_event(event=event, by=BY, at=now)


def test_an_event_of_an_unknown_payment_waits_on_a_page_until_it_is_dismissed_with_a_reason() -> None:
    one, client = orphan(), cashier("first")
    assert one.state == "waiting"
    assert "What providers told and waits" in text(client, "/en/payments/desk/")
    assert "which nobody knows here" in text(client, EVENTS)
    assert '{"merchant": "us"}' in text(client, f"{EVENTS}{one.pk}/")
    again = client.post(f"{EVENTS}{one.pk}/", {"step": "retry", "words": ""})
    assert (again.status_code, "still not there" in again.content.decode()) == (422, True)
    assert client.post(f"{EVENTS}{one.pk}/", {"step": "dismiss", "words": " "}).status_code == 422
    lines = Leaf.objects.count()
    assert client.post(f"{EVENTS}{one.pk}/", {"step": "dismiss", "words": "Of the shop next door"}).status_code == 302
    one.refresh_from_db()
    assert (one.state, one.reason, one.decided_by and one.decided_by.username) == (
        "dismissed",
        "Of the shop next door",
        "first",
    )
    assert Leaf.objects.count() == lines + 1
    assert "Nothing waits" in text(client, EVENTS)
    assert "Of the shop next door" in text(client, f"{EVENTS}?tab=settled")
    assert client.post(f"{EVENTS}{one.pk}/", {"step": "dismiss", "words": "again"}).status_code == 409


def test_what_waited_is_applied_once_its_payment_is_there() -> None:
    made = making.attempt(making.invoice(at=timezone.now()), at=timezone.now())
    key = made.pk
    one = orphan(key="ZZZZZZZZZZZZ")
    ProviderEvent.objects.filter(pk=one.pk).update(attempt_key=key)
    assert cashier("first").post(f"{EVENTS}{one.pk}/", {"step": "retry", "words": ""}).status_code == 302
    made.refresh_from_db()
    one.refresh_from_db()
    assert (made.state, one.state, one.attempt) == ("success", "applied", made)
    check_books(made.invoice)


def test_an_auditor_reads_what_waits_and_decides_nothing() -> None:
    one, account, client = orphan(), factories.account("auditor"), Client()
    factories.grant(account, Role.AUDITOR)
    client.force_login(account)
    assert "Dismiss it" not in text(client, f"{EVENTS}{one.pk}/")
    assert client.post(f"{EVENTS}{one.pk}/", {"step": "dismiss", "words": "no"}).status_code == 403
    assert Client().get(EVENTS).status_code in {302, 403}


def test_a_payment_that_turned_out_otherwise_is_corrected_on_its_page() -> None:
    made = making.paid(making.invoice(at=timezone.now()), at=timezone.now())
    client, address = cashier("first"), f"/en/payments/desk/attempts/{made.pk}/"
    assert address in text(client, f"/en/payments/desk/invoices/{made.invoice_id}/")
    shown = text(client, address)
    assert "The money had not come" in shown
    assert "The bank gave the money back" not in shown
    assert client.post(address, {"kind": "false_success", "words": ""}).status_code == 422
    assert client.post(address, {"kind": "late_success", "words": "Letter 7"}).status_code == 422
    assert client.post(address, {"kind": "false_success", "words": "Letter 7"}).status_code == 302
    made.refresh_from_db()
    check_books(made.invoice)
    assert (made.state, made.captured, made.invoice.state) == ("error", 0, "issued")
    assert AttemptCorrection.objects.get().words == "Letter 7"
    assert "The money came after all" in text(client, address)
    stranger = cashier("stranger", factories.body("Басқа министрлік"))
    assert stranger.get(address).status_code == 404
    assert PaymentAttempt.objects.count() == 1


def test_money_that_came_after_all_is_proposed_by_one_and_confirmed_by_another() -> None:
    made = making.attempt(making.invoice(at=timezone.now()), at=timezone.now())
    apply_provider_events(events=[making.told(made, "declined")], by=making.BY, at=timezone.now())
    first, second, address = cashier("first"), cashier("second"), f"/en/payments/desk/attempts/{made.pk}/"
    said = {"kind": "late_success", "words": "Letter 7"}
    assert first.post(address, said).status_code == 302
    made.refresh_from_db()
    made.invoice.refresh_from_db()
    assert (made.state, made.invoice.state) == ("declined", "issued")
    assert address in text(second, "/en/payments/desk/")
    assert "Confirm the correction" not in text(first, address)
    assert first.post(address, {"step": "approve", "words": ""}).status_code == 422
    assert second.post(address, {"step": "reject", "words": ""}).status_code == 422
    assert second.post(address, {"step": "reject", "words": "No such letter"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "declined"
    assert first.post(address, said).status_code == 302
    assert second.post(address, {"step": "approve", "words": ""}).status_code == 302
    made.refresh_from_db()
    check_books(made.invoice)
    assert (made.state, made.invoice.state) == ("success", "paid")
    assert [row["corrected_by_id"] for row in tables.payments()] == [making.cashier("first").id]
    with pytest.raises(DomainError) as refused:
        correct_attempt(attempt=made, kind="late_success", words="Alone", by=making.cashier("first"), at=timezone.now())
    assert refused.value.code == "correction-needs-two"
