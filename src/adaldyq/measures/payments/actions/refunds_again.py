"""Refunds whose money did not reach the payer: a transfer that the bank sent back, and asking for them to be given back again.

Where the money goes then, to the same account or another, one person says and a second approves, as for every refund.
"""

from __future__ import annotations

import re
from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.books import post, post_change, standing
from adaldyq.measures.payments.actions.closing import checked, decided
from adaldyq.measures.payments.actions.giving_back import refund_of_entry
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.refund_events import take_back
from adaldyq.measures.payments.actions.refunds import NewRefund, request_refund, return_refund, told
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import BANK, REFUNDS
from adaldyq.measures.payments.models import PaymentAttempt, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import BY_PERSON, CAME_BACK
from adaldyq.measures.payments.queries.refunds import again_of, asked_otherwise, returned_by
from adaldyq.measures.payments.states import APPROVED, COME_BACK, EXPLAIN, NOT_DONE, REJECTED, SENT, STAND

CAME_BACK_ACT, AGAIN_ACT = "payments.entry.refund_back", "payments.refund.again"
ACCOUNT = re.compile(r"[A-Z0-9]{5,34}")


@act(CAME_BACK_ACT, records=refund_of_entry, on="entry")
def match_returned(*, entry: StatementEntry, refund: Refund, words: str, by: Actor, at: datetime) -> StatementEntry:
    """Say that an entry is the transfer of a refund which the bank sent back: the money is held for the payer again.

    Raises:
        NotAllowed: `by` is no cashier of the invoice's body.
        DomainError: `reason-missing`, `text-too-long`; `invoice-own`; `statement-no-refund` when no refund of that sum has left.
        Conflict: it was explained before.
    """
    require(policies.may_decide(by, refund.invoice.body), CAME_BACK_ACT)
    reason = checked(words)
    if policies.is_own(by, refund.invoice):
        raise DomainError("invoice-own", field="verdict")
    invoice = locked(refund.invoice_id)
    refund.refresh_from_db()
    if not returned_by(entry).filter(pk=refund.pk).exists():
        raise DomainError("statement-no-refund", field="verdict")
    facts = {"verdict": CAME_BACK, "way": BY_PERSON, "invoice": None, "refund": refund, "attempt": refund.attempt}
    done = advance(entry, EXPLAIN, by=by, at=at, **facts, **decided(reason, by, at))
    back = advance(refund, COME_BACK, by=by, at=at, ended_at=at)
    moved = {BANK: entry.amount, REFUNDS: -entry.amount}
    made = post(
        moved,
        kind="refund_returned",
        currency=entry.currency,
        at=at,
        invoice=invoice,
        attempt=back.attempt,
        refund=back,
    )
    take_back(back, invoice, at)
    StatementEntry.objects.filter(pk=done.pk).update(posting=made[0].posting)
    tell_payer(invoice, "refund-came-back", at, entry.pk)
    done.refresh_from_db()
    return done


def undo_returned(refund: Refund, by: Actor, at: datetime) -> None:
    """Let a refund be done after all of which an entry was wrongly said to be the transfer that came back.

    Raises:
        DomainError: `payment-given-back` when it was asked for again meanwhile, or its money was given back otherwise.
    """
    invoice = locked(refund.invoice_id)
    if any(one.state != REJECTED for one in again_of(refund)) or asked_otherwise(refund, invoice):
        raise DomainError("payment-given-back", field="words")
    attempt = PaymentAttempt.objects.select_for_update().get(pk=refund.attempt_id)
    if attempt.captured - attempt.refunding - attempt.charged_back < refund.amount:
        raise DomainError("payment-given-back", field="words")
    before = standing(invoice)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(refunding=attempt.refunding + refund.amount)
    invoice.refunded += refund.amount
    invoice.save(update_fields=["refunded"])
    done = advance(refund, STAND, by=by, at=at)
    money = {REFUNDS: -refund.amount}
    post_change(invoice, before, kind="refund_approved", at=at, money=money, attempt=attempt, refund=done)


@act(AGAIN_ACT, records=told, on="refund")
def request_again(*, refund: Refund, account: str, words: str, by: Actor, at: datetime) -> Refund:
    """Ask for money to go back again which did not reach the payer, by a refund of its own that a second person approves.

    One by bank that was approved and could not be transferred has failed by that.

    Args:
        account: of the payer, for money that came by bank; empty: by the way it came.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `refund-account` for what is no number of an account; `refund-asked-again` when it was; those of `request_refund`.
        Conflict: it has not failed, and is not one by bank that waits for its transfer.
    """
    require(policies.may_decide(by, refund.invoice.body), AGAIN_ACT)
    number = "".join(account.split()).upper()
    by_bank = refund.attempt.provider == BANK
    if number and not (by_bank and ACCOUNT.fullmatch(number)):
        raise DomainError("refund-account", field="account", value=account[:40])
    invoice = locked(refund.invoice_id)
    refund.refresh_from_db()
    if refund.state in {APPROVED, SENT} and by_bank:
        return_refund(refund=refund, by=by, at=at)
    elif refund.state != NOT_DONE:
        raise Conflict(AGAIN_ACT, refund.state)
    elif asked_otherwise(refund, invoice):
        raise DomainError("refund-asked-again", field="words")
    before = again_of(refund)
    if any(one.state != REJECTED for one in before):
        raise DomainError("refund-asked-again", field="words")
    key = f"again-{refund.pk}-{len(before) + 1}"
    new = NewRefund(refund.attempt, refund.amount, refund.ground, words, key, number)
    return request_refund(new=new, by=by, at=at)
