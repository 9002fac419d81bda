"""Lines of statements: each is noted once, whoever matches at the same time, and the bank in the books is what they say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions.attempts import correct_attempt
from adaldyq.measures.payments.actions.closing import close_statement, match_entry, set_entry_aside
from adaldyq.measures.payments.actions.importing import Taken, keep_statements, read_file
from adaldyq.measures.payments.actions.matching import BY as HOUSE
from adaldyq.measures.payments.actions.matching import match_statement, settle_statement
from adaldyq.measures.payments.actions.proving import prove_exactly, unproved
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, finish_refund, request_refund
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import PaymentAttempt, StatementEntry
from adaldyq.measures.payments.queries.books import bank_apart
from adaldyq.project.cli.payments import payments
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_reconciling import DAY, NEXT, bank, day, entry, found, matched, take
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db
ACCOUNT = "ADALDYQTESTKZT"
BATCH = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S1</Id>
<Acct><Id><Othr><Id>ADALDYQTESTKZT</Id></Othr></Id><Ccy>KZT</Ccy></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="KZT">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-01</Dt></Dt></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="KZT">{sum}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>
<Ntry><Amt Ccy="KZT">{sum}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt>
<AcctSvcrRef>BATCH1</AcctSvcrRef><NtryDtls>{parts}</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>
"""
PART = """<TxDtls><Refs><AcctSvcrRef>BATCH1</AcctSvcrRef></Refs><Amt Ccy="KZT">{sum}</Amt>
<RmtInf><Strd><CdtrRefInf><Ref>{reference}</Ref></CdtrRefInf></Strd></RmtInf></TxDtls>"""


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = (ACCOUNT,)
    jobs.left_out.clear()


def kept(content: str) -> Taken:
    return keep_statements(file=read_file(content.encode()), by=BY, at=NEXT)


def test_two_who_prove_the_same_entries_note_each_once() -> None:
    of = making.invoice()
    [statement] = take(day([entry(1, 100_000, of.reference)])).statements
    settle_statement(statement=statement, by=HOUSE, at=NEXT)
    first, second = list(unproved(statement)), list(unproved(statement))
    assert len(prove_exactly(entries=first, by=HOUSE, at=NEXT)) == 1
    assert prove_exactly(entries=second, by=HOUSE, at=NEXT) == []
    assert (found(1).state, found(1).verdict, of.attempts.count(), bank()) == ("matched", "exact", 1, 100_000)
    close_statement(statement=statement, by=making.cashier(), at=NEXT)


def test_what_was_broken_off_before_it_was_proved_the_worker_goes_on_with() -> None:
    of = making.invoice()
    [statement] = take(day([entry(1, 100_000, of.reference)])).statements
    settle_statement(statement=statement, by=HOUSE, at=NEXT)
    assert (found(1).state, found(1).posting) == ("matched", "")
    jobs.go_round(NEXT)
    of.refresh_from_db()
    assert (bool(found(1).posting), of.state) == (True, "paid")


@pytest.mark.parametrize("sums", [(1000, 700), (1000, 1000)])
def test_payments_of_one_entry_may_bear_one_reference_of_the_bank(sums: tuple[int, int]) -> None:
    of = [
        making.invoice(version=making.fee(f"fee-{number}", of=making.terms(str(one))))
        for number, one in enumerate(sums)
    ]
    parts = "".join(PART.format(sum=one, reference=each.reference) for one, each in zip(sums, of, strict=True))
    content = BATCH.format(sum=sum(sums), parts=parts)
    [statement] = kept(content).statements
    match_statement(statement=statement, at=NEXT)
    for each in of:
        check_books(each)
        assert each.state == "paid"
    assert (bank(), kept(content).new) == (100 * sum(sums), 0)


