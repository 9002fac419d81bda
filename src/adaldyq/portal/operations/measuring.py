"""Figures for operators, in Prometheus' format.

Two sources. Requests are counted by the server processes of a node, in files that they share, so that any of them
tells the sum of all; each node is asked by itself. What the house knows (events, deadlines, the ledger, the workers'
signs of life) is read from the database when it is asked for: it is true whichever process answers, needs no process
to be told what another did, and survives every restart. Nodes tell the same of it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Count, Min
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from adaldyq.kernel.deadlines.queries import countable
from adaldyq.kernel.heartbeats import newest_by_loop_and_node
from adaldyq.kernel.models import EventDelivery
from adaldyq.kernel.models.deadlines import MISSED, PAUSED, RUNNING
from adaldyq.ledger.models import Leaf, StoredCosignature
from adaldyq.ledger.queries import acts_in_all
from adaldyq.ledger.store import newest_checkpoint
from adaldyq.portal.operations import SHARED_FIGURES

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER = "other"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

OF_PROCESS = CollectorRegistry()
REQUESTS = Counter(
    "adaldyq_requests",
    "Requests by route, method and status.",
    ("route", "method", "status"),
    registry=OF_PROCESS,
)
SECONDS = Histogram(
    "adaldyq_request_seconds",
    "Time from request to answer, in seconds, by route.",
    ("route",),
    buckets=BUCKETS,
    registry=OF_PROCESS,
)


def count(route: str, method: str, status: int, seconds: float) -> None:
    """Count a request that was answered."""
    REQUESTS.labels(route, method if method in METHODS else OTHER, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def rendered(at: datetime | None = None) -> bytes:
    """All figures as text."""
    processes = OF_PROCESS
    if SHARED_FIGURES in os.environ:
        processes = CollectorRegistry()
        MultiProcessCollector(processes)  # type: ignore[no-untyped-call]  # it registers itself
    house = CollectorRegistry()
    house.register(House(at or timezone.now()))
    return generate_latest(processes) + generate_latest(house)


class House(Collector):
    """What the database says of the house at an instant."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> list[Metric]:
        """Nothing before it is asked for."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Everything; without a database, only that there is none."""
        try:
            found = [*self.events(), *self.deadlines(), *self.ledger(), *self.workers(), *acts()]
        except DatabaseError:
            found = []
        yield GaugeMetricFamily("adaldyq_database_up", "Whether the database answers.", value=1 if found else 0)
        yield from found

    def age(self, since: datetime | None) -> float:
        """Seconds since an instant; nought when there is none."""
        return max((self.at - since).total_seconds(), 0.0) if since else 0.0

    def events(self) -> Iterator[Metric]:
        """What waits to be delivered."""
        waiting = EventDelivery.objects.filter(delivered_at=None).aggregate(
            count=Count("pk"), oldest=Min("event__happened_at")
        )
        yield GaugeMetricFamily("adaldyq_events_waiting", "Deliveries of events that wait.", value=waiting["count"])
        yield GaugeMetricFamily(
            "adaldyq_events_oldest_seconds",
            "Age of the oldest event that waits, in seconds.",
            value=self.age(waiting["oldest"]),
        )

    def deadlines(self) -> Iterator[Metric]:
        """What runs, what is due and has not followed yet, what was missed."""
        live = countable().filter(state__in=(RUNNING, PAUSED, MISSED))
        counted = dict(live.values_list("state").annotate(Count("pk")))
        states = GaugeMetricFamily("adaldyq_deadlines", "Deadlines by state.", labels=("state",))
        for state in (RUNNING, PAUSED, MISSED):
            states.add_metric((state,), counted.get(state, 0))
        yield states
        due = countable().filter(state=RUNNING, due_at__lte=self.at).aggregate(count=Count("pk"), at=Min("due_at"))
        yield GaugeMetricFamily(
            "adaldyq_deadlines_due",
            "Deadlines whose day is over and whose effect is still to come.",
            value=due["count"],
        )
        yield GaugeMetricFamily(
            "adaldyq_deadlines_late_seconds", "By how much the oldest of them is late.", value=self.age(due["at"])
        )

    def ledger(self) -> Iterator[Metric]:
        """Size, lines that wait, and how old signatures are."""
        newest = newest_checkpoint()
        waiting = Leaf.objects.filter(position=None).aggregate(count=Count("pk"), oldest=Min("recorded_at"))
        yield GaugeMetricFamily("adaldyq_ledger_lines", "Lines of the ledger.", value=newest.size if newest else 0)
        yield GaugeMetricFamily("adaldyq_ledger_waiting", "Lines that wait for their place.", value=waiting["count"])
        yield GaugeMetricFamily(
            "adaldyq_ledger_waiting_oldest_seconds", "Age of the oldest of them.", value=self.age(waiting["oldest"])
        )
        if newest is None:
            return
        yield GaugeMetricFamily(
            "adaldyq_ledger_checkpoint_seconds", "Age of the newest checkpoint.", value=self.age(newest.signed_at)
        )
        age = GaugeMetricFamily(
            "adaldyq_ledger_cosignature_seconds", "Age of a witness's newest cosignature.", labels=("witness",)
        )
        behind = GaugeMetricFamily(
            "adaldyq_ledger_cosignature_behind", "Lines that a witness has not cosigned.", labels=("witness",)
        )
        for name in StoredCosignature.objects.order_by().values_list("witness", flat=True).distinct():
            last = StoredCosignature.objects.filter(witness=name).order_by("-checkpoint_id").first()
            if last:
                age.add_metric((name,), self.age(last.stated_at))
                behind.add_metric((name,), newest.size - last.checkpoint_id)
        yield from (age, behind)

    def workers(self) -> Iterator[Metric]:
        """How long ago each loop of each worker went round."""
        found = GaugeMetricFamily(
            "adaldyq_worker_heartbeat_seconds", "Time since a loop of a worker went round.", labels=("node", "loop")
        )
        for node, loop, at in newest_by_loop_and_node():
            found.add_metric((node, loop), self.age(at))
        yield found


def acts() -> Iterator[Metric]:
    """Lines of the ledger by act: what was done in all, and how often."""
    found = CounterMetricFamily("adaldyq_acts", "Lines of the ledger by act.", labels=("act",))
    for name, total in acts_in_all():
        found.add_metric((name,), total)
    yield found
