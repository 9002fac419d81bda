"""Taking back a wrong explanation of a statement's entry, by another person than whoever gave it, while its day is open."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.attempts import correct_attempt
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.charging_back import undo_charge_back
from adaldyq.measures.payments.actions.closing import checked, told
from adaldyq.measures.payments.actions.late_refunds import late_sums, unsay
from adaldyq.measures.payments.actions.matching import verdict_of
from adaldyq.measures.payments.actions.refunds_again import undo_returned
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models import (
    BankStatement,
    BookEntry,
    Invoice,
    PaymentAttempt,
    ProviderEvent,
    Refund,
    StatementEntry,
)
from adaldyq.measures.payments.models.statements import BY_PERSON, CAME_BACK, TAKEN_BACK, UNMATCHED
from adaldyq.measures.payments.states import APPLIED, DONE_ENTRY, FALSE_SUCCESS, OPEN_DAY, TAKE_BACK

TAKE_BACK_ACT = "payments.entry.take_back"
NOTHING: dict[str, object] = {
    "attempt": None,
    "refund": None,
    "posting": "",
    "way": "",
    "decided_by": None,
    "decided_at": None,
}


def written(entry: StatementEntry) -> Recorded:
    """The ledger line: as of an explanation; the verdict is what the entry may be now."""
    return told(entry)


@act(TAKE_BACK_ACT, records=written, on="entry")
def take_explanation_back(*, entry: StatementEntry, words: str, by: Actor, at: datetime) -> StatementEntry:
    """Take back what an entry was explained as: the books are entered the other way round, and it waits for a person again.

    What a provider told of is not taken back here: there the payment itself is corrected.

    Raises:
        NotAllowed: `by` is no cashier of the invoice's body.
        Conflict: it is not explained, or not in the books yet.
        DomainError: `invoice-own`; `acts-apart` when `by` explained it; `reason-missing`, `text-too-long`; `statement-day-closed`;
            `statement-told-by-provider`; `payment-given-back` when money of it has been given back.
    """
    statement = BankStatement.objects.select_for_update().get(pk=entry.statement_id)
    now = StatementEntry.objects.select_for_update().get(pk=entry.pk)
    invoice, refund, attempt = now.invoice, now.refund, now.attempt
    meant = invoice_of(now)
    require(policies.may_decide(by, meant.body if meant else None), TAKE_BACK_ACT)
    if meant is not None and policies.is_own(by, meant):
        raise DomainError("invoice-own", field="words")
    if now.state not in DONE_ENTRY or not now.posting:
        raise Conflict(TAKE_BACK_ACT, now.state)
    if not policies.is_somebody_else(by, now.decided_by):
        raise DomainError("acts-apart", act=TAKE_BACK)
    reason = checked(words)
    if statement.state != OPEN_DAY:
        raise DomainError("statement-day-closed", field="words", day=statement.day)
    if now.way != BY_PERSON and attempt is not None and attempt.provider != BANK:
        raise DomainError("statement-told-by-provider", field="words")
    before = now.posting
    done = advance(now, TAKE_BACK, by=by, at=at, reason=reason, **NOTHING)
    undo(done, before, attempt, refund, reason, by, at)
    StatementEntry.objects.filter(pk=done.pk).update(verdict=verdict_now(done, invoice))
    done.refresh_from_db()
    return done


def undo(
    entry: StatementEntry,
    posting: str,
    attempt: PaymentAttempt | None,
    refund: Refund | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Undo what followed when an entry was explained as it was, in the books and in what it was said to be."""
    if attempt is not None and entry.verdict == TAKEN_BACK:
        if attempt.provider != BANK:  # a transfer comes back to our account by the correction itself
            undo_posting(posting, entry, None, at)
        undo_charge_back(attempt, reason, by, at)
    elif refund is not None and entry.verdict == CAME_BACK:
        undo_posting(posting, entry, refund, at)
        undo_returned(refund, posting, by, at)
    elif refund is not None:
        undo_refund(entry, posting, refund, by, at)
    elif attempt is not None:
        undo_payment(attempt, reason, by, at)
    else:
        undo_posting(posting, entry, None, at)


def invoice_of(entry: StatementEntry) -> Invoice | None:
    """The invoice of which an entry was explained to be money; what a payer's bank took back names the payment alone."""
    if entry.refund is not None:
        return entry.refund.invoice
    return entry.invoice or (entry.attempt.invoice if entry.attempt is not None else None)


def undo_refund(entry: StatementEntry, posting: str, refund: Refund, by: Actor, at: datetime) -> None:
    """Let a refund stand as before an entry was wrongly said to show it; that it left after all stays where its provider told of it."""
    by_bank, late = refund.attempt.provider == BANK, bool(late_sums(refund))
    told_of = ProviderEvent.objects.filter(refund_key=refund.pk, kind="refund_done", state=APPLIED)
    if not (by_bank and late):
        undo_posting(posting, entry, refund, at)
    if late and (by_bank or not told_of.exists()):
        unsay(refund, by, at)
    elif by_bank:
        advance(refund, TAKE_BACK, by=by, at=at, ended_at=None)


def undo_payment(attempt: PaymentAttempt, reason: str, by: Actor, at: datetime) -> None:
    """Correct a payment that the entry had proved; the entry's key and reference are free for the next one."""
    correct_attempt(attempt=attempt, kind=FALSE_SUCCESS, words=reason, taken_back=True, by=by, at=at)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(key=f"{attempt.key}/{attempt.pk}", provider_reference="")


def undo_posting(posting: str, entry: StatementEntry, refund: Refund | None, at: datetime) -> None:
    """Enter the other way round what had set an entry aside, or had a refund leave the bank."""
    moved: dict[str, int] = {}
    for one in BookEntry.objects.filter(posting=posting):
        moved[one.debit_id] = moved.get(one.debit_id, 0) - one.amount
        moved[one.credit_id] = moved.get(one.credit_id, 0) + one.amount
    memo, attempt = f"{entry.statement_id} {posting}", refund.attempt if refund else None
    post(moved, kind="taken_back", currency=entry.currency, at=at, attempt=attempt, refund=refund, memo=memo)


def verdict_now(entry: StatementEntry, invoice: Invoice | None) -> str:
    """What an entry may be, after the sums have changed."""
    if invoice is None or entry.amount <= 0:
        return UNMATCHED
    invoice.refresh_from_db()
    return verdict_of(entry.amount, invoice)
