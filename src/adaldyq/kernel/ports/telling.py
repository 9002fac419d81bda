"""Telling whoever fills a port of its requests: each once, whatever happens to the worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from adaldyq.kernel import events
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Event, PortRequest
from adaldyq.kernel.models.ports import TOLD, UNTOLD
from adaldyq.kernel.ports import PORTS, Filler, Port, filler_of
from adaldyq.kernel.ports.actions import TELL
from adaldyq.kernel.separation import subject_of
from adaldyq.kernel.states import advance
from adaldyq.ledger.leaves import Payload

BY = system("ports")
TOGETHER = 500


def tell(payload: Payload, at: datetime) -> None:
    """Give a request to whoever fills its port; while nobody does it goes on waiting.

    That it was told, and what was written because of it, are one transaction: an event that comes twice, or again after
    a kill, tells nothing twice.
    """
    with transaction.atomic():
        untold = PortRequest.objects.select_for_update().filter(pk=payload["request"], state__in=UNTOLD)
        request = untold.first()
        filler = filler_of(request.port) if request else ""
        if request is None or not filler:
            return
        taking: Filler = import_string(filler)
        taking(advance(request, "tell", by=BY, at=at, told_at=at), at)


def take_up(*, at: datetime) -> int:
    """Have told what waits at ports that are filled by now, and return how many requests; the worker does it as it starts."""
    filled = [name for name in PORTS if filler_of(name)]
    waiting = PortRequest.objects.filter(port__in=filled, state__in=UNTOLD).order_by("pk")
    count, last = 0, ""
    while some := list(waiting.filter(pk__gt=last)[:TOGETHER]):
        count, last = count + take_up_some(some, at), some[-1].pk
    return count


def take_up_some(waiting: Sequence[PortRequest], at: datetime) -> int:
    """Append an event for each of some requests but those of which one is under way, and return how many."""
    under_way = Event.objects.filter(name=TELL, subject__in=map(subject_of, waiting), deliveries__delivered_at=None)
    known = set(under_way.values_list("subject", flat=True))
    left = [one for one in waiting if subject_of(one) not in known]
    with transaction.atomic():
        for one in left:
            events.append(name=TELL, payload={"request": one.pk}, at=at, by=BY, subject=subject_of(one))
    return len(left)


def told_about(port: Port, kind: str) -> QuerySet[PortRequest, str]:
    """Keys of the records, of a kind, of which whoever fills a port was told and may answer."""
    told = PortRequest.objects.filter(port=port.name, subject_kind=kind, state=TOLD)
    return told.values_list("subject_id", flat=True)
