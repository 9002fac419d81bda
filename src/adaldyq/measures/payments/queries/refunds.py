"""Refunds whose money did not reach the payer."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Concat

from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models import Invoice, Refund, StatementEntry
from adaldyq.measures.payments.queries.invoices import left_over
from adaldyq.measures.payments.states import APPROVED, DONE, LIVE_REFUND, NOT_DONE, REJECTED, SENT

AGAIN = "again-"
"""How the keys of refunds begin that were asked for again."""


def returned_by(of: StatementEntry) -> QuerySet[Refund]:
    """Refunds by bank whose transfer an entry that came in may be, sent back; the one whose key it bears first."""
    left = Refund.objects.filter(attempt__provider=BANK, state=DONE, amount=of.amount, currency=of.currency)
    named = Case(When(pk=of.end_to_end, then=0), default=1)
    return left.select_related("invoice__body", "attempt").order_by(named, "-ended_at", "pk")


def again_of(refund: Refund) -> list[Refund]:
    """Refunds by which one was asked for again, in their order."""
    return list(
        Refund.objects.filter(attempt=refund.attempt_id, key__startswith=f"{AGAIN}{refund.pk}-").order_by(
            "requested_at"
        )
    )


def may_again(refund: Refund) -> bool:
    """Whether a refund may be asked for again: it failed, or is one by bank that waits for its transfer."""
    waits = refund.attempt.provider == BANK and refund.state in {APPROVED, SENT}
    lost = refund.state == NOT_DONE and not asked_otherwise(refund, refund.invoice)
    return (waits or lost) and all(one.state == REJECTED for one in again_of(refund))


def asked_otherwise(refund: Refund, invoice: Invoice) -> bool:
    """Whether the money of a refund that failed was asked for since by another of the same payment, so that nothing of it is left.

    Args:
        invoice: of the refund, as it is now.
    """
    since = Refund.objects.filter(attempt=refund.attempt_id, requested_at__gte=refund.ended_at, state__in=LIVE_REFUND)
    return left_over(invoice) < refund.amount and since.exclude(pk=refund.pk).exists()


def failed(by: Actor) -> Sequence[Refund]:
    """Refunds that failed and were not asked for again, in whichever way, the oldest first; the viewer's bodies' only."""
    begins = Concat(Value(AGAIN), OuterRef("pk"), Value("-"))
    again = Refund.objects.filter(attempt=OuterRef("attempt"), key__startswith=begins).exclude(state=REJECTED)
    left = F("attempt__captured") - F("attempt__refunding") - F("attempt__charged_back")
    found = Refund.objects.filter(~Exists(again), state=NOT_DONE).annotate(left=left).filter(left__gte=F("amount"))
    listed = found.select_related("invoice__body", "invoice__version", "attempt").order_by("ended_at", "pk")
    mine = [one for one in listed if policies.may_decide(by, one.invoice.body)]
    return [one for one in mine if not asked_otherwise(one, one.invoice)]
