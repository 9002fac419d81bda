"""A duplicate goes to the officer who has the report that it repeats, unless that officer must not see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Account
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import OPEN


def follow(duplicates: Iterable[Report], to: Account, day: date) -> None:
    """Give duplicates to an officer, within the act that ties them or gives the report that they repeat.

    One that is of another unit, is closed, was closed by the officer before, or must not reach the officer stays where it is.
    """
    for one in duplicates:
        if one.state not in OPEN or to.pk not in officers_of(one.unit, day):
            continue
        if to.pk not in kept_from(one, [to.pk], day) | bound_to_leave(one, day):
            Report.objects.filter(pk=one.pk).update(assigned_to=to)
            rebind_deadlines(kind=kind_of(one), subjects=[one.pk], account=to)
