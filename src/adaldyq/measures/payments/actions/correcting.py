"""Corrections by which money is held that the provider did not tell of: one person proposes, another decides."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.attempts import take_step
from adaldyq.measures.payments.actions.closing import checked
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models import AttemptCorrection, PaymentAttempt
from adaldyq.measures.payments.states import ATTEMPT, CONFIRM, CORRECTIONS, OF_TWO, PROPOSED, REJECT

PROPOSE_ACT, CONFIRM_ACT, REJECT_ACT = (f"payments.correction.{what}" for what in ("propose", "confirm", "reject"))


def told(correction: AttemptCorrection) -> Recorded:
    """The ledger line of a step: of which invoice, of which kind, how much, and how the correction stands."""
    attempt = correction.attempt
    facts: dict[str, object] = {
        "correction": correction.pk,
        "invoice": attempt.invoice.number,
        "kind": correction.kind,
        "amount": attempt.amount,
        "currency": attempt.currency,
        "state": correction.state,
    }
    return Recorded([facts], {"correction": correction.pk, "attempt": attempt.pk, "state": correction.state})


@act(PROPOSE_ACT, records=told, on="result")
def propose_correction(*, attempt: PaymentAttempt, kind: str, words: str, by: Actor, at: datetime) -> AttemptCorrection:
    """Propose that money is held of an attempt after all.

    Args:
        kind: `late_success` or `reversed_charge_back`.
        words: what shows it.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `reason-missing`, `text-too-long`; `correction-unknown`; `payment-of-statement`; `invoice-own`;
            `correction-waits` when one was proposed.
        Conflict: the attempt does not stand so.
    """
    require(policies.may_decide(by, attempt.invoice.body), PROPOSE_ACT)
    reason = checked(words)
    if kind not in OF_TWO:
        raise DomainError("correction-unknown", field="kind", value=kind)
    if attempt.provider == BANK:
        raise DomainError("payment-of-statement", field="kind")
    if policies.is_own(by, attempt.invoice):
        raise DomainError("invoice-own")
    locked(attempt.invoice_id)
    attempt.refresh_from_db()
    ATTEMPT.step(attempt.state, CORRECTIONS[kind])
    if attempt.corrections.filter(state=PROPOSED).exists():
        raise DomainError("correction-waits", field="kind")
    return AttemptCorrection.objects.create(attempt=attempt, kind=kind, words=reason, by_id=by.id or None, at=at)


@act(CONFIRM_ACT, records=told, on="correction")
def confirm_correction(*, correction: AttemptCorrection, words: str, by: Actor, at: datetime) -> AttemptCorrection:
    """Confirm a correction that somebody else proposed: the attempt and the books are corrected.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `acts-apart`, `invoice-own`.
        Conflict: it was decided before, or the attempt stands otherwise by now.
    """
    attempt = correction.attempt
    require(policies.may_decide(by, attempt.invoice.body), CONFIRM_ACT)
    locked(attempt.invoice_id)
    attempt.refresh_from_db()
    done = decide(correction, CONFIRM, words, by, at)
    take_step(attempt, CORRECTIONS[correction.kind], by=by, at=at)
    return done


@act(REJECT_ACT, records=told, on="correction")
def reject_correction(*, correction: AttemptCorrection, words: str, by: Actor, at: datetime) -> AttemptCorrection:
    """Reject a correction that somebody else proposed, with the reason.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `reason-missing`, `text-too-long`; `acts-apart`, `invoice-own`.
        Conflict: it was decided before.
    """
    require(policies.may_decide(by, correction.attempt.invoice.body), REJECT_ACT)
    return decide(correction, REJECT, checked(words), by, at)


def decide(correction: AttemptCorrection, step: str, words: str, by: Actor, at: datetime) -> AttemptCorrection:
    """Write who decided about a correction, and why.

    Raises:
        DomainError: `acts-apart`, `invoice-own`.
        Conflict: it was decided before.
    """
    correction.refresh_from_db()
    if correction.state != PROPOSED:
        raise Conflict(step, correction.state)
    if not policies.is_somebody_else(by, correction.by):
        raise DomainError("acts-apart", act=step)
    if policies.is_own(by, correction.attempt.invoice):
        raise DomainError("invoice-own")
    facts: dict[str, object] = {"decided_by": by.id or None, "decided_at": at, "decision": words.strip()[:2000]}
    return advance(correction, step, by=by, at=at, **facts)
