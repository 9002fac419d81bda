"""The workers' signs of life: each loop writes, every few seconds, that it goes round."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from adaldyq.kernel.models import Heartbeat

EVENTS, CLOCK, LEDGER, WITNESSES = "events", "clock", "ledger", "witnesses"
EVERY = timedelta(seconds=10)
FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(slots=True)
class Pulse:
    """The sign of life of one loop in this process.

    Attributes:
        loop: its name.
        last: when it was last written.
    """

    loop: str
    last: datetime | None = None

    def beat(self, at: datetime) -> None:
        """Write that the loop goes round; not more often than every ten seconds, so that it costs nothing."""
        if self.last is not None and timedelta(0) <= at - self.last < EVERY:
            return
        node = socket.gethostname()[:100]
        Heartbeat.objects.update_or_create(node=node, loop=self.loop, defaults={"beat_at": at})
        if self.last is None:
            Heartbeat.objects.filter(beat_at__lt=at - FORGOTTEN_AFTER).delete()
        self.last = at


def newest_by_loop() -> Mapping[str, datetime]:
    """When each loop last went round on any machine."""
    return dict(Heartbeat.objects.values_list("loop").annotate(newest=Max("beat_at")))


def newest_by_loop_and_node() -> list[tuple[str, str, datetime]]:
    """Machine, loop, and when it last went round."""
    return list(Heartbeat.objects.order_by("node", "loop").values_list("node", "loop", "beat_at"))


def newest_by_node() -> Mapping[str, datetime]:
    """When a worker of each machine last showed any sign of life."""
    return dict(Heartbeat.objects.values_list("node").annotate(newest=Max("beat_at")))
