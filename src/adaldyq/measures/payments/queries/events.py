"""What providers told and waits for a person, for whoever collects and audits."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models import AttemptCorrection, AttemptStep, PaymentAttempt, ProviderEvent
from adaldyq.measures.payments.states import (
    ATTEMPT,
    CHARGE_BACK,
    CHARGED_BACK,
    CORRECTIONS,
    DISMISSED,
    DISPUTE,
    DISPUTED,
    PROPOSED,
    REFUSED,
    WAITING,
)

SHOWN = 4000
"""So many characters of what came are shown; the rest stands in the database."""


def waiting_events(by: Actor) -> QuerySet[ProviderEvent]:
    """Events that wait, the oldest first."""
    return events(by).filter(state=WAITING).order_by("received_at", "pk")


def settled_events(by: Actor) -> QuerySet[ProviderEvent]:
    """Events that were refused or dismissed, the newest first."""
    return events(by).filter(Q(state=REFUSED) | Q(state=DISMISSED)).order_by("-received_at", "pk")


def events(by: Actor) -> QuerySet[ProviderEvent]:
    """All that providers told."""
    found = ProviderEvent.objects.select_related("attempt__invoice", "decided_by")
    return found if policies.may_read_books(by) else found.none()


def event(by: Actor, key: str) -> ProviderEvent | None:
    """One of them."""
    return events(by).filter(pk=key).first()


def text_of(one: ProviderEvent) -> str:
    """What came, as text, as far as it is shown."""
    return bytes(one.raw).decode("utf-8", "replace")[:SHOWN]


def attempt(by: Actor, key: str) -> PaymentAttempt | None:
    """An attempt to pay an invoice that the viewer collects for."""
    one = PaymentAttempt.objects.select_related("invoice__body", "invoice__version").filter(pk=key).first()
    return one if one is not None and policies.may_decide(by, one.invoice.body) else None


def corrections_of(one: PaymentAttempt) -> list[str]:
    """Kinds of corrections that the state of an attempt lets in; none of what a bank's statement proves."""
    if one.provider == BANK:
        return []
    possible = {step.act for step in ATTEMPT.transitions if step.source == one.state}
    return [kind for kind, step in CORRECTIONS.items() if step in possible]


def correction_of(one: PaymentAttempt) -> AttemptCorrection | None:
    """The correction of an attempt that waits for a second person."""
    return one.corrections.filter(state=PROPOSED).select_related("by", "attempt__invoice__body").first()


def waiting_corrections(by: Actor) -> list[AttemptCorrection]:
    """Corrections that wait for a second person, the oldest first; the viewer's bodies' only."""
    listed = AttemptCorrection.objects.filter(state=PROPOSED).select_related("attempt__invoice__body")
    return [one for one in listed.order_by("at", "pk") if policies.may_decide(by, one.attempt.invoice.body)]


def last_charge_back(one: PaymentAttempt) -> AttemptStep | None:
    """The step by which the payer's bank took back an attempt last."""
    return one.steps.filter(act=CHARGE_BACK).order_by("-at", "-pk").first()


def taken_as_told(one: PaymentAttempt) -> int:
    """How much of an attempt the payer's bank contests or took back as was told, in least units, also where a refund held it.

    Told without a sum it is all that was contested before, else all that came.
    """
    if one.state not in {DISPUTED, CHARGED_BACK}:
        return 0
    steps = one.steps.order_by("-at", "-pk")
    last = steps.filter(act=DISPUTE if one.state == DISPUTED else CHARGE_BACK).first()
    if last is None or not last.event:  # a person saw it in a statement, and never more than was there
        return one.contested if one.state == DISPUTED else one.charged_back
    contested = steps.filter(act=DISPUTE).first() if last.source == DISPUTED else None
    events = [last.event, contested.event if contested is not None else ""]
    sums = dict(ProviderEvent.objects.filter(pk__in=events).values_list("pk", "amount"))
    said = [amount for amount in (sums.get(each) for each in events) if amount is not None]
    return min([*said[:1], one.captured])


def said_by_person(one: PaymentAttempt) -> int | None:
    """How much of an attempt was taken back as a person saw it in a statement; None where none was, or the provider told of it."""
    last = last_charge_back(one) if one.state == CHARGED_BACK else None
    return one.charged_back if last is not None and not last.event else None
