"""What is done once a night, and once an hour: events of their own, so that what takes long waits for nothing.

A room takes part by a handler of the event `kernel.night.begin` or `kernel.hour.begin`. The night begins at two by the
country's clock; a worker that was down then begins it when it is back.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.db import transaction

from adaldyq.kernel import events
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.deadlines.days import at_time, day_of
from adaldyq.kernel.measure import handlers_of
from adaldyq.kernel.models import Event
from adaldyq.ledger.leaves import Payload

NIGHT, FULL_HOUR = "kernel.night.begin", "kernel.hour.begin"
HOUR = time(2)


def begin_night(*, at: datetime) -> bool:
    """Begin the night of the day, unless that has been done; return whether it was this call that did."""
    day = day_of(at)
    if at < at_time(day, HOUR):
        return False
    return begin_once(NIGHT, f"night:{day.isoformat()}", {"day": day.isoformat()}, at)


def begin_hour(*, at: datetime) -> bool:
    """Begin the hour of UTC, unless that has been done; return whether it was this call that did."""
    hour = at.astimezone(UTC).strftime("%Y-%m-%dT%H")
    return begin_once(FULL_HOUR, f"hour:{hour}", {"hour": hour}, at)


def begin_once(name: str, subject: str, payload: Payload, at: datetime) -> bool:
    """Append an event of a time that has one only, whoever comes to it first; whether it was this call that did."""
    if not handlers_of(name) or Event.objects.filter(subject=subject).exists():
        return False
    with transaction.atomic():
        hold_names("night", [subject])
        if Event.objects.filter(subject=subject).exists():
            return False
        events.append(name=name, payload=payload, at=at, subject=subject)
    return True
