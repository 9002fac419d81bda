"""Counting what senders send through doors, by all processes of the server together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from adaldyq.kernel.actor import Actor, require
from adaldyq.measures.reports.actions.filing import FILE
from adaldyq.measures.reports.adapters.doors import paces
from adaldyq.measures.reports.models import DoorPace


def count_sender(*, channel: str, sender: str, by: Actor, at: datetime) -> int:
    """How many this sender has sent within the hour of the clock, with this one. What was counted before it goes.

    Raises:
        NotAllowed: `by` is somebody.
    """
    require(by.system, FILE)
    hour = paces.hour_of(at)
    name = paces.name_of(channel, sender, hour)
    with transaction.atomic():
        DoorPace.objects.filter(hour__lt=hour).delete()
        DoorPace.objects.bulk_create([DoorPace(name=name, hour=hour)], ignore_conflicts=True)
        DoorPace.objects.filter(name=name).update(sent=F("sent") + 1)
        return DoorPace.objects.values_list("sent", flat=True).get(name=name)


def forget_hours(*, by: Actor, at: datetime) -> None:
    """Let go what was counted in hours that are over, also where nobody came since.

    Raises:
        NotAllowed: `by` is somebody.
    """
    require(by.system, FILE)
    DoorPace.objects.filter(hour__lt=paces.hour_of(at)).delete()
