"""Acts on attempts to pay: one is opened by whoever has the link, begins at a provider, and is corrected with a kind.

Everything else that becomes of an attempt a provider tells: `provider_events`.
"""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.answering import tell_owed, tell_paid
from adaldyq.measures.payments.actions.books import post_change, standing
from adaldyq.measures.payments.actions.invoices import locked, note_paid
from adaldyq.measures.payments.actions.receipts import withdraw_receipts
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import BANK, CONTESTED, clearing
from adaldyq.measures.payments.models import METHODS, AttemptCorrection, AttemptStep, Invoice, PaymentAttempt
from adaldyq.measures.payments.models.invoices import MOST
from adaldyq.measures.payments.states import (
    CHARGE_BACK,
    CONFIRMED,
    CORRECT_CHARGE_BACK,
    CORRECT_FAILURE,
    CORRECT_SUCCESS,
    CORRECTIONS,
    DISPUTE,
    DISPUTED,
    FALSE_SUCCESS,
    ISSUED,
    OF_TWO,
    PAID,
    PAYABLE,
    REOPEN,
    SETTLE,
    START,
    SUBMIT,
    SUBMITTED,
    SUCCEED,
    WIN,
)

OPEN_ATTEMPT_ACT, START_ACT = "payments.attempt.open", "payments.attempt.start"
CORRECT_ACT, PROVE_ACT = "payments.attempt.correct", "payments.attempt.prove"


def opened(attempt: PaymentAttempt) -> Recorded:
    """What listeners are told of a new attempt; the ledger nothing, before money moves."""
    return Recorded([], {"attempt": attempt.pk, "invoice": attempt.invoice_id})


@act(OPEN_ATTEMPT_ACT, leaves=Leaves.NONE, records=opened, on="result")
def open_attempt(*, invoice: Invoice, provider: str, method: str, key: str, by: Actor, at: datetime) -> PaymentAttempt:
    """Open an attempt to pay what is left of an invoice. Whoever has its link may; the same key opens the same attempt.

    Args:
        provider: code of the provider's adapter.
        method: one of `METHODS`.
        key: chosen by whoever asks, as of `kernel.idempotency`; the attempt's id is what the provider is told.

    Raises:
        DomainError: `key-empty`; `payment-method-unknown`; `invoice-not-payable` when nothing is left to pay, or it was
            cancelled; `payment-under-way` when an attempt is being worked on by a provider.
    """
    if not key:
        raise DomainError("key-empty", field="key")
    if method not in METHODS:
        raise DomainError("payment-method-unknown", field="method", value=method)
    now = locked(invoice)
    if known := now.attempts.filter(key=key).first():
        return known
    if now.state != ISSUED or not now.to_pay or (now.expires_date and day_of(at) > now.expires_date):
        raise DomainError("invoice-not-payable", field="invoice")
    if now.attempts.filter(state=SUBMITTED).exists():
        raise DomainError("payment-under-way", field="invoice")
    return PaymentAttempt.objects.create(
        invoice=now,
        provider=provider,
        method=method,
        key=key,
        amount=now.to_pay,
        currency=now.currency,
        created_at=at,
    )


