"""The published numbers count what they say, by service, body and region."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from adaldyq.measures.payments import statistics, tables
from adaldyq.measures.payments.actions.attempts import prove_payment
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, finish_refund, request_refund
from adaldyq.measures.payments.domain.few import untold
from adaldyq.measures.payments.models import Invoice
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def a_year() -> None:
    """Three payments, one of them cash, one invoice that nobody paid, and a refund."""
    made = [making.invoice() for _each in range(4)]
    first = making.paid(made[0], at=AT + timedelta(1))
    making.paid(made[1], at=AT + timedelta(3))
    prove_payment(invoice=made[2], method="cash_at_bank", amount=100_000, key=made[2].pk, by=BY, at=AT + timedelta(10))
    refund = request_refund(new=NewRefund(first, 25_000, "mistake", "Wrong.", "k"), by=BY, at=AT)
    approve_refund(refund=refund, words="", by=making.cashier(), at=AT)
    finish_refund(refund=refund, reference="", by=BY, at=AT + timedelta(5))


@pytest.fixture
def told() -> statistics.Line:
    """That, and a payment of another year."""
    a_year()
    old = datetime(2025, 6, 2, tzinfo=UTC)
    making.paid(making.invoice(at=old), at=old)
    [whole] = statistics.lines(statistics.Period(2026, TODAY))
    return whole


def test_each_number_is_what_its_definition_says(told: statistics.Line) -> None:
    assert (told.payments, told.electronic, told.share) == (3, 2, Decimal("66.7"))
    assert (told.amount, told.electronic_amount) == (300_000, 200_000)
    assert (told.due, told.overdue, told.overdue_amount, told.leak) == (4, 1, 100_000, Decimal("25.0"))
    assert (told.refunds, told.refunded, told.days) == (1, 25_000, Decimal("3.0"))


def test_groups_add_up_to_the_whole_and_what_was_cancelled_or_waived_is_not_due(told: statistics.Line) -> None:
    period = statistics.Period(2026, TODAY)
    for group in statistics.GROUPS:
        listed = statistics.lines(period, group)
        for name in ("payments", "electronic", "amount", "due", "overdue", "overdue_amount", "refunds", "refunded"):
            assert sum(getattr(one, name) for one in listed) == getattr(told, name), (group, name)
    Invoice.objects.filter(captured=0).update(state="cancelled")
    [whole] = statistics.lines(period)
    assert (whole.due, whole.overdue) == (3, 0)
    [service] = statistics.lines(period, statistics.SERVICE)
    assert (service.key, service.days) == ("document", Decimal("3.0"))


def test_what_counts_few_is_told_nowhere(told: statistics.Line) -> None:
    assert told.payments == 3
    page = Client().get("/en/payments/numbers/", {"year": "2026"}).content.decode()
    assert "66.7" not in page
    assert "counts fewer than 5 is not told" in page
    file = Client().get("/en/payments/numbers.csv?year=2026")
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # it is streamed
    [whole] = [row for row in csv.DictReader(lines) if row["by"] == "all"]
    assert {whole[name] for name in ("payments", "electronic", "share", "amount", "due", "refunds", "days")} == {""}
    [sent] = Client().get("/api/v1/payments/numbers?year=2026").json()
    assert (sent["payments"], sent["amount"], sent["share"], sent["refunded"]) == (None, None, None, None)
    assert dict(tables.open_rows())["payment_count"] == []


@pytest.mark.parametrize(
    ("values", "left_out"),
    [([9, 7, 5, 0], set()), ([9, 7, 4], {2, 1}), ([9, 3, 2, 7], {1, 2}), ([3], {0}), ([1, 0, 6, 8], {0, 2})],
)
def test_what_is_left_out_together_is_none_or_not_few(values: list[int], left_out: set[int]) -> None:
    assert untold(values, 5) == left_out


def test_one_small_line_takes_another_with_it_so_that_no_difference_tells_of_it() -> None:
    for _each in range(6):
        a_year()
    rare = making.fee("rare", of=making.terms("777"))
    other = making.fee("other", of=making.terms("500"))
    making.paid(making.invoice(version=rare), at=AT + timedelta(1))
    for _each in range(7):
        making.paid(making.invoice(version=other), at=AT + timedelta(1))
    period = statistics.Period(2026, TODAY)
    lines = {one.key: one.told("payments") for one in statistics.told_lines(period, statistics.SERVICE)}
    assert lines == {"document": 18, "other": None, "rare": None}
    [whole] = statistics.told_lines(period)
    assert whole.told("payments") == 26


def test_the_page_and_the_file_tell_it() -> None:
    for _each in range(6):
        a_year()
    page = Client().get("/en/payments/numbers/", {"year": "2026"}).content.decode()
    assert "66.7" in page
    assert "may have been taken in cash" in page
    file = Client().get("/en/payments/numbers.csv?year=2026")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # it is streamed
    assert len(lines) == 1 + 1 + 3
    assert Client().get("/en/payments/numbers/", {"year": "1"}).status_code == 200
    assert factories.NAMES[2] not in page


def test_the_tables_have_what_came_and_the_open_ones_lead_to_nobody(told: statistics.Line) -> None:
    counted = list(tables.payment_counts())
    months = {(row["month"], row["method"]): row["payments"] for row in counted}
    assert months == {
        (date(2025, 6, 1), "card"): 1,
        (date(2026, 3, 1), "card"): 2,
        (date(2026, 3, 1), "cash_at_bank"): 1,
    }
    for one in tables.PUBLISHED:
        assert one.rows is not None
        listed = list(one.rows())
        assert {name for row in listed for name in row} <= {column.name for column in one.table.columns}
    assert len(list(tables.invoices())) == 5
    closed = {"person_id", "company_id", "invoice_id", "subject_id"}
    for published in tables.PUBLISHED:
        assert not closed & {column.name for column in published.table.open_columns}
