"""Events: what an act tells the rest of the house, delivered by the worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db.models import Q
from django.utils.module_loading import import_string

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.gathering import insert_later
from adaldyq.kernel.measure import handlers_of
from adaldyq.kernel.models import Event, EventDelivery
from adaldyq.ledger.leaves import Payload

log = structlog.stdlib.get_logger(__name__)

FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(hours=1)

Handler = Callable[[Payload, datetime], None]
EVERY = Q()


def append(*, name: str, payload: Payload, at: datetime, by: Actor | None = None, subject: str = "") -> None:
    """Write an event and one waiting delivery per handler, in the caller's transaction.

    Args:
        name: of the act.
        payload: for the handlers.
        at: instant of the act.
        by: who acted, and for whom.
        subject: what was acted on, as `model:id`.
    """
    actor, acting_for = (by.id, by.acting_for) if by else ("", "")
    event = Event(name=name, payload=payload, happened_at=at, actor=actor, on_behalf_of=acting_for, subject=subject)
    handlers = handlers_of(name)
    if not handlers:
        insert_later([event])
        return
    event.save(force_insert=True)  # a delivery needs its key
    EventDelivery.objects.bulk_create(
        EventDelivery(event=event, handler=handler, next_attempt_at=at) for handler in handlers
    )


def deliver_waiting(*, at: datetime, of: Q = EVERY) -> int:
    """Deliver every event whose time has come and return how many deliveries were tried.

    A handler runs at least once: it is marked delivered only after it returned, so a worker killed in
    between runs it again; each calls one action, which is whole or not at all. A handler that fails is tried again,
    later each time, and its error is kept.

    Args:
        of: condition on deliveries, where others are delivered by somebody else.
    """
    waiting = EventDelivery.objects.filter(of, delivered_at=None, next_attempt_at__lte=at).order_by("event_id", "id")
    tried = 0
    for delivery in waiting.select_related("event"):
        tried += 1
        deliver(delivery, at)
    return tried


def deliver(delivery: EventDelivery, at: datetime) -> None:
    """Give one event to one handler, and keep what came of it."""
    handler: Handler = import_string(delivery.handler)
    began, facts = time.perf_counter(), {"act": delivery.event.name, "handler": delivery.handler}
    delivery.attempts += 1
    try:
        with structlog.contextvars.bound_contextvars(job=delivery.handler):
            handler(delivery.event.payload, at)
    except Exception as error:  # a handler's failure must not stop the others; it is kept and shown
        log.exception("an event was not taken", attempts=delivery.attempts, **facts)
        delivery.error = f"{type(error).__name__}: {error}"[:2000]
        delivery.next_attempt_at = at + min(FIRST_RETRY * 2 ** (delivery.attempts - 1), LONGEST_RETRY)
    else:
        delivery.delivered_at, delivery.error = at, ""
        log.info("job", milliseconds=round((time.perf_counter() - began) * 1000, 1), **facts)
    delivery.save(update_fields=["attempts", "delivered_at", "next_attempt_at", "error"])
