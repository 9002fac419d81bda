"""Acts on waivers: on a ground that the fee's law names, one person proposes and another decides. Each is published."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.answering import tell
from adaldyq.measures.payments.actions.attempts import settled
from adaldyq.measures.payments.actions.books import post_change, standing
from adaldyq.measures.payments.actions.invoices import locked, note_paid
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.formulas import part
from adaldyq.measures.payments.models import Invoice, Waiver
from adaldyq.measures.payments.states import CONFIRM, CONFIRMED, ISSUED, PROPOSED, REJECT, WAIVE

PROPOSE_ACT, CONFIRM_ACT, REJECT_ACT = (f"payments.waiver.{what}" for what in ("propose", "confirm", "reject"))
LONGEST = 2000


def told(waiver: Waiver) -> Recorded:
    """The ledger line of a step: by which fee, on which ground, how much, and how it stands; not whose it is."""
    facts: dict[str, object] = {
        "waiver": waiver.pk,
        "fee": waiver.invoice.version_id,
        "ground": waiver.ground,
        "amount": waiver.amount,
        "currency": waiver.currency,
        "state": waiver.state,
    }
    return Recorded([facts], {"waiver": waiver.pk, "state": waiver.state})


@act(PROPOSE_ACT, records=told, on="result")
def propose_waiver(*, invoice: Invoice, ground: str, words: str, by: Actor, at: datetime) -> Waiver:
    """Propose that a fee is waived on a ground; the fee says how much of it.

    Args:
        words: what shows the ground.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `waiver-ground` when the fee knows no such ground; `reason-missing`, `text-too-long`;
            `waiver-too-late` when it is no longer to be paid; `invoice-own`; `waiver-there` when one was proposed or confirmed.
    """
    require(policies.may_decide(by, invoice.body), PROPOSE_ACT)
    said = words.strip()
    if not said:
        raise DomainError("reason-missing", field="words")
    if len(said) > LONGEST:
        raise DomainError("text-too-long", field="words", length=len(said), limit=LONGEST)
    known = {one["ground"]: int(one["per_cent"]) for one in invoice.version.exemptions}
    if ground not in known:
        raise DomainError("waiver-ground", field="ground", value=ground)
    if policies.is_own(by, invoice):
        raise DomainError("invoice-own")
    now = locked(invoice)
    if now.state != ISSUED or not now.to_pay:
        raise DomainError("waiver-too-late", field="ground")
    if now.waivers.filter(state__in=(PROPOSED, CONFIRMED)).exists():
        raise DomainError("waiver-there", field="ground")
    return Waiver.objects.create(
        invoice=now,
        ground=ground,
        per_cent=known[ground],
        amount=part(now.amount, known[ground]),
        currency=now.currency,
        words=said,
        proposed_by_id=by.id or None,
        proposed_at=at,
    )


@act(CONFIRM_ACT, records=told, on="waiver")
def confirm_waiver(*, waiver: Waiver, words: str, by: Actor, at: datetime) -> Waiver:
    """Confirm a waiver that somebody else proposed.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `acts-apart` when `by` proposed it; `waiver-too-late` when it was paid, cancelled or expired meanwhile.
        Conflict: it was decided before.
    """
    require(policies.may_decide(by, waiver.invoice.body), CONFIRM_ACT)
    invoice = locked(waiver.invoice_id)
    if invoice.state != ISSUED:
        raise DomainError("waiver-too-late", field="words")
    before = standing(invoice)
    done = decide(waiver, CONFIRM, words, by, at)
    invoice.waived = done.amount
    invoice.save(update_fields=["waived"])
    if not invoice.claim:
        invoice = advance(invoice, WAIVE, by=by, at=at)
        note_paid(invoice, at)
        tell(invoice, "waived", at)
    else:
        invoice = settled(invoice, by=by, at=at)
    post_change(invoice, before, kind="waive", at=at)
    tell_payer(invoice, "invoice-waived", at, done.pk)
    return done


@act(REJECT_ACT, records=told, on="waiver")
def reject_waiver(*, waiver: Waiver, words: str, by: Actor, at: datetime) -> Waiver:
    """Reject a waiver that somebody else proposed, with the reason.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `reason-missing`; `acts-apart` when `by` proposed it.
        Conflict: it was decided before.
    """
    require(policies.may_decide(by, waiver.invoice.body), REJECT_ACT)
    if not words.strip():
        raise DomainError("reason-missing", field="words")
    return decide(waiver, REJECT, words, by, at)


def decide(waiver: Waiver, step: str, words: str, by: Actor, at: datetime) -> Waiver:
    """Write who decided about a waiver, and why.

    Raises:
        DomainError: `acts-apart`, `invoice-own`.
        Conflict: it was decided before.
    """
    if not policies.is_somebody_else(by, waiver.proposed_by):
        raise DomainError("acts-apart", act=step)
    if policies.is_own(by, waiver.invoice):
        raise DomainError("invoice-own")
    facts: dict[str, object] = {"decided_by": by.id or None, "decided_at": at, "decision": words.strip()[:LONGEST]}
    return advance(waiver, step, by=by, at=at, **facts)
