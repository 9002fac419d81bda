"""Noting what statements prove: money for invoices that no provider told of. Exact payments are noted by whole sets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery

from adaldyq.base.ids import new_id
from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.inserting import insert_together
from adaldyq.measures.payments.actions.answering import tell_paid
from adaldyq.measures.payments.actions.invoices import TERM
from adaldyq.measures.payments.actions.telling import tell_payers
from adaldyq.measures.payments.domain.standing import BANK, RECEIVABLE
from adaldyq.measures.payments.domain.standing import kind_of as kind_of_account
from adaldyq.measures.payments.models import (
    AttemptStep,
    BankStatement,
    BookAccount,
    BookEntry,
    Invoice,
    PaymentAttempt,
    StatementEntry,
)
from adaldyq.measures.payments.models.statements import DOUBLE, EXACT
from adaldyq.measures.payments.states import (
    CREATED,
    ISSUED,
    MATCHED,
    PAID,
    QUEUED,
    SUCCEED,
    SUCCESS,
)

PROVE_ALL = "payments.statement.prove"
BY = system("statements")
TOGETHER, LONGEST = 2000, 120


def told(entries: Sequence[StatementEntry]) -> Recorded:
    """Ledger lines: of which invoice, how much, by which statement."""
    lines: list[dict[str, object]] = [
        {
            "invoice": one.invoice.number,
            "amount": one.amount,
            "currency": one.currency,
            "method": "transfer",
            "statement": one.statement_id,
        }
        for one in entries
        if one.invoice
    ]
    return Recorded(lines, {"invoices": [one.invoice_id for one in entries]})


def prove_entries(*, statement: BankStatement, at: datetime) -> int:
    """Note all payments that matched entries of a statement prove and that are not in the books, and return how many."""
    proved = 0
    while some := list(unproved(statement)[:TOGETHER]):
        proved += len(prove_exactly(entries=some, by=BY, at=at))
    return proved


def unproved(statement: BankStatement) -> QuerySet[StatementEntry]:
    """Entries that pay invoices exactly and are not in the books yet."""
    return not_proved().filter(statement=statement)


def not_proved() -> QuerySet[StatementEntry]:
    """The same of all statements."""
    waiting = StatementEntry.objects.filter(state=MATCHED, verdict=EXACT, posting="")
    return waiting.select_related("invoice", "statement").order_by("pk")


@act(PROVE_ALL, leaves=Leaves.PER_RECORD, records=told)
def prove_exactly(*, entries: Sequence[StatementEntry], by: Actor, at: datetime) -> Sequence[StatementEntry]:
    """Note that entries pay what is left of their invoices, all at once; as `prove_payment` does for one.

    One whose invoice was paid or changed meanwhile waits for a person. Entries that another proved meanwhile are let alone.

    Args:
        entries: of one statement.

    Returns:
        Those that were noted now.

    Raises:
        NotAllowed: `by` is a person.
    """
    require(by.system, PROVE_ALL)
    entries = held_still(entries)
    keys = [one.invoice_id or "" for one in entries]
    owed = {
        one.pk: one for one in Invoice.objects.select_for_update().filter(pk__any_of=keys, state=ISSUED).order_by("pk")
    }
    paying = [one for one in entries if (of := owed.get(one.invoice_id or "")) and of.to_pay == one.amount]
    late = {one.pk for one in entries} - {one.pk for one in paying}
    StatementEntry.objects.filter(pk__any_of=sorted(late)).update(state=QUEUED, verdict=DOUBLE)
    attempts = [attempt_of(one, at) for one in paying]
    steps = [AttemptStep(attempt=one, act=SUCCEED, source=CREATED, target=SUCCESS, at=at) for one in attempts]
    insert_together(attempts, steps)
    settle([owed[one.invoice_id or ""] for one in paying], at)
    enter(paying, attempts, at)
    return paying


def held_still(entries: Sequence[StatementEntry]) -> Sequence[StatementEntry]:
    """Of entries of a statement those that nobody noted meanwhile; the statement is held until the transaction ends."""
    keys, of = [one.pk for one in entries], {one.statement_id for one in entries}
    list(BankStatement.objects.select_for_update().filter(pk__in=of).order_by("pk"))
    return list(not_proved().filter(pk__any_of=keys))


def attempt_of(entry: StatementEntry, at: datetime) -> PaymentAttempt:
    """The attempt that an entry proves: it began and ended at once."""
    return PaymentAttempt(
        invoice_id=entry.invoice_id or "",
        provider=BANK,
        method="transfer",
        key=entry.key,
        provider_reference=reference_of(entry),
        amount=entry.amount,
        captured=entry.amount,
        currency=entry.currency,
        state=SUCCESS,
        created_at=at,
        ended_at=at,
    )


def reference_of(entry: StatementEntry) -> str:
    """What the bank calls an entry, with the account, since each bank counts for itself."""
    named = f"{entry.statement.account}/{entry.booked_date:%y%m%d}/{entry.bank_reference}"
    return named[:LONGEST] if entry.bank_reference else ""


def settle(invoices: Sequence[Invoice], at: datetime) -> None:
    """Let invoices be paid whose whole rest has come."""
    keys = [one.pk for one in invoices]
    whole = F("amount") - F("waived") - F("reduced") + F("refunded") + F("charged_back")
    Invoice.objects.filter(pk__any_of=keys).update(captured=whole, state=PAID, settled_at=at)
    if invoices:
        meet_deadlines(kind=kind_of(invoices[0]), subjects=keys, name=TERM, at=at)
    for one in invoices:
        if one.request:
            tell_paid(one, at)
    tell_payers(invoices, "invoice-paid", at, at.isoformat())


def enter(entries: Sequence[StatementEntry], attempts: Sequence[PaymentAttempt], at: datetime) -> None:
    """Enter what came in the books, and in the entries where it stands there."""
    accounts = [BookAccount(code=one, kind=kind_of_account(one)) for one in (BANK, RECEIVABLE)]
    BookAccount.objects.bulk_create(accounts, ignore_conflicts=True)
    day = day_of(at)
    rows = [
        BookEntry(
            posting=new_id(),
            kind=SUCCEED,
            debit_id=BANK,
            credit_id=RECEIVABLE,
            amount=attempt.amount,
            currency=attempt.currency,
            invoice_id=attempt.invoice_id,
            attempt=attempt,
            memo=f"{entry.statement_id} {EXACT}",
            day=day,
            at=at,
        )
        for entry, attempt in zip(entries, attempts, strict=True)
    ]
    insert_together(rows)
    kept = StatementEntry.objects.filter(pk__any_of=[one.pk for one in entries])
    same = PaymentAttempt.objects.filter(invoice=OuterRef("invoice"), key=OuterRef("key"))
    kept.update(attempt_id=Subquery(same.values("pk")[:1]))
    entered = BookEntry.objects.filter(attempt=OuterRef("attempt"))
    kept.update(posting=Subquery(entered.values("posting")[:1]))
