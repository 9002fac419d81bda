"""Who may know of the terms of reports: a row of what is due says that there is a report."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Deadline
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.queue import officers_for, visible
from adaldyq.measures.reports.queries.reviewing import bound_to_leave, gone_from
from adaldyq.measures.reports.queries.routing import LEADERS, officers_of
from adaldyq.measures.reports.states import ERASED


class Terms:
    """The terms of reports, as `kernel.deadlines.terms.Narrowing` asks about them."""

    def seen(self, by: Actor, day: date) -> QuerySet[Any]:
        """Ids of the reports that the viewer may see."""
        return visible(by, day).values("pk")

    def bound(self, deadline: Deadline, day: date) -> list[str]:
        """Officers who may be given a report that nobody answers for yet, or any more, so that a term does not pass unseen."""
        report = report_of(deadline)
        if report is None or report.unit.body_id != deadline.body_id:
            return []
        holder = {one for one in (report.assigned_to_id,) if one}
        if holder - gone_from(report, holder, day):
            return []
        return [account for account, _name in officers_for(report, day)]

    def kept_from(self, deadline: Deadline, accounts: Collection[str], day: date) -> frozenset[str]:
        """Of some accounts those that the report must not reach, or that left it to another one or have left; all of an office named in it.

        All too of one that was erased: whom it named is not known any more.
        """
        report = report_of(deadline)
        if report is None or report.state == ERASED or report.bars.filter(unit__body=deadline.body_id).exists():
            return frozenset(accounts)
        holder = {str(one) for one in (deadline.account_id, report.assigned_to_id) if one}
        gone = gone_from(report, holder, day) - led_by(report, day)
        return kept_from(report, accounts, day) | bound_to_leave(report, day) | gone


def led_by(report: Report, day: date) -> set[str]:
    """Accounts of those who lead the office that has a report; they are told of its terms whoever answers for it."""
    return {one for role in LEADERS for one in officers_of(report.unit, day, role)}


def report_of(deadline: Deadline) -> Report | None:
    """The report that a term is of."""
    return Report.objects.filter(pk=deadline.subject_id).select_related("unit", "about_body__parent").first()


TERMS = Terms()
