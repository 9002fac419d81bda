"""What providers tell is stored as it came, then applied: each event once, and to the same end in whatever order they come."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.inserting import insert_missing
from adaldyq.kernel.states import advance
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.payments.actions.attempts import take_step
from adaldyq.measures.payments.actions.invoices import locked
from adaldyq.measures.payments.actions.refund_events import apply_to_refund
from adaldyq.measures.payments.domain.applying import NEEDS_MONEY, OF_REFUNDS, ORDER, STEPS, Verdict, verdict
from adaldyq.measures.payments.domain.providing import Said, check_said
from adaldyq.measures.payments.models import KINDS, TOLD_BY, AttemptCorrection, PaymentAttempt, ProviderEvent
from adaldyq.measures.payments.queries.events import said_by_person
from adaldyq.measures.payments.states import (
    APPLIED,
    APPLY,
    ATTEMPT,
    CONFIRMED,
    CORRECT_SUCCESS,
    LATE_SUCCESS,
    REFUSE,
    STORED,
    SUPERSEDE,
    UNSETTLED,
    WAIT,
)

APPLY_ACT = "payments.event.apply"
TOLD_OF = ("succeeded", "dispute_opened", "dispute_won", "charged_back", "refund_done", "refund_failed")
"""Kinds whose application leaves a line in the ledger: those that move money."""

WITH_SUM = ("succeeded", "charged_back", "dispute_opened", "dispute_won", *OF_REFUNDS)


def record_provider_event(
    *, provider: str, raw: bytes, said: Said, told_by: str, at: datetime
) -> tuple[ProviderEvent, bool]:
    """Store what a provider told, before anything follows from it, and whether it is new; it is no act.

    The caller has checked the signature. The same event again, by webhook, poll or statement, is not stored twice.

    Args:
        told_by: `webhook`, `poll`, `statement` or `hand`.

    Raises:
        DomainError: `provider-event-unknown` for a kind that we do not know; `provider-event-changed` when the provider
            told something else under the same key before; `webhook-unreadable` for what cannot be kept.
    """
    check_said(said)
    if said.kind not in KINDS or told_by not in TOLD_BY:
        raise DomainError("provider-event-unknown", field="kind", value=said.kind)
    if not said.event_key:
        raise DomainError("key-empty", field="event_key")
    facts = {
        "kind": said.kind,
        "attempt_key": said.attempt_key,
        "amount": said.amount,
        "currency": said.currency,
        "refund_key": said.refund_key,
    }
    more = {"payment_key": said.payment, "said_at": said.said_at, "told_by": told_by, "raw": raw, "received_at": at}
    digest = hashlib.sha256(raw).hexdigest()
    new = ProviderEvent(provider=provider, event_key=said.event_key, digest=digest, **facts, **more)
    insert_missing([new])  # one statement is a transaction by itself; under a rush each further one would cost
    event = ProviderEvent.objects.get(provider=provider, event_key=said.event_key)
    is_new = event.pk == new.pk
    if not is_new and any(getattr(event, name) != value for name, value in facts.items()):
        raise DomainError("provider-event-changed", field="event_key", value=said.event_key)
    return event, is_new


def applied(events: Sequence[ProviderEvent]) -> Recorded:
    """Ledger lines of what moved money: of which invoice, what happened, and how much."""
    lines: list[Payload] = [
        {
            "invoice": one.attempt.invoice.number,
            "told": one.kind,
            "provider": one.provider,
            "amount": moved_by(one, one.attempt),
            "currency": one.attempt.currency,
        }
        for one in events
        if one.attempt is not None and one.state == APPLIED and one.kind in TOLD_OF
    ]
    return Recorded(lines, {"events": [one.pk for one in events]})


def moved_by(event: ProviderEvent, attempt: PaymentAttempt) -> int:
    """How much an event that was applied moved; of what is contested or taken back that may be less than was told."""
    if event.moved is not None:
        return event.moved
    return event.amount if event.amount is not None else attempt.amount


@act(APPLY_ACT, leaves=Leaves.PER_RECORD, records=applied)
def apply_provider_events(*, events: Sequence[ProviderEvent], by: Actor, at: datetime) -> Sequence[ProviderEvent]:
    """Apply stored events, and those that waited for them; return all that were looked at, as they are now.

    Each is applied once, whoever tries and however often. One whose attempt is not known yet goes on waiting.

    Raises:
        NotAllowed: `by` is a person.
    """
    require(by.system, APPLY_ACT)
    looked_at: list[ProviderEvent] = []
    keys = sorted({one.attempt_key for one in events})
    found = PaymentAttempt.objects.filter(pk__in=keys).values_list("pk", "invoice_id")
    for key, invoice in sorted(found, key=lambda pair: pair[::-1]):
        locked(invoice)
        looked_at += apply_to(PaymentAttempt.objects.select_related("invoice").get(pk=key), by, at)
    for one in ProviderEvent.objects.filter(pk__in=[one.pk for one in events], attempt=None, state=STORED):
        looked_at.append(advance(one, WAIT, by=by, at=at))
    return looked_at


def apply_provider_event(*, event: ProviderEvent, by: Actor, at: datetime) -> ProviderEvent:
    """The same of one event, as it is afterwards."""
    apply_provider_events(events=[event], by=by, at=at)
    event.refresh_from_db()
    return event


def apply_to(attempt: PaymentAttempt, by: Actor, at: datetime) -> list[ProviderEvent]:
    """Apply everything that is stored of an attempt, which is held, as far as it goes."""
    left = list(ProviderEvent.objects.filter(attempt_key=attempt.pk, state__in=UNSETTLED).order_by("received_at", "pk"))
    left.sort(key=lambda one: ORDER.index(one.kind))
    looked_at = list(left)
    for one in left:
        one.attempt = attempt
    progress = True
    while progress:
        progress = False
        for one in list(left):
            step = step_of(one, attempt, by, at)
            if step == WAIT:
                continue
            left.remove(one)
            progress = True
    for one in left:
        if one.state == STORED:
            note(one, WAIT, by, at)
    return looked_at


def step_of(event: ProviderEvent, attempt: PaymentAttempt, by: Actor, at: datetime) -> str:
    """Apply one event if it can be, and return the step that it took itself; WAIT leaves it as it is."""
    problem = misfit(event, attempt)
    if problem:
        return note(event, REFUSE, by, at, problem)
    if event.kind in OF_REFUNDS:
        found = apply_to_refund(event, attempt, by, at)
        return WAIT if found == WAIT else note(event, found, by, at, "provider-event-sum" if found == REFUSE else "")
    match verdict(ATTEMPT, attempt.state, event.kind):
        case Verdict.WAIT:
            return WAIT
        case Verdict.SUPERSEDE:
            return told_later(event, attempt, by, at)
        case Verdict.CORRECT:
            take_step(attempt, CORRECT_SUCCESS, by=by, at=at, event=event.pk)
            AttemptCorrection.objects.create(attempt=attempt, kind=LATE_SUCCESS, state=CONFIRMED, event=event.pk, at=at)
        case Verdict.APPLY:
            take_step(attempt, STEPS[event.kind], by=by, at=at, event=event.pk, amount=event.amount)
            of_step = {"dispute_opened": attempt.contested, "charged_back": attempt.charged_back}
            event.moved = of_step.get(event.kind)
    return note(event, APPLY, by, at)


def told_later(event: ProviderEvent, attempt: PaymentAttempt, by: Actor, at: datetime) -> str:
    """What came of an event that changes nothing any more; a charge-back that a person saw in a statement before is the same.

    Of another sum it may be another, or the person was wrong: it waits, so that somebody looks at both.
    """
    said = said_by_person(attempt) if event.kind == "charged_back" else None
    if said is None:
        return note(event, SUPERSEDE, by, at)
    if (event.amount if event.amount is not None else attempt.captured - attempt.refunding) != said:
        return WAIT
    event.moved = 0
    return note(event, APPLY, by, at)


def misfit(event: ProviderEvent, attempt: PaymentAttempt) -> str:
    """Code of the error for which an event cannot be about an attempt; empty when it fits."""
    if event.provider != attempt.provider:
        return "provider-event-of-another"
    if event.payment_key and attempt.provider_reference and event.payment_key != attempt.provider_reference:
        return "provider-event-payment"
    if event.kind == "succeeded" and (event.amount, event.currency) != (attempt.amount, attempt.currency):
        return "provider-event-sum"
    if event.kind in NEEDS_MONEY and event.amount is not None and not 0 < event.amount <= attempt.amount:
        return "provider-event-sum"
    if event.kind in WITH_SUM and event.currency and event.currency != attempt.currency:
        return "provider-event-sum"
    return ""


def note(event: ProviderEvent, step: str, by: Actor, at: datetime, problem: str = "") -> str:
    """Write what came of an event, and return its step."""
    settled = {} if step == WAIT else {"settled_at": at}
    advance(event, step, by=by, at=at, attempt=event.attempt, problem=problem, **settled)
    return step
