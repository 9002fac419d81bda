"""Waivers: those that wait for a second person, and all that were confirmed, as everybody sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.models import Waiver
from adaldyq.measures.payments.states import CONFIRMED, PROPOSED


def with_all() -> QuerySet[Waiver]:
    """Waivers with the fee and the body of each."""
    return Waiver.objects.select_related("invoice__version__schedule", "invoice__body")


def published() -> QuerySet[Waiver]:
    """Waivers that were confirmed, the newest first; pages tell of each its day, fee, body, ground and sum."""
    return with_all().filter(state=CONFIRMED).order_by("-decided_at", "-pk")


def waiting(by: Actor) -> list[Waiver]:
    """Waivers that wait for a second person, the oldest first; the viewer's bodies' only."""
    listed = with_all().filter(state=PROPOSED).order_by("proposed_at")
    return [one for one in listed if policies.may_decide(by, one.invoice.body)]


def waiver(by: Actor, key: str) -> Waiver | None:
    """A waiver that the viewer may decide about, or has proposed."""
    one = with_all().filter(pk=key).first()
    return one if one is not None and policies.may_decide(by, one.invoice.body) else None
