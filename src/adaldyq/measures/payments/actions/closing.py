"""What a person decides about entries of statements, and the closing of a day."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.attempts import prove_payment
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.matching import verdict_of
from adaldyq.measures.payments.actions.proving import reference_of
from adaldyq.measures.payments.domain.standing import BANK, COSTS, UNALLOCATED, clearing
from adaldyq.measures.payments.domain.statements.statement import shown
from adaldyq.measures.payments.models import BankStatement, BookEntry, Invoice, StatementEntry
from adaldyq.measures.payments.models.statements import BY_PERSON, PAYOUT, UNMATCHED
from adaldyq.measures.payments.models.statements import COSTS as CHARGED
from adaldyq.measures.payments.queries.books import bank_apart_by_days
from adaldyq.measures.payments.states import CLOSE, CLOSED_DAY, DONE_ENTRY, EXPLAIN

EXPLAIN_ACT, SET_ASIDE_ACT, CLOSE_ACT = "payments.entry.match", "payments.entry.set_aside", "payments.statement.close"
LONGEST = 2000
ACCOUNTS = {UNMATCHED: UNALLOCATED, CHARGED: COSTS}


def told(entry: StatementEntry) -> Recorded:
    """The ledger line: which entry of which statement, how much, and what it is."""
    facts: dict[str, object] = {
        "entry": entry.pk,
        "statement": entry.statement_id,
        "amount": entry.amount,
        "currency": entry.currency,
        "verdict": entry.verdict,
        "invoice": entry.invoice.number if entry.invoice else "",
    }
    return Recorded([facts], {"entry": entry.pk, "verdict": entry.verdict})


@act(EXPLAIN_ACT, records=told, on="entry")
def match_entry(
    *, entry: StatementEntry, invoice: Invoice, method: str = "transfer", words: str, by: Actor, at: datetime
) -> StatementEntry:
    """Say that an entry pays an invoice. Whether it is all, too little, too much or once more follows from the sums.

    What is too much is held for the payer, to be given back.

    Args:
        method: `transfer`, or `cash_at_bank` where the statement says that it was paid in cash.

    Raises:
        NotAllowed: `by` is no cashier of the invoice's body.
        DomainError: `reason-missing`; `invoice-own`; `statement-entry-went-out` for money that left; `currencies-differ`;
            `payment-method-unknown`.
        Conflict: it was explained before.
    """
    require(policies.may_decide(by, invoice.body), EXPLAIN_ACT)
    reason = checked(words)
    if policies.is_own(by, invoice):
        raise DomainError("invoice-own", field="invoice")
    if entry.amount <= 0:
        raise DomainError("statement-entry-went-out", field="invoice")
    if entry.currency != invoice.currency:
        raise DomainError("currencies-differ", field="invoice", value=invoice.currency)
    invoice.refresh_from_db()
    verdict = verdict_of(entry.amount, invoice)
    done = advance(
        entry, EXPLAIN, by=by, at=at, verdict=verdict, way=BY_PERSON, invoice=invoice, **decided(reason, by, at)
    )
    attempt = prove_payment(
        invoice=invoice,
        method=method,
        amount=entry.amount,
        key=entry.key,
        reference=reference_of(entry),
        by=by,
        at=at,
    )
    written = BookEntry.objects.filter(attempt=attempt).values_list("posting", flat=True).first()
    StatementEntry.objects.filter(pk=done.pk).update(attempt=attempt, posting=written or "")
    done.refresh_from_db()
    return done


@act(SET_ASIDE_ACT, records=told, on="entry")
def set_entry_aside(
    *, entry: StatementEntry, verdict: str, provider: str = "", words: str, by: Actor, at: datetime
) -> StatementEntry:
    """Say that an entry belongs to no invoice: nobody can place it, it is what a bank charges, or a provider paid out.

    What came and nobody can place is owed to whoever sent it, until somebody claims it.

    Args:
        verdict: `unmatched`, `costs` or `payout`.
        provider: of a payout, whose money it was.

    Raises:
        NotAllowed: `by` is no cashier.
        DomainError: `reason-missing`; `declared-not-offered` for another verdict, or a payout without its provider.
        Conflict: it was explained before.
    """
    require(policies.may_decide(by), SET_ASIDE_ACT)
    reason = checked(words)
    if verdict not in {*ACCOUNTS, PAYOUT}:
        raise DomainError("declared-not-offered", field="verdict", value=verdict)
    if verdict == PAYOUT and not provider:
        raise DomainError("declared-not-offered", field="provider", value=provider)
    account = clearing(provider) if verdict == PAYOUT else ACCOUNTS[verdict]
    done = advance(
        entry, EXPLAIN, by=by, at=at, verdict=verdict, way=BY_PERSON, invoice=None, **decided(reason, by, at)
    )
    moved = {BANK: entry.amount, account: -entry.amount}
    made = post(moved, kind=verdict, currency=entry.currency, at=at, memo=f"{entry.statement_id} {verdict}")
    StatementEntry.objects.filter(pk=done.pk).update(posting=made[0].posting)
    done.refresh_from_db()
    return done


def checked(words: str) -> str:
    """A reason without blanks around it.

    Raises:
        DomainError: `reason-missing`, `text-too-long`.
    """
    reason = words.strip()
    if not reason:
        raise DomainError("reason-missing", field="words")
    if len(reason) > LONGEST:
        raise DomainError("text-too-long", field="words", length=len(reason), limit=LONGEST)
    return reason


def decided(reason: str, by: Actor, at: datetime) -> dict[str, object]:
    """Columns that say who decided, when and why."""
    return {"reason": reason, "decided_by_id": None if by.system else by.id, "decided_at": at}


def closed(statement: BankStatement) -> Recorded:
    """The ledger line: which day closed with which balances."""
    facts: dict[str, object] = {
        "statement": statement.pk,
        "day": statement.day.isoformat(),
        "currency": statement.currency,
        "opening": statement.opening,
        "closing": statement.closing,
        "entries": statement.count,
    }
    return Recorded([facts], {"statement": statement.pk})


@act(CLOSE_ACT, records=closed, on="statement")
def close_statement(*, statement: BankStatement, by: Actor, at: datetime) -> BankStatement:
    """Close the day of an account: its balances agree, every entry is explained and stands in the books.

    Raises:
        NotAllowed: `by` is no cashier.
        DomainError: `statement-day-not-over`; `statement-unexplained` with how many entries wait; `statement-gap` when
            it does not go on where the one before ended; `statement-before-open` while that one is open;
            `statement-sum`; `statement-books-differ` when the books have other money at the bank than the statements say.
        Conflict: it was closed before.
    """
    require(policies.may_decide(by), CLOSE_ACT)
    now = BankStatement.objects.select_for_update().get(pk=statement.pk)
    if now.day >= day_of(at):
        raise DomainError("statement-day-not-over", day=now.day)
    check_whole(now)
    check_before(now)
    check_bank(now)
    return advance(now, CLOSE, by=by, at=at, closed_by_id=by.id or None, closed_at=at)


def check_whole(statement: BankStatement) -> None:
    """See that all entries are there, explained, and in the books.

    Raises:
        DomainError: `statement-unexplained`, `statement-sum`.
    """
    entries = statement.entries.all()
    left = entries.exclude(state__in=DONE_ENTRY, posting__gt="").count()
    if left:
        raise DomainError("statement-unexplained", count=left)
    total = statement.opening + (entries.aggregate(sum=Sum("amount"))["sum"] or 0)
    if total != statement.closing or entries.count() != statement.count:
        raise DomainError(
            "statement-sum",
            line=1,
            account=statement.account,
            currency=statement.currency,
            expected=shown(total, statement.currency),
            found=shown(statement.closing, statement.currency),
        )


def check_bank(statement: BankStatement) -> None:
    """See that the books have as much money at the bank as all statements say.

    Raises:
        DomainError: `statement-books-differ`.
    """
    if apart := bank_apart_by_days(statement.currency):
        raise DomainError("statement-books-differ", apart=shown(apart, statement.currency), currency=statement.currency)


def check_before(statement: BankStatement) -> None:
    """See that it goes on where the statement before it ended, and that that one is closed.

    Raises:
        DomainError: `statement-gap`, `statement-before-open`.
    """
    same = BankStatement.objects.filter(account=statement.account, currency=statement.currency)
    last = same.filter(day__lt=statement.day).order_by("-day").values_list("day", flat=True).first()
    earlier = same.filter(day=last) if last else same.none()
    possible = [*earlier, *same.filter(day=statement.day).exclude(pk=statement.pk)]
    if not possible:
        return
    before = next((one for one in possible if one.closing == statement.opening), None)
    if before is None:
        ended, begins = (shown(sum_, statement.currency) for sum_ in (possible[0].closing, statement.opening))
        raise DomainError("statement-gap", day=possible[0].day, ended=ended, begins=begins, currency=statement.currency)
    if before.state != CLOSED_DAY:
        raise DomainError("statement-before-open", day=before.day)
