"""A refund that was said to have failed and left after all: the books say so, and nothing goes back twice unseen."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.measures.payments.actions.closing import close_statement
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.provider_events import apply_provider_event, apply_provider_events
from adaldyq.measures.payments.actions.refunds import (
    NewRefund,
    approve_refund,
    finish_refund,
    request_refund,
    return_refund,
    send_refund,
)
from adaldyq.measures.payments.actions.refunds_again import request_again
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import AttemptCorrection, PaymentAttempt, Refund
from adaldyq.measures.payments.queries.books import bank_apart, misfits, trial_balance
from adaldyq.measures.payments.queries.refunds import failed as lost_by
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_giving_back import overpaid, shown, went_out
from tests.measures.payments.test_reconciling import DAY, NEXT, day, entry, found, matched, take
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db
SUM = 100_000


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


def approved(attempt: PaymentAttempt) -> Refund:
    """The whole of a payment is approved to go back."""
    new = NewRefund(attempt, SUM, "not_provided", "Closed that day", "one")
    refund = request_refund(new=new, by=making.cashier("first"), at=AT)
    return approve_refund(refund=refund, words="", by=making.cashier("second"), at=AT)


def failed() -> Refund:
    """A refund of a whole payment that its provider told had failed."""
    refund = approved(making.paid(making.invoice()))
    return return_refund(refund=refund, by=BY, at=AT)


def told(refund: Refund, kind: str) -> str:
    """What became of what the provider told of a refund."""
    event = apply_provider_event(event=making.told(refund.attempt, kind, refund=refund.pk), by=BY, at=NEXT)
    refund.refresh_from_db()
    return event.state


def again(refund: Refund, *, decided: bool = True) -> Refund:
    """The refund by which one was asked for again."""
    new = request_again(refund=refund, account="", words="The letter", by=making.cashier("first"), at=AT)
    return approve_refund(refund=new, words="", by=making.cashier("second"), at=AT) if decided else new


def closing() -> dict[str, int]:
    """What stands in the accounts."""
    return {one.account: one.closing for one in trial_balance() if one.closing}


def test_what_the_provider_tells_of_a_refund_comes_to_one_end_in_any_order() -> None:
    ends = []
    for order in permutations(("refund_sent", "refund_failed", "refund_done")):
        refund = approved(making.paid(making.invoice()))
        for kind in order:
            told(refund, kind)
        check_books(refund.invoice)
        ends.append((refund.state, refund.invoice.state, refund.invoice.held))
    assert set(ends) == {("done", "refunded", 0)}
    assert closing() == {}


def test_a_refund_that_left_after_all_is_done_with_a_correction_and_is_offered_no_more() -> None:
    refund = failed()
    page = f"/en/payments/desk/refunds/{refund.pk}/again/"
    assert page in shown(cashier("first"), "/en/payments/desk/")
    assert told(refund, "refund_done") == "applied"
    check_books(refund.invoice)
    assert (refund.state, refund.invoice.held, refund.attempt.corrections.get().kind) == ("done", 0, "late_refund")
    assert (closing(), misfits()) == ({}, [])
    assert page not in shown(cashier("first"), "/en/payments/desk/")
    matched(entry(1, SUM, refund.invoice.reference, refund.attempt_id), entry(2, -SUM, "", refund.pk))
    assert (found(2).state, found(2).verdict, closing(), bank_apart()) == ("matched", "given_back", {}, {})


@pytest.mark.parametrize("decided", [False, True])
def test_what_was_asked_for_instead_is_stopped_as_long_as_it_has_not_left(decided: bool) -> None:
    refund = failed()
    instead = again(refund, decided=decided)
    told(refund, "refund_done")
    instead.refresh_from_db()
    check_books(refund.invoice)
    assert (refund.state, instead.state) == ("done", "failed" if decided else "rejected")
    assert (closing(), misfits()) == ({}, [])
    if not decided:
        assert instead.decision == "Орнына осы сұралған қайтарым бәрібір кетіпті."
    for one in (refund, instead):
        with pytest.raises((DomainError, Conflict)):
            request_again(refund=one, account="", words="Letter", by=making.cashier("first"), at=NEXT)
        assert f"{one.pk}/again/" not in shown(cashier("first"), "/en/payments/desk/")


def left_twice() -> tuple[Refund, Refund]:
    """A refund that left after all, beside another that had been sent instead."""
    refund = failed()
    instead = send_refund(refund=again(refund), reference="R-2", by=BY, at=AT)
    told(refund, "refund_done")
    return refund, instead


def test_what_has_left_twice_stands_in_the_books_and_at_the_desk_until_the_payer_gives_it_back() -> None:
    refund, instead = left_twice()
    assert (refund.state, AttemptCorrection.objects.get().kind) == ("failed", "late_refund")
    finish_refund(refund=instead, reference="", by=BY, at=NEXT)
    assert (closing(), misfits()) == ({"clearing.test": -SUM, "refunded_twice": SUM}, [])
    page = f"/en/payments/desk/refunds/{refund.pk}/"
    assert page in shown(cashier("first"), "/en/payments/desk/")
    assert f"{refund.pk}/again/" not in shown(cashier("first"), "/en/payments/desk/")
    assert "so the payer owes" in shown(cashier("first"), page)
    statement = matched(
        entry(1, SUM, refund.invoice.reference, refund.attempt_id),
        entry(2, -SUM, "", instead.pk),
        entry(3, -SUM, "", refund.pk),
        entry(4, SUM),
    ).statement
    assert [found(one).state for one in (2, 3, 4)] == ["matched", "matched", "queued"]
    address = f"/en/payments/statements/entries/{found(4).pk}/"
    said = {"verdict": f"repaid:{refund.pk}", "words": "The payer sent it back"}
    assert said["verdict"] in shown(cashier("first"), address)
    assert cashier("first").post(address, said).status_code == 302
    assert (closing(), bank_apart(), misfits()) == ({}, {}, [])
    assert page not in shown(cashier("first"), "/en/payments/desk/")
    take_explanation_back(entry=found(4), words="Of another", by=making.cashier("second"), at=NEXT)
    assert closing() == {"bank": -SUM, "refunded_twice": SUM}
    assert cashier("first").post(address, said).status_code == 302
    assert close_statement(statement=statement, by=making.cashier(), at=NEXT).state == "closed"


def test_what_had_left_twice_has_left_once_when_the_other_one_fails() -> None:
    refund, instead = left_twice()
    told(instead, "refund_failed")
    refund.refresh_from_db()
    check_books(refund.invoice)
    assert (refund.state, instead.state, refund.invoice.held, closing(), misfits()) == ("done", "failed", 0, {}, [])
    assert "/again/" not in shown(cashier("first"), "/en/payments/desk/")


def test_a_transfer_that_was_said_not_to_have_left_is_matched_by_its_key_when_the_statement_shows_it() -> None:
    of, refund = overpaid()
    instead = request_again(refund=refund, account="", words="Refused", by=making.cashier("first"), at=NEXT)
    went_out(2, 20_000, refund.pk)
    for one in (refund, instead):
        one.refresh_from_db()
    check_books(of)
    assert (refund.state, instead.state, found(2).verdict) == ("done", "rejected", "given_back")
    assert (closing()["bank"], bank_apart(), misfits()) == (100_000, {}, [])
    close_statement(statement=found(2).statement, by=making.cashier(), at=NEXT + timedelta(1))


@pytest.mark.parametrize("twice", [False, True])
def test_a_person_matches_the_transfer_without_its_key_and_another_takes_that_back(twice: bool) -> None:
    of, refund = overpaid()
    return_refund(refund=refund, by=making.cashier("first"), at=NEXT)
    if twice:
        new = request_again(refund=refund, account="", words="Letter", by=making.cashier("first"), at=NEXT)
        approve_refund(refund=new, words="", by=making.cashier("second"), at=NEXT)
        went_out(7, 20_000, new.pk)
    before = closing()
    went_again(20_000, 100_000 if twice else 120_000)
    address = f"/en/payments/statements/entries/{found(8).pk}/"
    page = shown(cashier("first"), address)
    assert (f'value="late:{refund.pk}"' in page, "checked" in page) == (True, False)
    assert cashier("first").post(address, {"verdict": f"late:{refund.pk}", "words": "By the sum"}).status_code == 302
    refund.refresh_from_db()
    check_books(of)
    assert (refund.state, bank_apart(), misfits()) == ("failed" if twice else "done", {}, [])
    assert AttemptCorrection.objects.get().words == "By the sum"
    assert closing().get("refunded_twice", 0) == (20_000 if twice else 0)
    take_explanation_back(entry=found(8), words="Of another", by=making.cashier("second"), at=NEXT)
    refund.refresh_from_db()
    check_books(of)
    assert (refund.state, found(8).state, closing(), bank_apart()) == ("failed", "queued", before, {})


def went_again(amount: int, opening: int) -> None:
    """The statement of a later day, by which money left the bank once more."""
    later = NEXT + timedelta(2)
    [statement] = take(day([entry(8, -amount)], opening, DAY + timedelta(2)), at=later).statements
    match_statement(statement=statement, at=later)


def test_a_transfer_that_left_and_was_sent_back_is_not_said_to_have_left_again() -> None:
    _of, refund = overpaid()
    went_out(2, 20_000, refund.pk)
    at = NEXT + timedelta(2)
    back, out = entry(3, 20_000, "", refund.pk), entry(4, -20_000, "", refund.pk)
    [statement] = take(day([back], 100_000, DAY + timedelta(2)), at=at).statements
    match_statement(statement=statement, at=at)
    said = {"verdict": f"returned:{refund.pk}", "words": "Closed account"}
    assert cashier("first").post(f"/en/payments/statements/entries/{found(3).pk}/", said).status_code == 302
    [statement] = take(day([out], 120_000, DAY + timedelta(3)), at=at + timedelta(1)).statements
    match_statement(statement=statement, at=at + timedelta(1))
    refund.refresh_from_db()
    assert (refund.state, found(4).state, AttemptCorrection.objects.count()) == ("failed", "queued", 0)
    assert (
        refund.pk not in shown(cashier("first"), f"/en/payments/statements/entries/{found(4).pk}/").split("</dl>")[-1]
    )


def test_the_provider_that_tells_it_twice_moves_it_once() -> None:
    refund = failed()
    events = [making.told(refund.attempt, "refund_done", f"done-{one}", refund=refund.pk) for one in (1, 2)]
    apply_provider_events(events=events, by=BY, at=NEXT)
    assert closing() == {}
    twice, _instead = left_twice()
    apply_provider_event(event=making.told(twice.attempt, "refund_done", "once more", refund=twice.pk), by=BY, at=NEXT)
    assert closing()["refunded_twice"] == SUM


def test_refunds_that_failed_take_as_many_questions_for_many_as_for_one() -> None:
    by, body = making.cashier("first"), failed().invoice.body
    with CaptureQueriesContext(connection) as few:
        assert len(lost_by(by)) == 1
    for _one in range(3):
        failed()
    with CaptureQueriesContext(connection) as many:
        assert {one.invoice.body for one in lost_by(by)} == {body}
    assert len(many) == len(few)
