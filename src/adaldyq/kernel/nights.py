"""What is done once a night: an event of its own, so that what takes long waits for nothing and holds up nothing.

A room takes part by a handler of the event `kernel.night.begin`. The night begins at two by the country's clock; a
worker that was down then begins it when it is back.
"""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from adaldyq.kernel import events
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.deadlines.days import at_time, day_of
from adaldyq.kernel.measure import handlers_of
from adaldyq.kernel.models import Event

NIGHT = "kernel.night.begin"
HOUR = time(2)


def begin_night(*, at: datetime) -> bool:
    """Begin the night of the day, unless that has been done; return whether it was this call that did."""
    day = day_of(at)
    subject = f"night:{day.isoformat()}"
    if at < at_time(day, HOUR) or not handlers_of(NIGHT) or Event.objects.filter(subject=subject).exists():
        return False
    with transaction.atomic():
        hold_names("night", [subject])
        if Event.objects.filter(subject=subject).exists():
            return False
        events.append(name=NIGHT, payload={"day": day.isoformat()}, at=at, subject=subject)
    return True
