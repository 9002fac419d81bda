"""Money that a bank took back: what is left may still go back, what is owed can be paid, and a transfer is taken back too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions import hearing
from adaldyq.measures.payments.actions.charging_back import match_charge_back
from adaldyq.measures.payments.actions.closing import close_statement
from adaldyq.measures.payments.actions.invoices import cancel_invoice
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.provider_events import apply_provider_event
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, finish_refund, request_refund
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import BankStatement, Invoice
from adaldyq.measures.payments.queries import invoices
from adaldyq.measures.payments.queries.books import bank_apart, bank_apart_by_days, misfits
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_contested import closing, paid, say, tell
from tests.measures.payments.test_reconciling import DAY, NEXT, day, entry, found, take
from tests.measures.payments.test_webhooks import SECRET

pytestmark = pytest.mark.django_db
LATER = NEXT + timedelta(1)


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.PROVIDER = {"address": "http://127.0.0.1:9", "key": "k", "secret": SECRET}
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)
    for one in (hearing.away_until, hearing.apply_again, hearing.look_again, jobs.left_out):
        one.clear()


def test_what_is_left_after_a_part_was_taken_back_goes_back_once_its_invoice_is_cancelled() -> None:
    attempt = paid()
    tell(attempt, "charged_back", 2, amount=30_000)
    of = cancel_invoice(invoice=Invoice.objects.get(pk=attempt.invoice_id), by=BY, at=AT)
    assert [one.pk for one in invoices.can_give_back(of)] == [attempt.pk]
    with pytest.raises(DomainError, match="refund-too-much"):
        request_refund(new=NewRefund(attempt, 70_001, "cancelled", "Fell", "more"), by=making.cashier("first"), at=AT)
    new = NewRefund(attempt, 70_000, "cancelled", "Fell", "rest")
    refund = request_refund(new=new, by=making.cashier("first"), at=AT)
    approve_refund(refund=refund, words="", by=making.cashier("second"), at=AT)
    finish_refund(refund=refund, reference="r", by=BY, at=AT)
    of.refresh_from_db()
    assert (of.held, closing().get("clearing.test", 0), closing().get("refunds_payable", 0)) == (0, 0, 0)
    assert (invoices.can_give_back(of), misfits()) == ([], [])


def test_a_fee_that_is_owed_again_after_its_last_day_can_be_paid() -> None:
    attempt = paid()
    late = timezone.now() + timedelta(days=90)
    apply_provider_event(event=making.told(attempt, "charged_back", at=late), by=BY, at=late)
    of = Invoice.objects.get(pk=attempt.invoice_id)
    assert (of.state, of.expires_date, invoices.may_be_paid(of, late.date())) == ("issued", None, True)
    assert making.attempt(of, "again", at=late).amount == 100_000


def reversed_transfer() -> tuple[Invoice, BankStatement]:
    """A transfer of a closed day, and the open day on which the payer's bank took it back."""
    of = making.invoice()
    [statement] = take(day([entry(1, 100_000, of.reference)])).statements
    match_statement(statement=statement, at=NEXT)
    close_statement(statement=statement, by=making.cashier("first"), at=NEXT)
    [second] = take(day([entry(2, -100_000, of.reference)], 100_000, DAY + timedelta(1)), at=LATER).statements
    match_statement(statement=second, at=LATER)
    of.refresh_from_db()
    assert (of.state, found(2).state) == ("paid", "queued")
    return of, second


def test_a_transfer_that_the_bank_took_back_after_its_day_is_owed_again() -> None:
    of, second = reversed_transfer()
    assert say(f"taken:{of.attempts.get().pk}") == 302
    check_books(of)
    assert (of.state, of.to_pay, found(2).verdict) == ("issued", 100_000, "taken_back")
    assert (closing().get("bank", 0), bank_apart(), bank_apart_by_days("KZT"), misfits()) == (0, {}, 0, [])
    assert close_statement(statement=second, by=making.cashier("first"), at=LATER).state == "closed"


def test_that_a_transfer_was_taken_back_is_undone_by_another_cashier() -> None:
    of, _second = reversed_transfer()
    assert say(f"taken:{of.attempts.get().pk}") == 302
    take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=LATER)
    check_books(of)
    assert (of.state, of.held, found(2).state) == ("paid", 100_000, "queued")
    assert (closing()["bank"], bank_apart(), misfits()) == (100_000, {}, [])


def test_a_transfer_of_which_something_is_asked_back_is_not_said_to_be_taken() -> None:
    of, _second = reversed_transfer()
    transfer = of.attempts.get()
    request_refund(new=NewRefund(transfer, 1, "mistake", "Wrong", "one"), by=making.cashier("first"), at=AT)
    with pytest.raises(DomainError, match="statement-no-payment"):
        match_charge_back(entry=found(2), attempt=transfer, words="So", by=making.cashier("second"), at=LATER)
