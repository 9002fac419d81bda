"""Reports that may be about the same, by what stands in the open, and those that an officer found to be.

The server knows body, topic, region and day of a report, and nothing of what was reported: it offers what coincides in these,
and compares no words. Words are compared on an officer's own computer (`domain/likeness.py`, `adaldyq reports alike`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.models import Report, ReportTie
from adaldyq.measures.reports.models.ties import DUPLICATE, KINDS, REASONS
from adaldyq.measures.reports.queries.queue import visible

__all__ = ["DUPLICATE", "KINDS", "REASONS"]  # pages name them by the queries that give them

NEAR = timedelta(days=180)
MOST_OFFERED, MOST_COMPARED = 20, 300
BODY, TOPIC, REGION = "about_body_id", "topic", "territory_id"
WEIGHTS = {BODY: 4, REGION: 2, TOPIC: 1}
LEAST = 3
"""What has at least this weight is offered: the same body, or the same region and topic."""


@dataclass(frozen=True, slots=True)
class Near:
    """A report that may be about the same, and which of its facts coincide."""

    report: Report
    same: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """Another report that is about the same.

    Attributes:
        is_later: whether it is the later one of the two; of duplicates that is the duplicate.
    """

    report: Report
    tie: ReportTie
    is_later: bool


def near(by: Actor, report: Report, day: date) -> list[Near]:
    """Reports that the viewer sees and that may be about the same, those with most in common first, then the nearest in time."""
    known = {one.report.pk for one in ties_of(by, report, day)}
    between = (report.received_date - NEAR, report.received_date + NEAR)
    common = Q(topic=report.topic, territory=report.territory_id) if report.territory_id else Q(pk=None)
    if report.about_body_id:
        common |= Q(about_body=report.about_body_id)
    found = visible(by, day).filter(common, received_date__range=between).exclude(pk__in={report.pk, *known})
    listed = [Near(one, same_of(report, one)) for one in found]
    listed = [one for one in listed if weight(one) >= LEAST]
    listed.sort(key=lambda one: (-weight(one), abs(one.report.received_date - report.received_date), one.report.pk))
    return listed[:MOST_OFFERED]


def comparable(by: Actor, report: Report, day: date) -> list[str]:
    """Numbers of reports whose words the viewer's browser may compare: those that the viewer may open, the nearest in time."""
    between = (report.received_date - NEAR, report.received_date + NEAR)
    found = visible(by, day).filter(received_date__range=between).exclude(pk=report.pk)
    days = found.values_list("pk", "received_date")
    return [pk for pk, _day in sorted(days, key=lambda one: (abs(one[1] - report.received_date), one[0]))][
        :MOST_COMPARED
    ]


def same_of(one: Report, other: Report) -> tuple[str, ...]:
    """Which facts of two reports coincide; what neither states does not."""
    return tuple(name for name in WEIGHTS if getattr(one, name) and getattr(one, name) == getattr(other, name))


def weight(one: Near) -> int:
    """How much coincides."""
    return sum(WEIGHTS[name] for name in one.same)


def ties_of(by: Actor, report: Report, day: date) -> list[Tied]:
    """Reports about the same as a report; those that the viewer must not see are not told."""
    rows = ReportTie.objects.filter(Q(report=report) | Q(other=report)).order_by("made_date", "pk")
    others = {one.pk: one.other_id if one.report_id == report.pk else one.report_id for one in rows}
    seen = {one.pk: one for one in visible(by, day).filter(pk__in=others.values())}
    return [
        Tied(seen[others[one.pk]], one, is_later=one.other_id == others[one.pk])
        for one in rows
        if others[one.pk] in seen
    ]


def duplicates_of(report: Report) -> Sequence[Report]:
    """Duplicates of a report."""
    return list(Report.objects.filter(pk__in=ReportTie.objects.filter(report=report, kind=DUPLICATE).values("other")))


def original_of(report: Report) -> Report | None:
    """The report of which a report is a duplicate."""
    return Report.objects.filter(pk__in=ReportTie.objects.filter(other=report, kind=DUPLICATE).values("report")).first()
