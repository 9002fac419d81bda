"""What a provider tells about refunds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.states import advance
from adaldyq.measures.payments.actions.books import post, post_change, standing
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import REFUNDS, clearing
from adaldyq.measures.payments.models import Invoice, PaymentAttempt, ProviderEvent, Refund
from adaldyq.measures.payments.states import APPLY, FINISH, REFUSE, REQUESTED, RETURN, SEND, SUPERSEDE, WAIT

STEPS = {"refund_sent": SEND, "refund_done": FINISH, "refund_failed": RETURN}


def apply_to_refund(event: ProviderEvent, attempt: PaymentAttempt, by: Actor, at: datetime) -> str:
    """Apply an event about a refund, and return the step that the event takes; WAIT while it was not approved."""
    refund = Refund.objects.filter(pk=event.refund_key, attempt=attempt).first()
    if refund is None or refund.state == REQUESTED:
        return WAIT
    if event.amount is not None and event.amount != refund.amount:
        return REFUSE
    try:
        take_refund_step(refund, STEPS[event.kind], by=by, at=at)
    except Conflict:
        return SUPERSEDE
    return APPLY


def take_refund_step(refund: Refund, step: str, *, by: Actor, at: datetime, reference: str = "") -> Refund:
    """Let an approved refund take a step, with its entries in the books, within an act that holds its invoice.

    Raises:
        Conflict: it cannot from its state.
    """
    invoice = locked(refund.invoice_id)
    named = {"provider_reference": reference} if reference else {}
    if step == SEND:
        return advance(refund, step, by=by, at=at, sent_at=at, **named)
    done = advance(refund, step, by=by, at=at, ended_at=at, **named)
    if step == FINISH:
        account = clearing(refund.attempt.provider)
        moved = {REFUNDS: refund.amount, account: -refund.amount}
        post(
            moved, kind="refund", currency=refund.currency, at=at, invoice=invoice, attempt=refund.attempt, refund=done
        )
        tell_payer(invoice, "refund-done", at, done.pk)
        return done
    take_back(done, invoice, at)
    return done


def take_back(refund: Refund, invoice: Invoice, at: datetime) -> None:
    """Let an approved refund that came back count no longer: what it gave back is held for the payer."""
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
