"""Acts on refunds: one person asks for money to go back, another approves; the provider then carries it out.

What goes back by an attempt is held against what it brought, three times: under the lock of the invoice, by a constraint
of the attempt, and by a trigger over the refunds themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.books import post_change, standing
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.receipts import withdraw_receipts
from adaldyq.measures.payments.actions.refund_events import take_refund_step
from adaldyq.measures.payments.actions.shortfalls import book_rest, check_not_taken
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import REFUNDS
from adaldyq.measures.payments.domain.statements.statement import shown
from adaldyq.measures.payments.models import GROUNDS, Invoice, PaymentAttempt, Refund
from adaldyq.measures.payments.states import (
    APPROVE,
    CHARGED_BACK,
    FINISH,
    GIVE_BACK,
    GIVEABLE,
    OWED,
    PAID,
    REJECT,
    RETURN,
    SEND,
)

REQUEST_ACT, APPROVE_ACT, REJECT_ACT = (f"payments.refund.{what}" for what in ("request", "approve", "reject"))
SEND_ACT, FINISH_ACT, RETURN_ACT = (f"payments.refund.{what}" for what in ("send", "finish", "return"))
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class NewRefund:
    """What is to go back.

    Attributes:
        attempt: by which the money came.
        amount: in least units of its currency.
        ground: one of `models.GROUNDS`.
        words: why, in words.
        key: by which the same refund is asked for once.
        account: to which it is transferred; empty: by the way it came.
    """

    attempt: PaymentAttempt
    amount: int
    ground: str
    words: str
    key: str
    account: str = ""


def told(refund: Refund) -> Recorded:
    """The ledger line of a step: of which invoice, how much, on which ground, and how it stands."""
    facts: dict[str, object] = {
        "refund": refund.pk,
        "invoice": refund.invoice.number,
        "amount": refund.amount,
        "currency": refund.currency,
        "ground": refund.ground,
        "state": refund.state,
    }
    return Recorded([facts], {"refund": refund.pk, "invoice": refund.invoice_id, "state": refund.state})


@act(REQUEST_ACT, records=told, on="result")
def request_refund(*, new: NewRefund, by: Actor, at: datetime) -> Refund:
    """Ask for money to go back. What is asked for is taken from what is left at once, so that nobody can ask for more.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        DomainError: `key-empty`, `refund-ground`, `reason-missing`, `text-too-long`; `amount-not-payable`; `invoice-own`;
            `refund-nothing-came` when the attempt brought nothing, or its money is contested; `refund-too-much`.
    """
    require(policies.may_issue(by, new.attempt.invoice.body), REQUEST_ACT)
    words = check(new)
    if policies.is_own(by, new.attempt.invoice):
        raise DomainError("invoice-own")
    invoice = locked(new.attempt.invoice_id)
    attempt = PaymentAttempt.objects.select_for_update().get(pk=new.attempt.pk)
    if known := attempt.refunds.filter(key=new.key).first():
        return known
    left = attempt.captured - attempt.refunding - attempt.charged_back
    if attempt.state not in GIVEABLE or attempt.contested or (attempt.state == CHARGED_BACK and left <= 0):
        raise DomainError("refund-nothing-came", field="amount")
    if new.amount > left:
        raise DomainError(
            "refund-too-much", field="amount", left=shown(left, attempt.currency), currency=attempt.currency
        )
    PaymentAttempt.objects.filter(pk=attempt.pk).update(refunding=F("refunding") + new.amount)
    return Refund.objects.create(
        invoice=invoice,
        attempt=attempt,
        key=new.key,
        amount=new.amount,
        currency=attempt.currency,
        ground=new.ground,
        words=words,
        requested_by_id=None if by.system else by.id or None,
        requested_at=at,
        account=new.account or None,
    )


def check(new: NewRefund) -> str:
    """Refuse what cannot be asked for, and return the words without blanks around them.

    Raises:
        DomainError: as `request_refund`.
    """
    words = new.words.strip()
    if not new.key:
        raise DomainError("key-empty", field="key")
    if new.ground not in GROUNDS:
        raise DomainError("refund-ground", field="ground", value=new.ground)
    if not words:
        raise DomainError("reason-missing", field="words")
    if len(words) > LONGEST:
        raise DomainError("text-too-long", field="words", length=len(words), limit=LONGEST)
    if new.amount <= 0:
        raise DomainError("amount-not-payable", field="amount", value=new.amount)
    return words


@act(APPROVE_ACT, records=told, on="refund")
def approve_refund(*, refund: Refund, words: str, by: Actor, at: datetime) -> Refund:
    """Approve a refund that somebody else asked for. From now on it is owed to the payer.

    What goes back beyond what was paid too much is claimed no longer.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `acts-apart` when `by` asked for it; `refund-taken-back` while the payer's bank contests the payment, or
            when it took what is to go back.
        Conflict: it was decided before.
    """
    require(policies.may_decide(by, refund.invoice.body), APPROVE_ACT)
    invoice = locked(refund.invoice_id)
    check_not_taken(PaymentAttempt.objects.get(pk=refund.attempt_id))
    before = standing(invoice)
    done = decide(refund, APPROVE, words, by, at)
    surplus = max(invoice.held - (invoice.claim if invoice.state in OWED else 0), 0)
    if invoice.state in OWED:
        invoice.reduced += max(min(done.amount - surplus, invoice.claim), 0)
    invoice.refunded += done.amount
    invoice.save(update_fields=["reduced", "refunded"])
    if invoice.state == PAID and not invoice.held:
        advance(invoice, GIVE_BACK, by=by, at=at)
        withdraw_receipts(invoice, at)
    money = {REFUNDS: -done.amount}
    post_change(invoice, before, kind="refund_approved", at=at, money=money, attempt=done.attempt, refund=done)
    tell_payer(invoice, "refund-approved-account" if done.account else "refund-approved", at, done.pk)
    return done


def decide(refund: Refund, step: str, words: str, by: Actor, at: datetime) -> Refund:
    """Write who decided about a refund, and why.

    Raises:
        DomainError: `acts-apart`, `invoice-own`.
        Conflict: it was decided before.
    """
    refund.refresh_from_db()
    if not policies.is_somebody_else(by, refund.requested_by):
        raise DomainError("acts-apart", act=step)
    if policies.is_own(by, refund.invoice):
        raise DomainError("invoice-own")
    return advance(
        refund, step, by=by, at=at, decided_by=by.id or None, decided_at=at, decision=words.strip()[:LONGEST]
    )


@act(REJECT_ACT, records=told, on="refund")
def reject_refund(*, refund: Refund, words: str, by: Actor, at: datetime) -> Refund:
    """Reject a refund that somebody else asked for, with the reason.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `reason-missing`; `acts-apart` when `by` asked for it.
        Conflict: it was decided before.
    """
    require(policies.may_decide(by, refund.invoice.body), REJECT_ACT)
    if not words.strip():
        raise DomainError("reason-missing", field="words")
    invoice = locked(refund.invoice_id)
    done = decide(refund, REJECT, words, by, at)
    PaymentAttempt.objects.filter(pk=done.attempt_id).update(refunding=F("refunding") - done.amount)
    book_rest(done.attempt_id, invoice, by, at)
    return done


@act(SEND_ACT, records=told, on="refund")
def send_refund(*, refund: Refund, reference: str, by: Actor, at: datetime) -> Refund:
    """Note that the provider took an approved refund.

    Args:
        reference: what the provider calls it.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it is not approved, or was sent before.
    """
    require(by.system, SEND_ACT)
    return take_refund_step(refund, SEND, by=by, at=at, reference=reference)


@act(FINISH_ACT, records=told, on="refund")
def finish_refund(*, refund: Refund, reference: str, by: Actor, at: datetime) -> Refund:
    """Note that a refund has left our account, as a statement shows.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        Conflict: it was not approved, or has ended.
    """
    require(policies.may_issue(by, refund.invoice.body), FINISH_ACT)
    return take_refund_step(refund, FINISH, by=by, at=at, reference=reference)


@act(RETURN_ACT, records=told, on="refund")
def return_refund(*, refund: Refund, by: Actor, at: datetime) -> Refund:
    """Note that a refund came back: the money is held for the payer, and may be given back in another way.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        Conflict: it was not approved, or has ended.
    """
    require(policies.may_issue(by, refund.invoice.body), RETURN_ACT)
    return take_refund_step(refund, RETURN, by=by, at=at)


def requested_for(invoice: Invoice) -> int:
    """What refunds of an invoice already take, in least units."""
    return sum(attempt.refunding for attempt in invoice.attempts.all())
