"""Whatever a provider tells, however often and in whatever order, leads to one end, and the books follow."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.measures.payments.actions.attempts import correct_attempt, open_attempt, prove_payment, start_attempt
from adaldyq.measures.payments.actions.books import standing
from adaldyq.measures.payments.actions.invoices import cancel_invoice, expire_invoice
from adaldyq.measures.payments.actions.provider_events import apply_provider_events, record_provider_event
from adaldyq.measures.payments.domain.providing import Said
from adaldyq.measures.payments.models import AttemptCorrection, BookEntry, Invoice, PaymentAttempt, ProviderEvent
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY

STORIES: Sequence[tuple[tuple[str, ...], str, str]] = (
    (("started", "submitted", "succeeded"), "success", "paid"),
    (("started", "declined"), "declined", "issued"),
    (("declined", "succeeded"), "success", "paid"),
    (("expired", "started", "succeeded"), "success", "paid"),
    (("succeeded", "dispute_opened"), "disputed", "paid"),
    (("submitted", "succeeded", "dispute_opened", "dispute_won"), "success", "paid"),
    (("succeeded", "dispute_opened", "charged_back"), "charged_back", "issued"),
    (("cancelled", "succeeded", "charged_back"), "charged_back", "issued"),
)


def balances(of: Invoice) -> dict[str, int]:
    """What the books say of an invoice, by account."""
    found: dict[str, int] = {}
    for side, sign in (("debit_id", 1), ("credit_id", -1)):
        for account, amount in of.entries.values_list(side).annotate(Sum("amount")).order_by():
            found[account] = found.get(account, 0) + sign * amount
    return {account: balance for account, balance in found.items() if balance}


def check_books(of: Invoice) -> None:
    """The books say what follows from how the invoice stands, and nothing is lost."""
    of.refresh_from_db()
    said = balances(of)
    assert sum(said.values()) == 0
    for account, wanted in standing(of).balances.items():
        assert said.get(account, 0) == wanted, (account, said)


class AnyOrder(TestCase):
    @examples(max_examples=25, deadline=None)
    @given(st.sampled_from(STORIES), st.data())
    def test_events_in_any_order_with_repeats_come_to_one_end(
        self, story: tuple[tuple[str, ...], str, str], data: st.DataObject
    ) -> None:
        kinds, end, invoice_end = story
        told = data.draw(st.permutations([*kinds, *data.draw(st.lists(st.sampled_from(kinds), max_size=3))]))
        of = making.invoice()
        attempt = making.attempt(of)
        while told:
            size = data.draw(st.integers(1, len(told)))
            batch, told = told[:size], told[size:]
            events = [making.told(attempt, kind) for kind in batch]
            apply_provider_events(events=events, by=BY, at=AT)
        attempt.refresh_from_db()
        check_books(of)
        assert (attempt.state, of.state) == (end, invoice_end)
        assert ProviderEvent.objects.filter(attempt=attempt).count() == len(set(kinds))
        assert not ProviderEvent.objects.filter(attempt=attempt, state__in=["stored", "waiting"]).exists()


@pytest.mark.django_db
def test_what_does_not_fit_is_refused_and_kept() -> None:
    of = making.invoice()
    attempt = making.attempt(of)
    wrong = {
        "sum": Said("1", "succeeded", attempt.pk, attempt.amount - 1, "KZT"),
        "currency": Said("2", "succeeded", attempt.pk, attempt.amount, "USD"),
    }
    for said in wrong.values():
        event, _new = record_provider_event(provider="test", raw=b"x", said=said, told_by="webhook", at=AT)
        apply_provider_events(events=[event], by=BY, at=AT)
        event.refresh_from_db()
        assert (event.state, event.problem, bytes(event.raw)) == ("refused", "provider-event-sum", b"x")
    other = Said("3", "succeeded", attempt.pk, attempt.amount, "KZT")
    event, _new = record_provider_event(provider="another", raw=b"y", said=other, told_by="webhook", at=AT)
    apply_provider_events(events=[event], by=BY, at=AT)
    event.refresh_from_db()
    assert event.problem == "provider-event-of-another"
    with pytest.raises(DomainError, match="provider-event-changed"):
        record_provider_event(
            provider="test", raw=b"z", said=Said("1", "declined", attempt.pk), told_by="webhook", at=AT
        )
    unknown = Said("4", "succeeded", "000000000000", 1, "KZT")
    event, is_new = record_provider_event(provider="test", raw=b"u", said=unknown, told_by="webhook", at=AT)
    apply_provider_events(events=[event], by=BY, at=AT)
    event.refresh_from_db()
    assert (is_new, event.state) == (True, "waiting")
    check_books(of)
    assert of.captured == 0


@pytest.mark.django_db
def test_an_attempt_is_opened_once_a_key_and_pays_what_is_left() -> None:
    of = making.invoice()
    first = making.attempt(of)
    assert making.attempt(of) == first
    assert first.amount == 100_000
    start_attempt(attempt=first, provider_reference="P-1", page="http://127.0.0.1/", by=BY, at=AT)
    assert first.state == "started"
    apply_provider_events(events=[making.told(first, "submitted")], by=BY, at=AT)
    with pytest.raises(DomainError, match="payment-under-way"):
        making.attempt(of, "two")
    apply_provider_events(events=[making.told(first, "succeeded")], by=BY, at=AT)
    first.refresh_from_db()
    assert start_attempt(attempt=first, provider_reference="P-1", by=BY, at=AT).state == "success"
    for method, code in (("card", "invoice-not-payable"), ("cash", "payment-method-unknown")):
        with pytest.raises(DomainError, match=code):
            open_attempt(invoice=of, provider="test", method=method, key="three", by=BY, at=AT)


@pytest.mark.django_db
def test_a_statement_proves_too_little_then_too_much() -> None:
    of = making.invoice()
    prove_payment(invoice=of, method="cash_at_bank", amount=40_000, key="s1", by=BY, at=AT)
    check_books(of)
    assert (of.state, of.to_pay) == ("issued", 60_000)
    prove_payment(invoice=of, method="transfer", amount=70_000, key="s2", by=BY, at=AT)
    check_books(of)
    assert (of.state, of.held - of.claim) == ("paid", 10_000)
    assert balances(of) == {"bank": 110_000, "revenue": -100_000, "unallocated": -10_000}


@pytest.mark.django_db
def test_corrections_have_a_kind_and_words_and_a_wrong_one_is_refused() -> None:
    of = making.invoice()
    attempt = making.paid(of)
    with pytest.raises(DomainError, match="reason-missing"):
        correct_attempt(attempt=attempt, kind="false_success", words=" ", by=BY, at=AT)
    with pytest.raises(Conflict):
        correct_attempt(attempt=attempt, kind="late_success", words="statement 7", by=BY, at=AT)
    correct_attempt(attempt=attempt, kind="false_success", words="not in statement 7", by=BY, at=AT)
    check_books(of)
    assert (attempt.state, of.state, of.captured) == ("error", "issued", 0)
    correct_attempt(attempt=attempt, kind="late_success", words="statement 8, line 3", by=BY, at=AT)
    check_books(of)
    assert (of.state, of.captured) == ("paid", 100_000)
    assert list(AttemptCorrection.objects.order_by("at").values_list("kind", flat=True).distinct()) != []


@pytest.mark.django_db
def test_money_that_comes_after_expiry_pays_and_after_cancelling_is_held_for_the_payer() -> None:
    late, fallen = making.invoice(), making.invoice()
    attempts: list[PaymentAttempt] = [making.attempt(late), making.attempt(fallen)]
    expire_invoice(subject=late, by=BY, at=AT)
    cancel_invoice(invoice=fallen, by=BY, at=AT)
    for one in (late, fallen):
        check_books(one)
        assert balances(one) == {}
    apply_provider_events(events=[making.told(one, "succeeded") for one in attempts], by=BY, at=AT)
    for one in (late, fallen):
        check_books(one)
    assert (late.state, fallen.state) == ("paid", "cancelled")
    assert balances(fallen) == {"clearing.test": 100_000, "unallocated": -100_000}
    assert BookEntry.objects.filter(amount__lte=0).count() == 0
