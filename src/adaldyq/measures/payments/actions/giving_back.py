"""Saying that money which left the bank is a refund. What came by bank goes back by a transfer, so that is how its refund ends."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.books import post
from adaldyq.measures.payments.actions.closing import checked, decided
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.late_refunds import leave_after_all
from adaldyq.measures.payments.actions.refund_events import take_refund_step
from adaldyq.measures.payments.domain.standing import BANK, LEFT_BY, clearing
from adaldyq.measures.payments.models import BookEntry, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import BY_PERSON, GIVEN_BACK
from adaldyq.measures.payments.queries.refunds import may_have_left
from adaldyq.measures.payments.queries.statements import refunds_for
from adaldyq.measures.payments.states import APPROVED, EXPLAIN, FINISH, SENT

GIVE_BACK_ACT = "payments.entry.refund"


def refund_of_entry(entry: StatementEntry) -> Recorded:
    """The ledger line: which entry of which statement is which refund, of which invoice, and how much."""
    facts: dict[str, object] = {
        "entry": entry.pk,
        "statement": entry.statement_id,
        "amount": entry.amount,
        "currency": entry.currency,
        "refund": entry.refund_id or "",
        "invoice": entry.refund.invoice.number if entry.refund else "",
    }
    return Recorded([facts], {"entry": entry.pk, "refund": entry.refund_id or ""})


@act(GIVE_BACK_ACT, records=refund_of_entry, on="entry")
def match_refund(*, entry: StatementEntry, refund: Refund, words: str, by: Actor, at: datetime) -> StatementEntry:
    """Say that an entry is a refund. One of money that came by bank is done by that; of a provider's it shows that it was.

    One that was said to have failed has left after all.

    Raises:
        NotAllowed: `by` is no cashier of the invoice's body.
        DomainError: `reason-missing`, `text-too-long`; `invoice-own`; `statement-no-refund` when the refund is of another sum, was not
            approved, or another entry shows it.
        Conflict: it was explained before.
    """
    require(policies.may_decide(by, refund.invoice.body), GIVE_BACK_ACT)
    reason = checked(words)
    if policies.is_own(by, refund.invoice):
        raise DomainError("invoice-own", field="verdict")
    locked(refund.invoice_id)
    refund.refresh_from_db()
    if not refunds_for(entry).filter(pk=refund.pk).exists():
        raise DomainError("statement-no-refund", field="verdict")
    late = may_have_left(Refund.objects.filter(pk=refund.pk)).exists()
    done = advance(
        entry,
        EXPLAIN,
        by=by,
        at=at,
        verdict=GIVEN_BACK,
        way=BY_PERSON,
        invoice=None,
        refund=refund,
        attempt=refund.attempt,
        **decided(reason, by, at),
    )
    if late:
        refund = leave_after_all(refund, by=by, at=at, words=reason)
    StatementEntry.objects.filter(pk=done.pk).update(posting=entered(done, refund, by, at))
    done.refresh_from_db()
    return done


def entered(entry: StatementEntry, refund: Refund, by: Actor, at: datetime) -> str:
    """Where it stands in the books that a refund left the bank; entered now unless it was."""
    if refund.attempt.provider != BANK:
        moved = {BANK: entry.amount, clearing(refund.attempt.provider): -entry.amount}
        memo = f"{entry.statement_id} {GIVEN_BACK}"
        return post(moved, kind="settlement", currency=entry.currency, at=at, memo=memo)[0].posting
    if refund.state in {APPROVED, SENT}:
        take_refund_step(refund, FINISH, by=by, at=at)
    return BookEntry.objects.filter(refund=refund, kind__in=LEFT_BY, credit=BANK).latest("at").posting
