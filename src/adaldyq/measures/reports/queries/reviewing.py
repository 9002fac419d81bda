"""Who looks again at a report whose reporter says that it is not resolved, or that it is one: not who closed it.

Nobody reviews the own decision, as long as there is somebody else who may have the report.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from adaldyq.measures.reports.models import Message, Report, SettingAside
from adaldyq.measures.reports.models.triage import AGREED, OBJECTED, WAITS
from adaldyq.measures.reports.queries.barring import readers_of
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import OPEN

DISPUTED = (WAITS, AGREED, OBJECTED)
"""Ends of a setting aside that its reporter may object to, or has."""


def may_have(report: Report, day: date) -> list[str]:
    """Officers who may be given a report: with a key, and not named in it.

    When the reporter said that it is not resolved, or that it is a report, not who closed it or set it aside, if there is
    somebody else.
    """
    officers = readers(report, day)
    marks = SettingAside.objects.filter(report=report).values_list("by_id", "looked_by_id")
    closed = closers(report).union(*marks)
    return sorted(officers - closed or officers)


def readers(report: Report, day: date) -> set[str]:
    """Officers of the unit with a key whom the report may reach."""
    return {one.account_id for one in readers_of(report, report.unit, day)}


def closers(report: Report) -> set[str]:
    """Officers who closed a report, or of whom one set it aside and the other one agreed."""
    found = set(Message.objects.filter(report=report, closes=True).values_list("by_id", flat=True))
    for pair in SettingAside.objects.filter(report=report, end__in=DISPUTED).values_list("by_id", "looked_by_id"):
        found.update(pair)
    return {one for one in found if one}


def gone_from(report: Report, accounts: Collection[str], day: date) -> frozenset[str]:
    """Of some accounts those that do not receive for the unit of a report on a day: the role or the account has ended."""
    return frozenset(accounts) - officers_of(report.unit, day)


def has_another(report: Report, day: date) -> bool:
    """Whether the unit has an officer who may have the report and has not closed it, to look at it once more."""
    return bool(readers(report, day) - closers(report))


def left_by(account: str, reports: QuerySet[Report], day: date) -> list[str]:
    """Of some reports those that an officer leaves to another one, by their ids."""
    closed = reports.filter(messages__closes=True, messages__by=account).distinct()
    return [one.pk for one in closed if account in bound_to_leave(one, day)]


def bound_to_leave(report: Report, day: date) -> frozenset[str]:
    """Officers who must leave an open report to another one, since they closed it; nobody when there is no other."""
    if report.state not in OPEN:
        return frozenset()
    before = closers(report)
    return frozenset(before) if before and readers(report, day) - before else frozenset()