@act(START_ACT, leaves=Leaves.NONE, records=opened, on="attempt")
def start_attempt(
    *,
    attempt: PaymentAttempt,
    provider_reference: str,
    page: str = "",
    expires_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> PaymentAttempt:
    """Note what the provider called an attempt when it took it, and where the payer goes on.

    What the provider told meanwhile stays: an attempt that has gone further keeps its state.

    Raises:
        IntegrityError: the provider called another attempt so.
    """
    locked(attempt.invoice_id)
    facts: dict[str, object] = {"provider_reference": provider_reference, "page": page, "expires_at": expires_at}
    PaymentAttempt.objects.filter(pk=attempt.pk).update(**facts)
    attempt.refresh_from_db()
    try:
        return take_step(attempt, START, by=by, at=at)
    except Conflict:
        return attempt


def take_step(
    attempt: PaymentAttempt, step: str, *, by: Actor, at: datetime, event: str = "", amount: int | None = None
) -> PaymentAttempt:
    """Let an attempt take a step, with all that follows for its invoice and the books, within an act that holds both.

    Args:
        amount: how much is contested or taken back, where that was told; never more than is left of the attempt.

    Raises:
        Conflict: it cannot from its state.
    """
    invoice, source = locked(attempt.invoice_id), attempt.state
    before, held = standing(invoice), (attempt.captured, attempt.charged_back)
    columns, money = moved(attempt, step, amount)
    if attempt.ended_at is None and step not in {START, SUBMIT}:
        columns["ended_at"] = at
    done = advance(attempt, step, by=by, at=at, **columns)
    AttemptStep.objects.create(attempt=done, act=step, source=source, target=done.state, event=event, at=at)
    if money:
        invoice.captured += done.captured - held[0]
        invoice.charged_back += done.charged_back - held[1]
        invoice.save(update_fields=["captured", "charged_back"])
        post_change(settled(invoice, by=by, at=at), before, kind=step, at=at, money=money, attempt=done)
    return done


def moved(attempt: PaymentAttempt, step: str, told: int | None) -> tuple[dict[str, object], dict[str, int]]:
    """Columns that a step changes, and money by account; nothing for a step that moves none.

    A bank may contest a part and take back another; of what it contested and did not take, the provider holds the rest again.
    """
    account, left = clearing(attempt.provider), attempt.captured - attempt.refunding
    contested = attempt.contested if attempt.state == DISPUTED else 0
    some = left if told is None else min(told, left)
    taken = contested if told is None and attempt.state == DISPUTED else some
    changes: dict[str, tuple[dict[str, object], dict[str, int]]] = {
        SUCCEED: ({"captured": attempt.amount}, {account: attempt.amount}),
        CORRECT_SUCCESS: ({"captured": attempt.amount}, {account: attempt.amount}),
        CORRECT_FAILURE: ({"captured": 0}, {account: -attempt.captured}),
        DISPUTE: ({"contested": some}, {account: -some, CONTESTED: some}),
        WIN: ({"contested": 0}, {account: attempt.contested, CONTESTED: -attempt.contested}),
        CHARGE_BACK: ({"contested": 0, "charged_back": taken}, {CONTESTED: -contested, account: contested - taken}),
        CORRECT_CHARGE_BACK: ({"charged_back": 0}, {account: attempt.charged_back}),
    }
    return changes.get(step, ({}, {}))


def settled(invoice: Invoice, *, by: Actor, at: datetime) -> Invoice:
    """An invoice in the state that follows from what has come and stayed, after its sums have changed.

    Whoever asked for it through the port is told when it is paid, once. One that was paid in time and is owed again can be paid on
    any day: banks take payments back for months.
    """
    paid = invoice.held >= invoice.claim
    if paid and invoice.state in PAYABLE:
        done = advance(invoice, SETTLE, by=by, at=at, settled_at=at)
        note_paid(done, at)
        tell_paid(done, at)
        tell_payer(done, "invoice-paid", at, at.isoformat())
        return done
    if not paid and invoice.state == PAID:
        open_again = advance(invoice, REOPEN, by=by, at=at, settled_at=None, expires_date=None)
        withdraw_receipts(open_again, at)
        tell_owed(open_again, at)
        tell_payer(open_again, "invoice-reopened", at, at.isoformat())
        return open_again
    return invoice


def corrected(correction: AttemptCorrection) -> Recorded:
    """The ledger line of a correction: of which invoice, of which kind, and how the attempt stands."""
    attempt = correction.attempt
    facts: dict[str, object] = {
        "invoice": attempt.invoice.number,
        "correction": correction.kind,
        "amount": attempt.amount,
        "currency": attempt.currency,
        "state": attempt.state,
    }
    return Recorded([facts], {"attempt": attempt.pk, "kind": correction.kind})


@act(CORRECT_ACT, records=corrected, on="attempt")
def correct_attempt(
    *, attempt: PaymentAttempt, kind: str, words: str, taken_back: bool = False, by: Actor, at: datetime
) -> AttemptCorrection:
    """Correct what an attempt came to, since a statement or the provider shows otherwise.

    Args:
        kind: `late_success`, `false_success` or `reversed_charge_back`.
        words: what shows it.
        taken_back: whether the statement's entry that had proved it is explained otherwise from now on; what a statement
            proves changes in no other way, else one entry would pay twice.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        DomainError: `reason-missing`; `correction-unknown`; `correction-needs-two` when a person holds money by it; `payment-of-statement`; `payment-given-back` when refunds have been taken from money
            that had not come; `payment-proved` when a statement shows that it has.
        Conflict: the attempt does not stand so.
    """
    require(policies.may_issue(by, attempt.invoice.body), CORRECT_ACT)
    if not words.strip():
        raise DomainError("reason-missing", field="words")
    if kind not in CORRECTIONS:
        raise DomainError("correction-unknown", field="kind", value=kind)
    if attempt.provider == BANK and not taken_back:
        raise DomainError("payment-of-statement", field="kind")
    if kind in OF_TWO and not by.system:
        raise DomainError("correction-needs-two", field="kind")
    locked(attempt.invoice_id)
    attempt.refresh_from_db()
    if kind == FALSE_SUCCESS and attempt.refunding:
        raise DomainError("payment-given-back", field="kind")
    if kind == FALSE_SUCCESS and attempt.statement_entries.exists():
        raise DomainError("payment-proved", field="kind")
    done = take_step(attempt, CORRECTIONS[kind], by=by, at=at)
    return AttemptCorrection.objects.create(
        attempt=done, kind=kind, state=CONFIRMED, words=words.strip(), by_id=None if by.system else by.id or None, at=at
    )


def proved(attempt: PaymentAttempt) -> Recorded:
    """The ledger line of money that a bank's statement proves: of which invoice, and how much."""
    facts: dict[str, object] = {
        "invoice": attempt.invoice.number,
        "amount": attempt.amount,
        "currency": attempt.currency,
        "method": attempt.method,
    }
    return Recorded([facts], {"attempt": attempt.pk, "invoice": attempt.invoice_id})


@act(PROVE_ACT, records=proved, on="result")
def prove_payment(
    *, invoice: Invoice, method: str, amount: int, key: str, reference: str = "", by: Actor, at: datetime
) -> PaymentAttempt:
    """Note money for an invoice that a bank's statement proves, too little or too much of it as it may be.

    Args:
        method: `transfer`, or `cash_at_bank`; cash is proved by a statement only.
        amount: in least units of the invoice's currency.
        key: of the statement's entry; one is noted once for an invoice.
        reference: what the bank calls the entry.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        DomainError: `key-empty`, `payment-method-unknown`, `amount-not-payable`.
        IntegrityError: that entry has been noted for the invoice.
    """
    require(policies.may_issue(by, invoice.body), PROVE_ACT)
    if not key:
        raise DomainError("key-empty", field="key")
    if method not in {"transfer", "cash_at_bank"}:
        raise DomainError("payment-method-unknown", field="method", value=method)
    if not 0 < amount < MOST:
        raise DomainError("amount-not-payable", field="amount", value=amount)
    now = locked(invoice)
    attempt = PaymentAttempt.objects.create(
        invoice=now,
        provider=BANK,
        method=method,
        key=key,
        provider_reference=reference,
        amount=amount,
        currency=now.currency,
        created_at=at,
    )
    return take_step(attempt, SUCCEED, by=by, at=at)
