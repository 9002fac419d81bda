"""No more goes back than came: under a hundred askers at once on both databases, and past every act; and refunds that fail."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.actions.provider_events import apply_provider_events
from adaldyq.measures.payments.actions.refunds import (
    NewRefund,
    approve_refund,
    finish_refund,
    reject_refund,
    request_refund,
    return_refund,
    send_refund,
)
from adaldyq.measures.payments.models import BookEntry, PaymentAttempt, Refund
from adaldyq.measures.payments.models.guards import GUARDS
from tests import databases
from tests.conftest import shell
from tests.measures.payments import making, refunding
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import balances, check_books

ASKERS, CAME, EACH = 100, 100_000, 3_000
MAKE = """
import django; django.setup()
from tests.measures.payments import making
print(making.paid(making.invoice()).pk)
"""


def asked(attempt: PaymentAttempt, amount: int = 40_000, key: str = "one") -> Refund:
    return request_refund(new=NewRefund(attempt, amount, "mistake", "Wrong service.", key), by=BY, at=AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_hundred_refunds_at_once_give_back_no_more_than_came_on_postgresql() -> None:
    attempt = making.paid(making.invoice())
    assert refunding.ask(attempt.pk, "one", ASKERS) == CAME // EACH
    attempt.refresh_from_db()
    assert (attempt.refunding, attempt.refunds.count()) == (99_000, 33)


def test_a_hundred_refunds_at_once_from_two_processes_give_back_no_more_than_came_on_sqlite(tmp_path: Path) -> None:
    databases.prepare(tmp_path)
    environment = shell(tmp_path, DJANGO_SETTINGS_MODULE="adaldyq.project.settings", ADALDYQ_SECRET_KEY="tests only")
    made = subprocess.run(
        [sys.executable, "-c", MAKE], env=environment, cwd=databases.ROOT, capture_output=True, text=True, check=True
    )
    attempt = made.stdout.strip().splitlines()[-1]
    program = [sys.executable, "-c", refunding.PROGRAM, attempt]
    askers = [
        subprocess.Popen(
            [*program, name, str(ASKERS // 2)], env=environment, cwd=databases.ROOT, stdout=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    through = [int(one.communicate(timeout=300)[0].split()[-1]) for one in askers]
    assert [one.returncode for one in askers] == [0, 0]
    assert sum(through) == CAME // EACH
    with sqlite3.connect(tmp_path / databases.NAME) as kept:
        assert kept.execute("SELECT SUM(amount) FROM payments_refund").fetchone() == (99_000,)
    kept.close()


@pytest.mark.django_db
def test_the_database_itself_refuses_a_refund_too_many_and_a_changed_entry() -> None:
    of = making.invoice()
    attempt = making.paid(of)
    facts = {"invoice": of, "attempt": attempt, "currency": "KZT", "ground": "mistake", "requested_at": AT}
    Refund.objects.create(**facts, key="a", amount=60_000)
    rejected = Refund.objects.create(**facts, key="b", amount=90_000, state="rejected")
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(**facts, key="c", amount=40_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.filter(pk=rejected.pk).update(state="approved")
    with pytest.raises(IntegrityError), transaction.atomic():
        BookEntry.objects.update(amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentAttempt.objects.update(refunding=CAME + 1)
    assert BookEntry.objects.exclude(amount=CAME).count() == 0


@pytest.mark.django_db
def test_the_triggers_are_there_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger")
        there = {name for (name,) in cursor.fetchall()}
    wanted = set(GUARDS) if connection.vendor == "sqlite" else {GUARDS[0], GUARDS[2]}
    assert wanted <= there


@pytest.mark.django_db
def test_a_refund_is_asked_for_once_decided_by_another_and_carried_out_by_what_the_provider_tells() -> None:
    of = making.invoice()
    attempt = making.paid(of)
    first, second = making.cashier("first"), making.cashier("second")
    new = NewRefund(attempt, 100_000, "not_provided", "Closed that day.", "k")
    refund = request_refund(new=new, by=first, at=AT)
    assert request_refund(new=new, by=first, at=AT) == refund
    early = making.told(attempt, "refund_done", refund=refund.pk)
    apply_provider_events(events=[early], by=BY, at=AT)
    early.refresh_from_db()
    assert early.state == "waiting"
    with pytest.raises(DomainError, match="acts-apart"):
        approve_refund(refund=refund, words="", by=first, at=AT)
    approve_refund(refund=refund, words="Seen.", by=second, at=AT)
    check_books(of)
    assert (of.state, balances(of)) == ("refunded", {"clearing.test": 100_000, "refunds_payable": -100_000})
    send_refund(refund=refund, reference="R-1", by=BY, at=AT)
    apply_provider_events(events=[early], by=BY, at=timezone.now())
    refund.refresh_from_db()
    assert (refund.state, balances(of)) == ("done", {})


@pytest.mark.django_db
def test_a_refund_that_comes_back_is_held_for_the_payer_and_one_that_is_rejected_takes_nothing() -> None:
    of = making.invoice()
    attempt = making.paid(of)
    second = making.cashier("second")
    rejected = asked(attempt, 100_000)
    reject_refund(refund=rejected, words="It was given.", by=second, at=AT)
    refund = asked(attempt, 100_000, "two")
    approve_refund(refund=refund, words="", by=second, at=AT)
    return_refund(refund=refund, by=BY, at=AT)
    check_books(of)
    attempt.refresh_from_db()
    assert (attempt.refunding, of.refunded) == (0, 0)
    assert balances(of) == {"clearing.test": 100_000, "unallocated": -100_000}
    again = asked(attempt, 100_000, "three")
    approve_refund(refund=again, words="", by=second, at=AT)
    finish_refund(refund=again, reference="S-9", by=BY, at=AT)
    check_books(of)
    assert balances(of) == {}


@pytest.mark.django_db
def test_nothing_goes_back_of_what_is_contested_or_did_not_come() -> None:
    of = making.invoice()
    attempt = making.paid(of)
    apply_provider_events(events=[making.told(attempt, "dispute_opened")], by=BY, at=AT)
    attempt.refresh_from_db()
    with pytest.raises(DomainError, match="refund-nothing-came"):
        asked(attempt, 1)
    unpaid = making.attempt(making.invoice())
    with pytest.raises(DomainError, match="refund-nothing-came"):
        asked(unpaid, 1)
