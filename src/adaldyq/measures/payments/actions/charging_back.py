"""Saying that money which left the bank is a part of a payment that the payer's bank took back.

A debit with the key of a payment and a smaller sum may be that, and may be a charge or a refund of which nobody told. So the
house takes nothing of it as told: a person decides.
"""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.attempts import take_step
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.closing import checked, decided
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.provider_events import apply_provider_events
from adaldyq.measures.payments.domain.standing import BANK, clearing
from adaldyq.measures.payments.models import AttemptCorrection, BookEntry, PaymentAttempt, ProviderEvent, StatementEntry
from adaldyq.measures.payments.models.statements import BY_PERSON, TAKEN_BACK
from adaldyq.measures.payments.queries.events import last_charge_back
from adaldyq.measures.payments.queries.statements import payment_taken_by, transfers_taken_by
from adaldyq.measures.payments.states import (
    APPLIED,
    CHARGE_BACK,
    CHARGED_BACK,
    CONFIRMED,
    CORRECT_CHARGE_BACK,
    EXPLAIN,
    REVERSED_CHARGE_BACK,
    WAITING,
)

CHARGE_BACK_ACT = "payments.entry.charge_back"
BY = system("statements")


def told(entry: StatementEntry) -> Recorded:
    """The ledger line: which entry of which statement, how much, and of which invoice it was taken."""
    facts: dict[str, object] = {
        "entry": entry.pk,
        "statement": entry.statement_id,
        "amount": entry.amount,
        "currency": entry.currency,
        "invoice": entry.attempt.invoice.number if entry.attempt else "",
    }
    return Recorded([facts], {"entry": entry.pk, "attempt": entry.attempt_id or ""})


@act(CHARGE_BACK_ACT, records=told, on="entry")
def match_charge_back(
    *, entry: StatementEntry, attempt: PaymentAttempt, words: str, by: Actor, at: datetime
) -> StatementEntry:
    """Say that an entry is what the payer's bank took back of a payment; so much of its invoice is to be paid again.

    A transfer is taken back whole, on the day on which it left, also when the day on which it came is closed. Where the provider
    has told of it meanwhile, the entry shows just that.

    Raises:
        NotAllowed: `by` is no cashier of the invoice's body.
        DomainError: `reason-missing`, `text-too-long`; `invoice-own`; `statement-no-payment` when the entry bears no key of
            that payment, or more was taken than is there, or another entry shows it; of a transfer, when it is of another sum
            or something of it went back.
        Conflict: it was explained before.
    """
    require(policies.may_decide(by, attempt.invoice.body), CHARGE_BACK_ACT)
    reason = checked(words)
    if policies.is_own(by, attempt.invoice):
        raise DomainError("invoice-own", field="verdict")
    locked(attempt.invoice_id)
    now = (
        payment_taken_by(entry) if attempt.provider != BANK else transfers_taken_by(entry).filter(pk=attempt.pk).first()
    )
    if now is None or now.pk != attempt.pk:
        raise DomainError("statement-no-payment", field="verdict")
    facts = {"verdict": TAKEN_BACK, "way": BY_PERSON, "invoice": None, "attempt": now, **decided(reason, by, at)}
    done = advance(entry, EXPLAIN, by=by, at=at, **facts)
    if now.state != CHARGED_BACK:
        take_step(now, CHARGE_BACK, by=by, at=at, amount=-entry.amount)
    StatementEntry.objects.filter(pk=done.pk).update(posting=left_bank(done, now, at))
    done.refresh_from_db()
    return done


def left_bank(entry: StatementEntry, attempt: PaymentAttempt, at: datetime) -> str:
    """Where it stands in the books that what was taken back left our account; a transfer left it by being taken back."""
    if attempt.provider == BANK:
        return BookEntry.objects.filter(attempt=attempt, kind=CHARGE_BACK).latest("at").posting
    moved = {BANK: entry.amount, clearing(attempt.provider): -entry.amount}
    memo = f"{entry.statement_id} {TAKEN_BACK}"
    return post(moved, kind="settlement", currency=entry.currency, at=at, memo=memo)[0].posting


def undo_charge_back(attempt: PaymentAttempt, reason: str, by: Actor, at: datetime) -> None:
    """Let a payment stand again of which an entry was wrongly said to have taken a part; what a provider told of stays.

    What the provider told of and did not agree with what the person said is applied now.
    """
    locked(attempt.invoice_id)
    attempt.refresh_from_db()
    last = last_charge_back(attempt)
    told_of = ProviderEvent.objects.filter(attempt=attempt, kind="charged_back")
    since = last.at if last is not None else at
    if attempt.state != CHARGED_BACK or told_of.filter(state=APPLIED, settled_at__gte=since).exists():
        return
    done = take_step(attempt, CORRECT_CHARGE_BACK, by=by, at=at)
    AttemptCorrection.objects.create(
        attempt=done, kind=REVERSED_CHARGE_BACK, state=CONFIRMED, words=reason, by_id=by.id or None, at=at
    )
    if waiting := list(told_of.filter(state=WAITING)):
        apply_provider_events(events=waiting, by=BY, at=at)
