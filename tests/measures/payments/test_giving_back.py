"""Refunds of money that came by bank go back by a transfer: the statement that shows it ends them, by key or by a person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account, Notification
from adaldyq.measures.payments.actions.closing import close_statement, match_entry
from adaldyq.measures.payments.actions.giving_back import match_refund
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.refunds import (
    NewRefund,
    approve_refund,
    finish_refund,
    reject_refund,
    request_refund,
    return_refund,
)
from adaldyq.measures.payments.actions.refunds_again import request_again
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import Invoice, Refund
from adaldyq.measures.payments.queries.books import bank_apart, misfits, trial_balance
from adaldyq.measures.payments.queries.messages import MESSAGES
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_reconciling import DAY, NEXT, bank, day, entry, found, matched, take
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


def overpaid(method: str = "transfer") -> tuple[Invoice, Refund]:
    """An invoice that was paid with 200.00 too much, and the approved refund of that."""
    of = making.invoice()
    [statement] = take(day([entry(1, 120_000)])).statements
    match_statement(statement=statement, at=NEXT)
    match_entry(entry=found(1), invoice=of, method=method, words="By the name", by=making.cashier("first"), at=NEXT)
    close_statement(statement=statement, by=making.cashier("first"), at=NEXT)
    new = NewRefund(of.attempts.get(), 20_000, "overpaid", "Too much", "one")
    refund = request_refund(new=new, by=making.cashier("first"), at=NEXT)
    return of, approve_refund(refund=refund, words="", by=making.cashier("second"), at=NEXT)


def went_out(number: int, amount: int, key: str = "") -> None:
    """The statement of the next day, by which money left the bank."""
    later = NEXT + timedelta(1)
    [statement] = take(day([entry(number, -amount, "", key)], 120_000, DAY + timedelta(1)), at=later).statements
    match_statement(statement=statement, at=later)


def owed() -> int:
    """What is on its way back to payers, by the books."""
    return sum(-one.closing for one in trial_balance() if one.account == "refunds_payable")


@pytest.mark.parametrize("method", ["transfer", "cash_at_bank"])
def test_a_transfer_with_the_key_of_a_refund_ends_it(method: str) -> None:
    _of, refund = overpaid(method)
    shown = cashier("first").get(f"/en/payments/desk/refunds/{refund.pk}/").content.decode()
    assert f"with the reference {refund.pk}" in shown
    went_out(2, 20_000, refund.pk)
    refund.refresh_from_db()
    assert (refund.state, found(2).state, found(2).verdict) == ("done", "matched", "given_back")
    assert (bank(), owed(), misfits(), bank_apart()) == (100_000, 0, [], {})
    close_statement(statement=found(2).statement, by=making.cashier(), at=NEXT + timedelta(1))


def test_a_transfer_without_it_is_offered_as_the_refund_to_a_person() -> None:
    of, refund = overpaid()
    went_out(2, 20_000)
    assert found(2).state == "queued"
    first, second = cashier("first"), cashier("second")
    address = f"/en/payments/statements/entries/{found(2).pk}/"
    assert f"of invoice {of.number}" in shown(first, address)
    said = {"verdict": f"refund:{refund.pk}", "words": "The transfer of today"}
    assert first.post(address, said).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, found(2).state, bank(), owed(), bank_apart()) == ("done", "explained", 100_000, 0, {})
    take_explanation_back(entry=found(2), words="Of another", by=making.cashier("second"), at=NEXT)
    refund.refresh_from_db()
    assert (refund.state, found(2).state, bank(), owed(), bank_apart()) == ("approved", "queued", 120_000, 20_000, {})
    assert second.post(address, said).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, bank(), owed(), bank_apart(), misfits()) == ("done", 100_000, 0, {}, [])


def test_an_entry_is_no_refund_of_another_sum_nor_one_that_nobody_approved() -> None:
    of, refund = overpaid()
    other = request_refund(
        new=NewRefund(of.attempts.get(), 30_000, "mistake", "Wrong", "two"), by=making.cashier("first"), at=AT
    )
    went_out(2, 30_000)
    for one in (refund, other):
        with pytest.raises(DomainError) as refused:
            match_refund(entry=found(2), refund=one, words="It is", by=making.cashier("second"), at=NEXT)
        assert refused.value.code == "statement-no-refund"
    assert (found(2).state, bank()) == ("queued", 120_000)


def test_what_a_provider_gave_back_and_the_bank_shows_without_its_key_is_explained_too() -> None:
    attempt = making.paid(making.invoice())
    refund = request_refund(
        new=NewRefund(attempt, 20_000, "mistake", "Wrong", "one"), by=making.cashier("first"), at=AT
    )
    approve_refund(refund=refund, words="", by=making.cashier("second"), at=AT)
    finish_refund(refund=refund, reference="", by=BY, at=AT)
    matched(entry(1, -20_000))
    match_refund(entry=found(1), refund=refund, words="By the sum", by=making.cashier(), at=NEXT)
    closing = {one.account: one.closing for one in trial_balance()}
    assert (closing["bank"], closing["clearing.test"], bank_apart()) == (-20_000, 100_000, {})


def shown(client: Client, address: str) -> str:
    """The text of a page."""
    return client.get(address).content.decode()


def came_back(refund: Refund) -> str:
    """The refund was transferred, and the bank sent the money back two days later; the address of that entry."""
    went_out(2, 20_000, refund.pk)
    at = NEXT + timedelta(2)
    [statement] = take(day([entry(3, 20_000, "", refund.pk)], 100_000, DAY + timedelta(2)), at=at).statements
    match_statement(statement=statement, at=at)
    assert found(3).state == "queued"
    return f"/en/payments/statements/entries/{found(3).pk}/"


def test_a_transfer_that_the_bank_sent_back_is_given_back_again_to_another_account_by_two() -> None:
    of, refund = overpaid()
    making.invoice(version=making.fee("rare", of=making.terms("200")), at=AT)
    address = came_back(refund)
    page = shown(cashier("first"), address)
    assert page.index(f"returned:{refund.pk}") < page.index('value="invoice:')
    assert "checked" not in page
    said = {"verdict": f"returned:{refund.pk}", "words": "The bank says that the account is closed"}
    assert f"of invoice {of.number}" in shown(cashier("first"), address)
    assert cashier("first").post(address, said).status_code == 302
    refund.refresh_from_db()
    of.refresh_from_db()
    assert (refund.state, found(3).verdict, of.held, of.refunded) == ("failed", "came_back", 120_000, 0)
    assert (bank(), owed(), misfits(), bank_apart()) == (120_000, 0, [], {})
    again = f"/en/payments/desk/refunds/{refund.pk}/again/"
    assert again in cashier("first").get("/en/payments/desk/").content.decode()
    wrong = cashier("first").post(again, {"account": "№1", "words": "Letter of 5 March"})
    assert (wrong.status_code, "is no number of an account" in wrong.content.decode()) == (422, True)
    assert cashier("first").post(again, {"account": "kz86 125K ZT50 0410", "words": "Letter"}).status_code == 302
    new = Refund.objects.exclude(pk=refund.pk).get()
    assert (new.state, new.amount, new.account) == ("requested", 20_000, "KZ86125KZT500410")
    assert again not in cashier("first").get("/en/payments/desk/").content.decode()
    twice = cashier("second").post(again, {"account": "", "words": "Letter"})
    assert (twice.status_code, Refund.objects.count()) == (422, 2)
    with pytest.raises(DomainError):
        approve_refund(refund=new, words="", by=making.cashier("first"), at=NEXT)
    approve_refund(refund=new, words="", by=making.cashier("second"), at=NEXT + timedelta(2))
    assert "KZ86125KZT500410" in cashier("first").get(f"/en/payments/desk/refunds/{new.pk}/").content.decode()
    assert (owed(), misfits(), bank_apart()) == (20_000, [], {})


def test_a_refund_that_failed_and_was_asked_for_by_the_ordinary_form_is_listed_no_longer() -> None:
    of, refund = overpaid()
    return_refund(refund=refund, by=making.cashier("first"), at=NEXT)
    again = f"/en/payments/desk/refunds/{refund.pk}/again/"
    assert again in shown(cashier("first"), "/en/payments/desk/")
    new = NewRefund(of.attempts.get(), 20_000, "overpaid", "Once more", "two")
    other = request_refund(new=new, by=making.cashier("first"), at=NEXT)
    for state in ("requested", "approved"):
        assert again not in shown(cashier("first"), "/en/payments/desk/")
        assert again not in shown(cashier("first"), f"/en/payments/desk/refunds/{refund.pk}/")
        twice = cashier("first").post(again, {"account": "", "words": "Letter"})
        assert (twice.status_code, "asked for again already" in twice.content.decode()) == (422, True)
        other.refresh_from_db()
        if state == other.state == "requested":
            approve_refund(refund=other, words="", by=making.cashier("second"), at=NEXT)
    assert (Refund.objects.count(), owed(), misfits()) == (2, 20_000, [])


def test_the_payer_is_told_of_the_account_to_which_a_refund_goes() -> None:
    of, refund = overpaid()
    account = factories.account("payer")
    Account.objects.filter(pk=account.pk).update(person=of.person)
    again = request_again(
        refund=refund, account="KZ86125KZT500410", words="Letter", by=making.cashier("first"), at=NEXT
    )
    approve_refund(refund=again, words="", by=making.cashier("second"), at=NEXT)
    told = Notification.objects.get(account=account, message__startswith="refund-approved")
    with override("en"):
        assert "to the account that you named" in str(MESSAGES[told.message].text)


def test_a_transfer_that_never_left_is_asked_for_again() -> None:
    of, refund = overpaid()
    again = f"/en/payments/desk/refunds/{refund.pk}/again/"
    assert again in cashier("first").get(f"/en/payments/desk/refunds/{refund.pk}/").content.decode()
    assert cashier("first").post(again, {"account": "", "words": "The bank refused it"}).status_code == 302
    refund.refresh_from_db()
    of.refresh_from_db()
    assert (refund.state, of.refunded, owed(), misfits()) == ("failed", 0, 0, [])
    assert Refund.objects.exclude(pk=refund.pk).get().account is None


def test_what_was_wrongly_said_to_be_a_refund_that_came_back_is_taken_back_by_another() -> None:
    _of, refund = overpaid()
    address = came_back(refund)
    cashier("first").post(address, {"verdict": f"returned:{refund.pk}", "words": "By the sum"})
    take_explanation_back(entry=found(3), words="Of another", by=making.cashier("second"), at=NEXT)
    refund.refresh_from_db()
    assert (refund.state, found(3).state, bank(), owed(), misfits()) == ("done", "queued", 100_000, 0, [])
    assert bank_apart() == {}


@pytest.mark.parametrize("approved", [False, True])
def test_a_refund_that_was_asked_for_again_is_not_done_after_all(approved: bool) -> None:
    of, refund = overpaid()
    address = came_back(refund)
    cashier("first").post(address, {"verdict": f"returned:{refund.pk}", "words": "By the sum"})
    again = f"/en/payments/desk/refunds/{refund.pk}/again/"
    assert cashier("first").post(again, {"account": "", "words": "Letter"}).status_code == 302
    new = Refund.objects.exclude(pk=refund.pk).get()
    if approved:
        approve_refund(refund=new, words="", by=making.cashier("second"), at=NEXT)
    with pytest.raises(DomainError) as refused:
        take_explanation_back(entry=found(3), words="Of another", by=making.cashier("second"), at=NEXT)
    assert refused.value.code == "payment-given-back"
    refund.refresh_from_db()
    of.refresh_from_db()
    assert (refund.state, of.refunded) == ("failed", 20_000 if approved else 0)


def test_a_refund_that_was_asked_for_again_in_vain_is_done_after_all() -> None:
    _of, refund = overpaid()
    address = came_back(refund)
    cashier("first").post(address, {"verdict": f"returned:{refund.pk}", "words": "By the sum"})
    cashier("first").post(f"/en/payments/desk/refunds/{refund.pk}/again/", {"account": "", "words": "Letter"})
    new = Refund.objects.exclude(pk=refund.pk).get()
    reject_refund(refund=new, words="The bank was wrong", by=making.cashier("second"), at=NEXT)
    take_explanation_back(entry=found(3), words="Of another", by=making.cashier("second"), at=NEXT)
    refund.refresh_from_db()
    assert (refund.state, owed(), misfits()) == ("done", 0, [])


@pytest.mark.parametrize("approved", [False, True])
def test_a_refund_that_was_asked_for_by_the_ordinary_form_is_not_done_after_all(approved: bool) -> None:
    of, refund = overpaid()
    cashier("first").post(came_back(refund), {"verdict": f"returned:{refund.pk}", "words": "By the sum"})
    new = NewRefund(of.attempts.get(), 20_000, "overpaid", "Once more", "two")
    asked = request_refund(new=new, by=making.cashier("first"), at=timezone.now())
    if approved:
        approve_refund(refund=asked, words="", by=making.cashier("second"), at=timezone.now())
    with pytest.raises(DomainError) as refused:
        take_explanation_back(entry=found(3), words="Of another", by=making.cashier("second"), at=timezone.now())
    assert refused.value.code == "payment-given-back"
    of.refresh_from_db()
    assert (of.refunded, misfits()) == (20_000 if approved else 0, [])
