"""Statements are taken once, matched, explained by people where they must be, and closed when nothing is left open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.db.models import Sum
from pytest_django import Settings

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.measures.payments import tables
from adaldyq.measures.payments.actions.closing import close_statement, match_entry, set_entry_aside
from adaldyq.measures.payments.actions.importing import Taken, keep_statements, read_file
from adaldyq.measures.payments.actions.matching import Outcome, match_statement
from adaldyq.measures.payments.models import BankStatement, BookEntry, Invoice, StatementEntry
from adaldyq.project.provider.statements import Booked, Day, in_camt053, in_mt940
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NEXT = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


def entry(number: int, amount: int, reference: str = "", key: str = "") -> Booked:
    return Booked(number, amount, reference, key, "SERIK TANATAROV", "Fee")


def day(entries: Sequence[Booked], opening: int = 0, on: date = DAY) -> Day:
    return Day(on, "KZT", opening, entries)


def take(of: Day, *, swift: bool = False, at: datetime = NEXT) -> Taken:
    writer = in_mt940 if swift else in_camt053
    return keep_statements(file=read_file("".join(writer(of)).encode()), by=BY, at=at)


def matched(*entries: Booked) -> Outcome:
    [statement] = take(day(entries)).statements
    return match_statement(statement=statement, at=NEXT)


def found(number: int) -> StatementEntry:
    return StatementEntry.objects.get(bank_reference=f"AT{number:012d}")


def bank() -> int:
    """What the books say is at the bank."""
    came = BookEntry.objects.filter(debit="bank").aggregate(sum=Sum("amount"))["sum"] or 0
    went = BookEntry.objects.filter(credit="bank").aggregate(sum=Sum("amount"))["sum"] or 0
    return int(came - went)


def test_what_a_provider_told_moves_from_it_to_the_bank_by_key_or_by_reference() -> None:
    by_key, by_reference = making.paid(making.invoice()), making.paid(making.invoice())
    outcome = matched(
        entry(1, 100_000, by_key.invoice.reference, by_key.pk), entry(2, 100_000, by_reference.invoice.reference)
    )
    assert (outcome.matched, outcome.queued) == (2, 0)
    assert [(found(one).verdict, found(one).way) for one in (1, 2)] == [("settled", "key"), ("settled", "reference")]
    assert found(2).attempt == by_reference
    assert bank() == 200_000
    held = BookEntry.objects.filter(credit="clearing.test").aggregate(sum=Sum("amount"))["sum"]
    assert held == 200_000


def test_a_transfer_pays_its_invoice_by_reference_or_by_the_only_amount_that_it_can_mean() -> None:
    named, meant = making.invoice(), making.invoice(version=making.fee("rare", of=making.terms("777")))
    making.invoice(), making.invoice()
    outcome = matched(entry(1, 100_000, named.reference), entry(2, 77_700, "RF00XX"), entry(3, 100_000))
    assert (outcome.matched, outcome.queued) == (2, 1)
    for of in (named, meant):
        check_books(of)
        assert (of.state, of.attempts.get().state) == ("paid", "success")
    assert (found(2).way, found(3).verdict, found(3).state) == ("amount", "unmatched", "queued")
    assert bank() == 177_700


def test_too_little_too_much_and_once_more_wait_for_a_person_and_end_in_the_books() -> None:
    under, over, double = making.invoice(), making.invoice(), making.paid(making.invoice()).invoice
    outcome = matched(
        entry(1, 40_000, under.reference), entry(2, 150_000, over.reference), entry(3, 90_000, double.reference)
    )
    assert (outcome.matched, outcome.queued) == (0, 3)
    assert [found(one).verdict for one in (1, 2, 3)] == ["under", "over", "double"]
    by = making.cashier()
    for number, of in enumerate((under, over, double), 1):
        match_entry(entry=found(number), invoice=of, words="The reference is right.", by=by, at=NEXT)
        check_books(of)
    assert (under.state, under.to_pay, over.state, over.held) == ("issued", 60_000, "paid", 150_000)
    assert bank() == 280_000
    with pytest.raises(Conflict):
        match_entry(entry=found(1), invoice=under, words="Again.", by=by, at=NEXT)


def test_a_day_closes_once_balances_agree_and_every_entry_is_explained() -> None:
    of, by = making.invoice(), making.cashier()
    [statement] = take(day([entry(1, 100_000, of.reference), entry(2, 5_000), entry(3, -700)])).statements
    match_statement(statement=statement, at=NEXT)
    assert refusal(statement, AT) == "statement-day-not-over"
    assert refusal(statement, NEXT) == "statement-unexplained"
    with pytest.raises(NotAllowed):
        set_entry_aside(entry=found(2), verdict="unmatched", words="Nobody.", by=BY, at=NEXT)
    set_entry_aside(entry=found(2), verdict="unmatched", words="Nobody knows the payer.", by=by, at=NEXT)
    set_entry_aside(entry=found(3), verdict="costs", words="A fee of the bank.", by=by, at=NEXT)
    closed = close_statement(statement=statement, by=by, at=NEXT)
    assert (closed.state, bank()) == ("closed", closed.closing)
    [gap] = take(day([], opening=1, on=DAY + timedelta(1))).statements
    assert refusal(gap, NEXT + timedelta(1)) == "statement-gap"
    [after] = take(day([], opening=closed.closing, on=DAY + timedelta(2))).statements
    BankStatement.objects.filter(pk=gap.pk).update(opening=closed.closing, closing=closed.closing)
    assert refusal(after, NEXT + timedelta(2)) == "statement-before-open"


def refusal(statement: BankStatement, at: datetime) -> str:
    with pytest.raises(DomainError) as refused:
        close_statement(statement=statement, by=making.cashier(), at=at)
    return refused.value.code


def test_a_file_that_comes_again_in_either_format_writes_nothing_twice_and_a_day_may_grow() -> None:
    first, second = entry(1, 100), entry(2, 200)
    taken = take(day([first]))
    assert (taken.new, taken.known) == (1, 0)
    assert [(again.new, again.known) for again in (take(day([first])), take(day([first]), swift=True))] == [(0, 1)] * 2
    grown = take(day([first, second]), swift=True)
    assert (grown.new, grown.known, BankStatement.objects.get().closing) == (1, 1, 300)


@pytest.mark.parametrize(
    ("entries", "opening", "on", "code"),
    [
        ([(2, 200)], 0, DAY, "statement-differs"),
        ([(1, 100)], 5, DAY, "statement-differs"),
        ([(1, 100), (3, 1)], 0, DAY + timedelta(1), "statement-overlaps"),
    ],
)
def test_a_statement_that_says_otherwise_than_before_leaves_nothing(
    entries: list[tuple[int, int]], opening: int, on: date, code: str
) -> None:
    take(day([entry(1, 100)]))
    content = "".join(in_mt940(day([entry(*one) for one in entries], opening, on))).replace(
        "260303C1,00", "260302C1,00"
    )
    content = content.replace("2603030303C1,00", "2603020302C1,00") if code == "statement-overlaps" else content
    with pytest.raises(DomainError) as refused:
        keep_statements(file=read_file(content.encode()), by=BY, at=NEXT)
    assert refused.value.code == code
    assert (StatementEntry.objects.count(), BankStatement.objects.count()) == (1, 1)


def test_statements_of_accounts_that_are_not_ours_prove_nothing(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("KZ1",)
    with pytest.raises(DomainError, match="statement-account-unknown"):
        take(day([entry(1, 100)]))


def test_one_payment_is_settled_once_whatever_a_bank_repeats() -> None:
    of: Invoice = making.invoice()
    attempt = making.paid(of)
    twice = [entry(one, 100_000, of.reference, attempt.pk) for one in (1, 2)]
    outcome = matched(*twice)
    assert (outcome.matched, outcome.queued) == (1, 1)
    assert sorted(found(one).verdict for one in (1, 2)) == ["double", "settled"]


def test_what_was_paid_in_cash_at_a_bank_is_counted_so_and_says_who_entered_it() -> None:
    of, by = making.invoice(), making.cashier()
    matched(entry(1, 100_000), entry(2, 100_000))
    match_entry(entry=found(1), invoice=of, method="cash_at_bank", words="Cash deposit", by=by, at=NEXT)
    check_books(of)
    [row] = tables.payments()
    assert (row["method"], row["entered_by_id"]) == ("cash_at_bank", by.id)
    with pytest.raises(DomainError) as refused:
        match_entry(entry=found(2), invoice=of, method="card", words="A card", by=by, at=NEXT)
    assert refused.value.code == "payment-method-unknown"
    assert found(2).state == "queued"
