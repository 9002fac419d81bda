"""A wrong explanation of an entry is taken back by somebody else while its day is open, and the books say so."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.measures.payments.actions.closing import match_entry, set_entry_aside
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import BankStatement, PaymentAttempt, StatementEntry
from adaldyq.measures.payments.queries.books import misfits
from tests.measures.payments import making
from tests.measures.payments.making import AT
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_reconciling import bank, entry, found, matched
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


def code(entry: StatementEntry, by: str, words: str = "Wrong invoice") -> str:
    """The code of what taking an explanation back refuses."""
    with pytest.raises(DomainError) as refused:
        take_explanation_back(entry=entry, words=words, by=making.cashier(by), at=AT)
    return refused.value.code


def test_what_was_explained_by_one_another_takes_back_and_it_is_explained_anew() -> None:
    wrong, right = making.invoice(), making.invoice()
    matched(entry(1, 100_000))
    explained = match_entry(entry=found(1), invoice=wrong, words="By the name", by=making.cashier("first"), at=AT)
    check_books(wrong)
    assert wrong.state == "paid"
    assert code(explained, "first") == "acts-apart"
    assert code(explained, "second", " ") == "reason-missing"
    back = take_explanation_back(entry=explained, words="Wrong invoice", by=making.cashier("second"), at=AT)
    assert (back.state, back.posting, back.attempt, back.verdict) == ("queued", "", None, "exact")
    for of in (wrong, right):
        check_books(of)
    assert (wrong.state, bank(), misfits()) == ("issued", 0, [])
    match_entry(entry=found(1), invoice=right, words="By the number", by=making.cashier("first"), at=AT)
    for of in (wrong, right):
        check_books(of)
    assert (wrong.state, right.state, bank()) == ("issued", "paid", 100_000)
    again = take_explanation_back(entry=found(1), words="It was right", by=making.cashier("second"), at=AT)
    match_entry(entry=again, invoice=wrong, words="Right at first", by=making.cashier("first"), at=AT)
    check_books(wrong)
    assert (wrong.state, bank(), PaymentAttempt.objects.count()) == ("paid", 100_000, 3)


def test_what_was_set_aside_is_entered_the_other_way_round() -> None:
    matched(entry(1, -700), entry(2, 9_900))
    first, second = making.cashier("first"), making.cashier("second")
    set_entry_aside(entry=found(1), verdict="costs", words="A charge", by=first, at=AT)
    set_entry_aside(entry=found(2), verdict="unmatched", words="Nobody's", by=first, at=AT)
    assert bank() == 9_200
    for number in (1, 2):
        done = take_explanation_back(entry=found(number), words="Found out", by=second, at=AT)
        assert (done.state, done.posting) == ("queued", "")
    assert bank() == 0
    with pytest.raises(Conflict):
        take_explanation_back(entry=found(1), words="Once more", by=second, at=AT)


def test_what_the_house_matched_by_amount_is_taken_back_and_what_a_provider_told_is_not() -> None:
    told, meant = making.paid(making.invoice()), making.invoice(version=making.fee("rare", of=making.terms("777")))
    matched(entry(1, 100_000, told.invoice.reference, told.pk), entry(2, 77_700, "RF00XX"))
    assert found(2).state == "matched"
    take_explanation_back(entry=found(2), words="Of somebody else", by=making.cashier("first"), at=AT)
    check_books(meant)
    assert (meant.state, found(2).state) == ("issued", "queued")
    assert code(found(1), "first") == "statement-told-by-provider"


def test_a_closed_day_stays_as_it_is() -> None:
    matched(entry(1, -700))
    set_entry_aside(entry=found(1), verdict="costs", words="A charge", by=making.cashier("first"), at=AT)
    BankStatement.objects.update(state="closed")
    assert code(found(1), "second") == "statement-day-closed"


def test_the_page_of_an_entry_offers_it_to_the_second_person() -> None:
    matched(entry(1, -700))
    first, second = cashier("first"), cashier("second")
    address = f"/en/payments/statements/entries/{found(1).pk}/"
    first.post(address, {"verdict": "costs", "words": "A charge"})
    assert found(1).state == "explained"
    assert "Take it back" not in shown(first, address)
    assert "Take it back" in shown(second, address)
    assert second.post(address, {"step": "take_back", "words": ""}).status_code == 422
    assert first.post(address, {"step": "take_back", "words": "mine"}).status_code == 422
    assert second.post(address, {"step": "take_back", "words": "No charge"}).status_code == 302
    assert (found(1).state, found(1).reason) == ("queued", "No charge")
    assert "Explain it so" in shown(second, address)


def shown(client: Client, address: str) -> str:
    """The text of a page."""
    return client.get(address).content.decode()