def test_lines_of_mt940_may_bear_one_reference_of_the_bank_and_so_may_what_a_person_explains() -> None:
    of, less = making.invoice(), making.invoice(version=making.fee("less", of=making.terms("700")))
    lines = "".join(
        f":61:2603020302C{sum_},NTRFNONREF//BATCH1\n:86:{reference}\n"
        for sum_, reference in ((1000, of.reference), (700, less.reference), (3, "nobody"), (4, "nobody"))
    )
    head = f":20:X\n:25:{ACCOUNT}\n:28C:1/1\n:60F:C260301KZT0,\n"
    [statement] = kept(f"{head}{lines}:62F:C260302KZT1707,\n").statements
    match_statement(statement=statement, at=NEXT)
    for one in StatementEntry.objects.filter(state="queued"):
        match_entry(entry=one, invoice=of, words="By the name", by=making.cashier(), at=NEXT)
    for each in (of, less):
        check_books(each)
        assert each.state == "paid"
    assert bank() == 170_700


def test_one_line_never_pays_two_invoices_by_way_of_a_correction() -> None:
    wrong, right = making.invoice(), making.invoice()
    first, second = making.cashier("first"), making.cashier("second")
    matched(entry(1, 100_000))
    match_entry(entry=found(1), invoice=wrong, method="cash_at_bank", words="By the name", by=first, at=AT)
    take_explanation_back(entry=found(1), words="Wrong", by=second, at=AT)
    match_entry(entry=found(1), invoice=right, words="By the number", by=second, at=AT)
    attempt = PaymentAttempt.objects.get(invoice=wrong)
    with pytest.raises(DomainError) as refused:
        correct_attempt(attempt=attempt, kind="late_success", words="It came after all", by=first, at=AT)
    assert refused.value.code == "payment-of-statement"
    browser = cashier("first")
    address = f"/en/payments/desk/attempts/{attempt.pk}/"
    assert "nothing to correct" in browser.get(address).content.decode()
    assert browser.post(address, {"kind": "late_success", "words": "It came"}).status_code == 422
    wrong.refresh_from_db()
    assert (wrong.state, bank()) == ("issued", 100_000)


def test_a_day_stays_open_while_the_books_have_other_money_at_the_bank_than_the_statements() -> None:
    of, by = making.invoice(), making.cashier("first")
    outcome = matched(entry(1, 100_000, of.reference))
    assert CliRunner().invoke(payments, ["balance"]).exit_code == 0
    went_without_a_line(of.attempts.get(), AT)
    with pytest.raises(DomainError) as refused:
        close_statement(statement=outcome.statement, by=by, at=NEXT)
    assert (refused.value.code, refused.value.parameters["apart"]) == ("statement-books-differ", "-400.00")
    shown = CliRunner().invoke(payments, ["balance"])
    assert shown.exit_code == 1
    assert "−400" in shown.output


def went_without_a_line(attempt: PaymentAttempt, at: datetime) -> None:
    """A refund that somebody says has left the bank, while no statement shows it."""
    new = NewRefund(attempt, 40_000, "mistake", "Wrong", "one")
    refund = request_refund(new=new, by=making.cashier("first"), at=at)
    approve_refund(refund=refund, words="", by=making.cashier("second"), at=at)
    finish_refund(refund=refund, reference="", by=BY, at=at)


def test_a_day_closes_by_what_is_left_open_without_reading_the_lines_of_closed_days_again() -> None:
    of, by, later = making.invoice(), making.cashier("first"), NEXT + timedelta(1)
    first = matched(entry(1, 100_000, of.reference)).statement
    close_statement(statement=first, by=by, at=NEXT)
    [second] = take(day([entry(2, -500)], 100_000, DAY + timedelta(1)), at=later).statements
    match_statement(statement=second, at=later)
    set_entry_aside(entry=found(2), verdict="costs", words="A charge", by=by, at=later)
    with CaptureQueriesContext(connection) as asked:
        assert close_statement(statement=second, by=by, at=later).state == "closed"
    sums = [sql for one in asked if "UNION ALL" in (sql := one["sql"] or "")]
    assert [("open" in sql, "payments_bankstatement" in sql) for sql in sums] == [(True, True)]
    assert bank_apart() == {}
