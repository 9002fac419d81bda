"""What cashiers do about events of providers that wait, such as for a payment that nobody knows: try again, or dismiss with a reason."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.closing import checked
from adaldyq.measures.payments.actions.provider_events import apply_provider_event
from adaldyq.measures.payments.models import ProviderEvent
from adaldyq.measures.payments.states import DISMISS, WAITING

RETRY_ACT, DISMISS_ACT = "payments.event.retry", "payments.event.dismiss"
BY = system("payments")


def told(event: ProviderEvent) -> Recorded:
    """The ledger line: which event of which provider, what was told, and how it stands; not what payers wrote."""
    facts: dict[str, object] = {
        "event": event.pk,
        "provider": event.provider,
        "told": event.kind,
        "digest": event.digest,
        "state": event.state,
    }
    return Recorded([facts], {"event": event.pk, "state": event.state})


def held(event: ProviderEvent, act_name: str) -> ProviderEvent:
    """An event that waits, held until the transaction ends.

    Raises:
        Conflict: it waits no longer.
    """
    now = ProviderEvent.objects.select_for_update().get(pk=event.pk)
    if now.state != WAITING:
        raise Conflict(act_name, now.state)
    return now


@act(RETRY_ACT, records=told, on="event")
def retry_event(*, event: ProviderEvent, by: Actor, at: datetime) -> ProviderEvent:
    """Apply an event that waits, should what it waits for be there by now.

    Raises:
        NotAllowed: `by` is no cashier.
        Conflict: it waits no longer.
        DomainError: `provider-event-waits` when it still does.
    """
    require(policies.may_decide(by), RETRY_ACT)
    done = apply_provider_event(event=held(event, RETRY_ACT), by=BY, at=at)
    if done.state == WAITING:
        raise DomainError("provider-event-waits", field="words")
    return done


@act(DISMISS_ACT, records=told, on="event")
def dismiss_event(*, event: ProviderEvent, words: str, by: Actor, at: datetime) -> ProviderEvent:
    """Dismiss an event that waits for what will not come; it stays as it came, with the reason.

    Raises:
        NotAllowed: `by` is no cashier.
        Conflict: it waits no longer.
        DomainError: `reason-missing`, `text-too-long`.
    """
    require(policies.may_decide(by), DISMISS_ACT)
    reason, now = checked(words), held(event, DISMISS_ACT)
    return advance(now, DISMISS, by=by, at=at, settled_at=at, reason=reason, decided_by_id=by.id or None)
