"""Whatever happens in whatever order, refused or not, the books balance and say what follows from the records."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.actions.attempts import correct_attempt, prove_payment
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.invoices import cancel_invoice, expire_invoice
from adaldyq.measures.payments.actions.provider_events import apply_provider_events
from adaldyq.measures.payments.actions.refunds import (
    NewRefund,
    approve_refund,
    finish_refund,
    request_refund,
    return_refund,
)
from adaldyq.measures.payments.actions.waivers import confirm_waiver, propose_waiver
from adaldyq.measures.payments.models import Invoice, PaymentAttempt, Refund, Waiver
from adaldyq.measures.payments.queries.books import misfits, trial_balance
from adaldyq.project.cli.payments import payments
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books

TOLD = ("succeeded", "declined", "dispute_opened", "dispute_won", "charged_back")
STEPS = st.one_of(
    st.tuples(st.just("told"), st.sampled_from(TOLD), st.integers(0, 2)),
    st.tuples(st.just("prove"), st.integers(1, 150_000), st.integers(0, 5)),
    st.tuples(st.just("refund"), st.integers(1, 150_000), st.integers(0, 5)),
    st.tuples(st.sampled_from(["approve", "finish", "return"]), st.integers(0, 3), st.just(0)),
    st.tuples(
        st.just("correct"), st.sampled_from(["late_success", "false_success", "reversed_charge_back"]), st.just(0)
    ),
    st.tuples(st.sampled_from(["cancel", "expire", "waive"]), st.just(0), st.just(0)),
)


def taking(of: Invoice, step: str, first: object, second: int) -> Callable[[], object]:
    """What a step of a story does; nothing where there is nothing to do it to."""
    attempts, refunds = list(of.attempts.order_by("created_at", "pk")), list(Refund.objects.order_by("pk"))
    whole: dict[str, Callable[[], object]] = {
        "told": partial(tell, of, str(first), second),
        "prove": partial(prove, of, first, second),
        "cancel": partial(cancel_invoice, invoice=of, by=BY, at=AT),
        "expire": partial(expire_invoice, subject=of, by=BY, at=AT),
        "waive": partial(waived, of),
    }
    if step in whole:
        return whole[step]
    if step in {"refund", "correct"}:
        return partial(about, attempts[second % len(attempts)], step, first, second) if attempts else int
    if not refunds:
        return int
    refund = refunds[int(str(first)) % len(refunds)]
    acts: dict[str, Callable[[], object]] = {
        "approve": partial(approve_refund, refund=refund, words="", by=making.cashier("second"), at=AT),
        "finish": partial(finish_refund, refund=refund, reference="", by=BY, at=AT),
        "return": partial(return_refund, refund=refund, by=BY, at=AT),
    }
    return acts[step]


def tell(of: Invoice, kind: str, number: int) -> None:
    """Let the provider tell something of an attempt."""
    attempts = list(of.attempts.order_by("created_at", "pk"))
    attempt = attempts[number % len(attempts)] if attempts else making.attempt(of, f"key-{number}")
    apply_provider_events(events=[making.told(attempt, kind)], by=BY, at=AT)


def prove(of: Invoice, amount: object, number: int) -> None:
    """Let a statement prove money, once an entry."""
    key = f"s{number}-{amount}"
    if not of.attempts.filter(key=key).exists():
        prove_payment(invoice=of, method="transfer", amount=int(str(amount)), key=key, by=BY, at=AT)


def about(attempt: PaymentAttempt, step: str, first: object, second: int) -> None:
    """Correct an attempt, or ask for a refund of it."""
    if step == "correct":
        correct_attempt(attempt=attempt, kind=str(first), words="statement", by=BY, at=AT)
    else:
        new = NewRefund(attempt, int(str(first)), "mistake", "Wrong.", f"r{second}-{first}")
        request_refund(new=new, by=BY, at=AT)


def waived(of: Invoice) -> None:
    """Waive half of an invoice, by two people."""
    propose_waiver(invoice=of, ground="large_family", words="paper", by=making.cashier("first"), at=AT)
    confirm_waiver(waiver=Waiver.objects.get(state="proposed"), words="", by=making.cashier("second"), at=AT)


class AnyStory(TestCase):
    @examples(max_examples=30, deadline=None)
    @given(st.lists(STEPS, max_size=12))
    def test_the_books_balance_after_every_step_and_no_step_gives_back_more_than_came(
        self, story: list[tuple[str, object, int]]
    ) -> None:
        of = making.invoice()
        for step, first, second in story:
            of.refresh_from_db()
            with suppress(DomainError), transaction.atomic():
                taking(of, step, first, second)()
            check_books(of)
            assert sum(one.closing for one in trial_balance()) == 0
            for attempt in PaymentAttempt.objects.all():
                assert 0 <= attempt.refunding <= attempt.captured
            assert of.refunded <= of.captured


@pytest.mark.django_db
def test_what_does_not_balance_is_not_entered() -> None:
    with pytest.raises(ValueError, match="out of balance"):
        post({"bank": 100, "clearing.test": -99}, kind="settlement", currency="KZT", at=AT)
    with transaction.atomic():
        post({"bank": 97, "provider_costs": 3, "clearing.test": -100}, kind="settlement", currency="KZT", at=AT)
    closing = {one.account: one.closing for one in trial_balance()}
    assert closing == {"bank": 97, "clearing.test": -100, "provider_costs": 3}


@pytest.mark.django_db
def test_the_command_checks_the_books_and_names_the_invoice_that_does_not_follow() -> None:
    of = making.invoice()
    making.paid(of)
    assert CliRunner().invoke(payments, ["balance"]).exit_code == 0
    Invoice.objects.update(amount=99_999)
    assert CliRunner().invoke(payments, ["balance"]).exit_code == 1
    assert misfits() == [of.number]
