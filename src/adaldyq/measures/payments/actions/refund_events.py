"""What a provider tells about refunds."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.states import advance
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.late_refunds import leave_after_all, take_back
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import REFUNDS, clearing
from adaldyq.measures.payments.models import PaymentAttempt, ProviderEvent, Refund
from adaldyq.measures.payments.queries.refunds import may_have_left
from adaldyq.measures.payments.states import APPLY, FINISH, REFUSE, REQUESTED, RETURN, SEND, SUPERSEDE, WAIT

STEPS = {"refund_sent": SEND, "refund_done": FINISH, "refund_failed": RETURN}


def apply_to_refund(event: ProviderEvent, attempt: PaymentAttempt, by: Actor, at: datetime) -> str:
    """Apply an event about a refund, and return the step that the event takes; WAIT while it was not approved."""
    refund = Refund.objects.filter(pk=event.refund_key, attempt=attempt).first()
    if refund is None or refund.state == REQUESTED:
        return WAIT
    if event.amount is not None and event.amount != refund.amount:
        return REFUSE
    if event.kind == "refund_done" and may_have_left(Refund.objects.filter(pk=refund.pk)).exists():
        leave_after_all(refund, by=by, at=at, event=event.pk)
        return APPLY
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
    take_back(done, invoice, by, at)
    return done
