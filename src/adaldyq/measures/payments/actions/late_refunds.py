"""Refunds that did not reach the payer, and those of them that left after all.

Whether the provider tells it or a statement shows it, a correction says so with its kind, and the books have the money gone. What was
asked for instead is stopped as long as it has not left. What has left twice the payer owes: it stands at the cashier's desk until it
comes back, or until the other of the two turns out not to have left.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from adaldyq.base.errors import Conflict
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.states import advance
from adaldyq.measures.payments.actions.books import post, post_change, standing
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.shortfalls import book_rest
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import LEFT_LATE, LEFT_TWICE, NOT_LEFT, REFUNDS, TWICE, clearing
from adaldyq.measures.payments.models import AttemptCorrection, BookEntry, Invoice, PaymentAttempt, Refund
from adaldyq.measures.payments.queries.refunds import asked_instead, is_there, left_twice, owed_of
from adaldyq.measures.payments.states import (
    COME_BACK,
    CONFIRMED,
    DONE,
    FALL,
    LATE_REFUND,
    LEAVE,
    REQUESTED,
    RETURN,
)


def take_back(refund: Refund, invoice: Invoice, by: Actor, at: datetime) -> None:
    """Let an approved refund that came back count no longer: what it gave back is held for the payer.

    Where another of the two had left twice, it has left once by that.
    """
    before = standing(invoice)
    PaymentAttempt.objects.filter(pk=refund.attempt_id).update(refunding=F("refunding") - refund.amount)
    invoice.refunded -= refund.amount
    invoice.save(update_fields=["refunded"])
    post_change(
        invoice,
        before,
        kind="refund_back",
        at=at,
        money={REFUNDS: refund.amount},
        attempt=refund.attempt,
        refund=refund,
    )
    book_rest(refund.attempt_id, invoice, by, at)
    for one in left_twice().filter(invoice=invoice).order_by("ended_at", "pk"):
        if is_there(one):
            stand(one, invoice, LEAVE, by, at)
            moved = {REFUNDS: one.amount, TWICE: -one.amount}
            post(moved, kind=LEFT_LATE, currency=one.currency, at=at, invoice=invoice, attempt=one.attempt, refund=one)


def stand(refund: Refund, invoice: Invoice, step: str, by: Actor, at: datetime) -> Refund:
    """Let a refund that had failed be done after all; its money is there, and goes on its way in the books."""
    before = standing(invoice)
    PaymentAttempt.objects.filter(pk=refund.attempt_id).update(refunding=F("refunding") + refund.amount)
    invoice.refunded += refund.amount
    invoice.save(update_fields=["refunded"])
    done = advance(refund, step, by=by, at=at, ended_at=at)
    money = {REFUNDS: -refund.amount}
    post_change(invoice, before, kind="refund_approved", at=at, money=money, attempt=refund.attempt, refund=done)
    return done


def leave_after_all(refund: Refund, *, by: Actor, at: datetime, event: str = "", words: str = "") -> Refund:
    """Note that a refund which was said to have failed has left, within the act of whoever shows it.

    Args:
        event: of the provider that told of it; empty: a person saw it in a statement.
        words: what shows it, in that person's words.
    """
    invoice = locked(refund.invoice_id)
    for one in asked_instead(refund):
        if is_there(refund):
            break
        stop(one, invoice, by, at)
    who = None if by.system else by.id or None
    AttemptCorrection.objects.create(
        attempt=refund.attempt, kind=LATE_REFUND, state=CONFIRMED, event=event, words=words, by_id=who, at=at
    )
    there = is_there(refund)
    account, kind = (REFUNDS, LEFT_LATE) if there else (TWICE, LEFT_TWICE)
    done = stand(refund, invoice, LEAVE, by, at) if there else refund
    moved = {account: refund.amount, clearing(refund.attempt.provider): -refund.amount}
    post(moved, kind=kind, currency=refund.currency, at=at, invoice=invoice, attempt=refund.attempt, refund=done)
    tell_payer(invoice, "refund-done" if there else "refund-twice", at, refund.pk)
    return done


def stop(refund: Refund, invoice: Invoice, by: Actor, at: datetime) -> None:
    """Stop a refund that was asked for instead of one that left after all, before it leaves too."""
    if refund.state != REQUESTED:
        take_back(advance(refund, RETURN, by=by, at=at, ended_at=at), invoice, by, at)
        return
    with override(naming.pack().languages[0]):
        words = _("The refund instead of which it was asked for has left after all.")
    advance(refund, FALL, by=by, at=at, decided_at=at, decision=words)
    PaymentAttempt.objects.filter(pk=refund.attempt_id).update(refunding=F("refunding") - refund.amount)
    book_rest(refund.attempt_id, invoice, by, at)


def late_sums(refund: Refund) -> dict[str, int]:
    """What moved by account when a refund left after all; nothing where it did not, or that was taken back."""
    moved: dict[str, int] = {}
    for one in BookEntry.objects.filter(refund=refund, kind__in=(LEFT_LATE, LEFT_TWICE, NOT_LEFT)):
        moved[one.debit_id] = moved.get(one.debit_id, 0) + one.amount
        moved[one.credit_id] = moved.get(one.credit_id, 0) - one.amount
    return {account: amount for account, amount in moved.items() if amount}


def unsay(refund: Refund, by: Actor, at: datetime) -> None:
    """Let a refund have failed again of which an entry was wrongly said to show that it left after all.

    Raises:
        Conflict: it has come back since.
    """
    invoice = locked(refund.invoice_id)
    if refund.state != DONE and not owed_of(refund):
        raise Conflict(COME_BACK, refund.state)
    moved = {account: -amount for account, amount in late_sums(refund).items()}
    post(moved, kind=NOT_LEFT, currency=refund.currency, at=at, invoice=invoice, attempt=refund.attempt, refund=refund)
    if refund.state == DONE:
        take_back(advance(refund, COME_BACK, by=by, at=at, ended_at=at), invoice, by, at)
