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
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.closing import checked, decided
from adaldyq.measures.payments.actions.giving_back import refund_of_entry
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.late_refunds import stand, take_back
from adaldyq.measures.payments.actions.refunds import NewRefund, request_refund, return_refund, told
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.domain.standing import BANK, REFUNDS, REPAID, TWICE
from adaldyq.measures.payments.models import BookEntry, Invoice, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import BY_PERSON, CAME_BACK
from adaldyq.measures.payments.queries.refunds import AGAIN, again_of, is_lost, returned_by, waits_for_transfer
from adaldyq.measures.payments.states import COME_BACK, DONE, EXPLAIN, NOT_DONE, STAND

CAME_BACK_ACT, AGAIN_ACT = "payments.entry.refund_back", "payments.refund.again"
ACCOUNT = re.compile(r"[A-Z0-9]{5,34}")


@act(CAME_BACK_ACT, records=refund_of_entry, on="entry")
def match_returned(*, entry: StatementEntry, refund: Refund, words: str, by: Actor, at: datetime) -> StatementEntry:
    """Say that an entry is the transfer of a refund which the bank sent back: the money is held for the payer again.

    What had left twice its payer gave back by that, and nothing of it is held.

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
    StatementEntry.objects.filter(pk=done.pk).update(posting=came_in(done, refund, invoice, by, at))
    done.refresh_from_db()
    return done


def came_in(entry: StatementEntry, refund: Refund, invoice: Invoice, by: Actor, at: datetime) -> str:
    """Enter what came back of a refund, and return where it stands in the books."""
    sent_back = refund.state == DONE
    account, kind = (REFUNDS, "refund_returned") if sent_back else (TWICE, REPAID)
    moved = {BANK: entry.amount, account: -entry.amount}
    [made] = post(
        moved, kind=kind, currency=entry.currency, at=at, invoice=invoice, attempt=refund.attempt, refund=refund
    )
    if sent_back:
        take_back(advance(refund, COME_BACK, by=by, at=at, ended_at=at), invoice, by, at)
        tell_payer(invoice, "refund-came-back", at, entry.pk)
    return made.posting


def undo_returned(refund: Refund, posting: str, by: Actor, at: datetime) -> None:
    """Let a refund be done after all of which an entry was wrongly said to be the transfer that came back.

    Args:
        posting: by which the books said so; the one that its payer gave back had failed and stays so.

    Raises:
        DomainError: `payment-given-back` when it was asked for again meanwhile, or its money went otherwise.
    """
    invoice = locked(refund.invoice_id)
    if BookEntry.objects.filter(posting=posting, kind=REPAID).exists():
        return
    if not is_lost(refund):
        raise DomainError("payment-given-back", field="words")
    stand(refund, invoice, STAND, by, at)


@act(AGAIN_ACT, records=told, on="refund")
def request_again(*, refund: Refund, account: str, words: str, by: Actor, at: datetime) -> Refund:
    """Ask for money to go back again which did not reach the payer, by a refund of its own that a second person approves.

    One by bank that was approved and could not be transferred has failed by that.

    Args:
        account: of the payer, for money that came by bank; empty: by the way it came.

    Raises:
        NotAllowed: `by` is no cashier of the body.
        DomainError: `refund-account` for what is no number of an account; `refund-asked-again` when it was, or its money
            went otherwise; those of `request_refund`.
        Conflict: it has not failed, and is not one by bank that waits for its transfer.
    """
    require(policies.may_decide(by, refund.invoice.body), AGAIN_ACT)
    number = "".join(account.split()).upper()
    if number and not (refund.attempt.provider == BANK and ACCOUNT.fullmatch(number)):
        raise DomainError("refund-account", field="account", value=account[:40])
    locked(refund.invoice_id)
    refund.refresh_from_db()
    if waits_for_transfer(refund):
        return_refund(refund=refund, by=by, at=at)
    elif refund.state != NOT_DONE:
        raise Conflict(AGAIN_ACT, refund.state)
    if not is_lost(refund):
        raise DomainError("refund-asked-again", field="words")
    key = f"{AGAIN}{refund.pk}-{again_of(refund).count() + 1}"
    new = NewRefund(refund.attempt, refund.amount, refund.ground, words, key, number)
    return request_refund(new=new, by=by, at=at)
