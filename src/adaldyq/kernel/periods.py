"""Dated rows: which were in force on a day, and which of them stand in each other's way.

Both ends belong to the period. An empty beginning is "before anything we know", an empty end is "still".
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

ONE_DAY = timedelta(days=1)


def on(day: date, path: str = "") -> Q:
    """The condition that a dated row was in force on `day`; `path` leads to it over relations, such as `posts__`."""
    return begun_by(day, path) & not_ended_before(day, path)


def begun_by(day: date, path: str = "") -> Q:
    """The condition that a dated row began on `day` or before it."""
    return Q(**{f"{path}valid_from__isnull": True}) | Q(**{f"{path}valid_from__lte": day})


def not_ended_before(day: date, path: str = "") -> Q:
    """The condition that a dated row lasted to `day` or longer."""
    return Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day})


def overlapping(since: date | None, until: date | None) -> Q:
    """The condition that a dated row shares a day with the period from `since` to `until`."""
    condition = Q()
    if until is not None:
        condition &= begun_by(until)
    if since is not None:
        condition &= not_ended_before(since)
    return condition


def day_before(day: date) -> date:
    """The last day of what ends when something else begins on `day`."""
    return day - ONE_DAY
