"""Reports that may be set aside as none, those that came in one rush together, and those that wait for a second look.

The server knows nothing of what they say. A rush shows in the open: the same day, way, topic, body and region, letters of
about one length (a library of age adds some random bytes to the padded length), the same number of files.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Length

from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.models import Enclosure, Message, Report, SettingAside
from adaldyq.measures.reports.models.reports import NOT_A_REPORT
from adaldyq.measures.reports.models.triage import AGREED, LAPSED, OBJECTED, PUT_BACK, REASONS, WAITS
from adaldyq.measures.reports.queries.queue import visible
from adaldyq.measures.reports.states import CLOSED, RECEIVED, SET_ASIDE

__all__ = [
    "AGREED",
    "LAPSED",
    "NOT_A_REPORT",
    "OBJECTED",
    "PUT_BACK",
    "REASONS",
]  # pages name them by the queries that give them

LEAST_OF_RUSH, STEP_OF_LENGTH = 5, 4096
FACTS = ("received_date", "channel", "topic", "about_body_id", "territory_id", "size", "files")


@dataclass(frozen=True, slots=True)
class Rush:
    """Reports that came together.

    Attributes:
        name: made of what they have in common, for an address.
        first: one of them, for what they have in common.
        files: of each.
    """

    name: str
    first: Report
    reports: Sequence[str]
    files: int


def new_ones(by: Actor, day: date) -> QuerySet[Report]:
    """Reports that the viewer may set aside: not acknowledged yet, and no reporter has said that it is one."""
    objected = SettingAside.objects.filter(end=OBJECTED).values("report")
    found = visible(by, day).filter(state=RECEIVED, protection=None).exclude(pk__in=objected)
    return found.order_by("received_date", "pk")


def rushes(by: Actor, day: date) -> list[Rush]:
    """What came together, the largest first."""
    letter = Message.objects.filter(report=OuterRef("pk"), place=1)
    files = Enclosure.objects.filter(message__report=OuterRef("pk"), message__place=1)
    counted = files.order_by().values("message").annotate(count=Count("pk"))
    found = new_ones(by, day).annotate(
        size=Subquery(letter.annotate(size=Length("sealed")).values("size"), output_field=IntegerField()),
        files=Subquery(counted.values("count"), output_field=IntegerField()),
    )
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for pk, *facts, size, count in found.values_list("pk", *FACTS):
        groups[*facts, (size or 0) // STEP_OF_LENGTH, count or 0].append(pk)
    large = {facts: those for facts, those in groups.items() if len(those) >= LEAST_OF_RUSH}
    firsts = visible(by, day).in_bulk([those[0] for those in large.values()])
    made = [Rush(name_of(facts), firsts[those[0]], those, files=int(str(facts[-1]))) for facts, those in large.items()]
    return sorted(made, key=lambda one: (-len(one.reports), one.name))


def name_of(facts: tuple[object, ...]) -> str:
    """A name for what reports have in common."""
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:12]


def set_aside_now(by: Actor, day: date) -> QuerySet[Report]:
    """Reports of the viewer that wait for a second look, the longest first."""
    return visible(by, day).filter(state=SET_ASIDE).order_by("received_date", "pk")


def closed_as_none(by: Actor, day: date) -> QuerySet[Report]:
    """Reports of the viewer that were closed as none, the last one first; they can be put back."""
    found = visible(by, day).filter(state=CLOSED, outcome=NOT_A_REPORT)
    return found.order_by(F("closed_date").desc(), "pk")


def marks_of(reports: Sequence[Report]) -> Mapping[str, SettingAside]:
    """By which mark each of some reports is set aside, or was closed."""
    found = SettingAside.objects.filter(report__in=reports, end__in=(WAITS, AGREED)).select_related("by")
    return {one.report_id: one for one in found}


def history_of(report: Report) -> Sequence[SettingAside]:
    """How often a report was set aside, and how each time ended."""
    return list(report.set_aside.select_related("by", "looked_by").order_by("made_date", "pk"))
