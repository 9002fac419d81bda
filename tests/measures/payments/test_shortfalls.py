"""What a payer's bank took while a refund held it is booked in full once the refund is gone, in whatever order both came."""

from __future__ import annotations

from contextlib import suppress
from itertools import permutations

import pytest
from django.utils import timezone
from pytest_django import Settings

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions import hearing
from adaldyq.measures.payments.actions.refunds import (
    NewRefund,
    approve_refund,
    reject_refund,
    request_refund,
    return_refund,
)
from adaldyq.measures.payments.models import PaymentAttempt, Refund
from adaldyq.measures.payments.queries.books import bank_apart, misfits
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_contested import approved, closing, paid, tell
from tests.measures.payments.test_reconciling import entry, found, matched
from tests.measures.payments.test_webhooks import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.PROVIDER = {"address": "http://127.0.0.1:9", "key": "k", "secret": SECRET}
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)
    for one in (hearing.away_until, hearing.apply_again, hearing.look_again, jobs.left_out):
        one.clear()


def asked(attempt: PaymentAttempt, amount: int = 100_000) -> Refund:
    """A refund that a second person has not decided about."""
    new = NewRefund(attempt, amount, "mistake", "Wrong", "one")
    return request_refund(new=new, by=making.cashier("first"), at=AT)


def reject(refund: Refund) -> None:
    """Reject a refund as the second cashier."""
    reject_refund(refund=refund, words="The bank took it", by=making.cashier("second"), at=AT)


def approve(refund: Refund) -> Refund:
    """Approve a refund as the second cashier."""
    return approve_refund(refund=refund, words="", by=making.cashier("second"), at=AT)


@pytest.mark.parametrize("disputed", [True, False])
def test_what_was_taken_while_a_refund_was_asked_for_is_booked_once_it_is_rejected(disputed: bool) -> None:
    attempt = paid()
    refund = asked(attempt)
    if disputed:
        tell(attempt, "disputed", 2)
    tell(attempt, "charged_back", 3)
    assert attempt.charged_back == 0
    reject(refund)
    matched(entry(1, 100_000, attempt.invoice.reference, attempt.pk), entry(2, -100_000, "", attempt.pk))
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    assert (attempt.charged_back, attempt.invoice.state, attempt.invoice.to_pay) == (100_000, "issued", 100_000)
    assert [found(one).verdict for one in (1, 2)] == ["settled", "taken_back"]
    assert (closing().get("clearing.test", 0), closing().get("bank", 0), misfits(), bank_apart()) == (0, 0, [], {})


def test_what_is_contested_while_a_refund_is_asked_for_is_booked_once_it_is_rejected_and_won() -> None:
    attempt = paid()
    refund = asked(attempt, 40_000)
    tell(attempt, "disputed", 2)
    assert attempt.contested == 60_000
    reject(refund)
    attempt.refresh_from_db()
    assert (attempt.contested, closing()["contested"], misfits()) == (100_000, 100_000, [])
    tell(attempt, "dispute_won", 3)
    check_books(attempt.invoice)
    assert (attempt.contested, closing().get("contested", 0), closing()["clearing.test"]) == (0, 0, 100_000)


@pytest.mark.parametrize("kind", ["disputed", "charged_back"])
def test_nothing_is_approved_to_go_back_that_the_bank_contests_or_took(kind: str) -> None:
    attempt = paid()
    refund = asked(attempt)
    tell(attempt, kind, 2)
    with pytest.raises(DomainError) as refused:
        approve(refund)
    assert (refused.value.code, "%" in sentence(refused.value)) == ("refund-taken-back", False)
    refund.refresh_from_db()
    assert (refund.state, misfits()) == ("requested", [])


def test_what_was_taken_of_a_payment_whose_refund_was_approved_is_booked_once_that_fails() -> None:
    attempt = paid()
    refund = approved(attempt, 40_000)
    tell(attempt, "charged_back", 3)
    assert attempt.charged_back == 60_000
    return_refund(refund=refund, by=BY, at=AT)
    matched(entry(1, 100_000, attempt.invoice.reference, attempt.pk), entry(2, -100_000, "", attempt.pk))
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    assert (attempt.charged_back, attempt.invoice.held, closing().get("bank", 0)) == (100_000, 0, 0)


ENDS = [("ask", "reject"), ("ask", "approve", "fail")]
ORDERS = [
    order
    for end in ENDS
    for order in permutations([*end, "taken"])
    if tuple(one for one in order if one != "taken") == end
]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
@pytest.mark.parametrize("amount", [40_000, 100_000])
def test_the_books_are_the_same_in_whatever_order_a_refund_and_a_charge_back_come(
    order: tuple[str, ...], amount: int
) -> None:
    attempt = paid()
    for one in order:
        refund = attempt.refunds.first()
        with suppress(Conflict, DomainError):  # what cannot be is refused, and leaves the books as they are
            if one == "ask":
                asked(attempt, amount)
            elif one == "taken":
                tell(attempt, "charged_back", 2)
            elif refund is not None:
                {"approve": approve, "reject": reject, "fail": fail}[one](refund)
        attempt.refresh_from_db()
    for refund in attempt.refunds.filter(state="requested"):
        reject(refund)
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    stands = (attempt.charged_back, attempt.refunding, attempt.invoice.held, attempt.invoice.charged_back)
    assert stands == (100_000, 0, 0, 100_000)
    assert [closing().get(one, 0) for one in ("clearing.test", "refunds_payable", "unallocated")] == [0, 0, 0]
    assert misfits() == []


def fail(refund: Refund) -> None:
    """Let the provider refuse a refund."""
    return_refund(refund=refund, by=BY, at=timezone.now())
