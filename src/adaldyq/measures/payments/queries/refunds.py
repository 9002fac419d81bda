"""Refunds whose money did not reach the payer, and those that left after all."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Concat

from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.domain.standing import BANK, TWICE
from adaldyq.measures.payments.models import BookEntry, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import GIVEN_BACK
from adaldyq.measures.payments.states import APPROVED, DONE, NOT_DONE, OWED, REJECTED, REQUESTED, SENT

AGAIN = "again-"
"""How the keys of refunds begin that were asked for again."""

SIGNED = Case(When(debit=TWICE, then=F("amount")), default=-F("amount"), output_field=BigIntegerField())
ENTRIES = BookEntry.objects.filter(Q(debit=TWICE) | Q(credit=TWICE), refund=OuterRef("pk")).order_by().values("refund")
OWED_BACK = Coalesce(Subquery(ENTRIES.annotate(sum=Sum(SIGNED)).values("sum")), 0, output_field=BigIntegerField())
"""Of a refund, what its payer owes, since it left beside another."""


def left_twice() -> QuerySet[Refund]:
    """Refunds that were said to have failed and left beside another, so that the payer owes them."""
    return Refund.objects.annotate(owed=OWED_BACK).filter(state=NOT_DONE, owed__gt=0)


def owed_of(refund: Refund) -> int:
    """What the payer of a refund owes, since it left beside another, in least units."""
    return sum(Refund.objects.annotate(owed=OWED_BACK).filter(pk=refund.pk).values_list("owed", flat=True))


def in_bodies_of(by: Actor, found: QuerySet[Refund]) -> Sequence[Refund]:
    """Refunds of the viewer's bodies, the one that ended first first, with what pages say of each."""
    listed = list(found.select_related("invoice__body", "invoice__version", "attempt").order_by("ended_at", "pk"))
    bodies = {one.invoice.body_id: one.invoice.body for one in listed}
    mine = {key for key, body in bodies.items() if policies.may_decide(by, body)}
    return [one for one in listed if one.invoice.body_id in mine]


def twice(by: Actor) -> Sequence[Refund]:
    """Refunds that left twice, of the viewer's bodies."""
    return in_bodies_of(by, left_twice())


def returned_by(of: StatementEntry) -> QuerySet[Refund]:
    """Refunds whose transfer an entry that came in may be, sent back, or whose payer may have given it back.

    The one whose key it bears comes first.
    """
    same = Refund.objects.annotate(owed=OWED_BACK).filter(amount=of.amount, currency=of.currency)
    left = same.filter(Q(attempt__provider=BANK, state=DONE) | Q(state=NOT_DONE, owed=F("amount")))
    named = Case(When(pk=of.end_to_end, then=0), default=1)
    return left.select_related("invoice__body", "attempt").order_by(named, "-ended_at", "pk")


def may_have_left(found: QuerySet[Refund]) -> QuerySet[Refund]:
    """Of some refunds those that failed, and of which nobody has seen that they left after all, nor that they left and came back."""
    shown = StatementEntry.objects.filter(refund=OuterRef("pk"), verdict=GIVEN_BACK)
    return found.annotate(owed=OWED_BACK).filter(~Exists(shown), state=NOT_DONE, owed=0)


def there(found: QuerySet[Refund]) -> QuerySet[Refund]:
    """Of some refunds those whose money has come, and has neither gone back nor been asked for since by another."""
    claim = F("invoice__amount") - F("invoice__waived") - F("invoice__reduced")
    claimed = Case(When(invoice__state__in=OWED, then=claim), default=0, output_field=BigIntegerField())
    held = F("invoice__captured") - F("invoice__refunded") - F("invoice__charged_back")
    asked = Refund.objects.filter(invoice=OuterRef("invoice"), state=REQUESTED).order_by().values("invoice")
    asked_for = Coalesce(Subquery(asked.annotate(sum=Sum("amount")).values("sum")), 0, output_field=BigIntegerField())
    left = F("attempt__captured") - F("attempt__refunding") - F("attempt__charged_back")
    return found.annotate(left=left, over=held - claimed - asked_for).filter(
        left__gte=F("amount"), over__gte=F("amount")
    )


def is_there(refund: Refund) -> bool:
    """Whether the money of a refund that failed is there, as all stands now."""
    return there(Refund.objects.filter(pk=refund.pk)).exists()


def lost() -> QuerySet[Refund]:
    """Refunds that failed, whose money is there, and that nobody asked for again: what is offered, asked for and undone, asks this."""
    begins = Concat(Value(AGAIN), OuterRef("pk"), Value("-"))
    again = Refund.objects.filter(attempt=OuterRef("attempt"), key__startswith=begins).exclude(state=REJECTED)
    return there(Refund.objects.filter(~Exists(again), state=NOT_DONE))


def is_lost(refund: Refund) -> bool:
    """Whether a refund is one of those, as all stands now."""
    return lost().filter(pk=refund.pk).exists()


def failed(by: Actor) -> Sequence[Refund]:
    """All of them of the viewer's bodies."""
    return in_bodies_of(by, lost())


def waits_for_transfer(refund: Refund) -> bool:
    """Whether a refund is to be transferred by the bank, or was and no statement shows it yet."""
    return refund.attempt.provider == BANK and refund.state in {APPROVED, SENT}


def may_again(refund: Refund) -> bool:
    """Whether a refund may be asked for again: it failed, or is one by bank that waits for its transfer."""
    return waits_for_transfer(refund) or is_lost(refund)


def again_of(refund: Refund) -> QuerySet[Refund]:
    """Refunds by which one was asked for again."""
    return Refund.objects.filter(attempt=refund.attempt_id, key__startswith=f"{AGAIN}{refund.pk}-")


def asked_instead(refund: Refund) -> Sequence[Refund]:
    """Refunds of the same invoice that were asked for since one failed and have not left; those by which it was asked for again first."""
    since = Refund.objects.filter(
        invoice=refund.invoice_id, requested_at__gte=refund.ended_at, state__in=(REQUESTED, APPROVED)
    )
    again = Case(When(pk__in=again_of(refund).values("pk"), then=0), default=1)
    return list(since.exclude(pk=refund.pk).select_related("attempt").order_by(again, "-requested_at", "pk"))
