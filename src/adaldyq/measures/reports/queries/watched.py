"""Terms of reports that passed at one unit, as the other one sees them: never what was reported."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Bar, Escalation, Report
from adaldyq.measures.reports.queries.barring import reaching
from adaldyq.measures.reports.states import ERASED


def overdue_elsewhere(by: Actor, day: date) -> QuerySet[Escalation]:
    """Terms that the viewer's units were told of, but of reports that may be about the viewer or the unit, or were erased.

    Each has `done_at`: when what was due was done after all; none while it is not.
    """
    bodies = [one.body_id for one in by.held if one.role is Role.RECEIVING_OFFICER and one.body_id]
    allowed = Report.objects.filter(reaching(by.id, day)).values("pk")
    done = Deadline.objects.filter(
        subject_kind=Report._meta.label,
        subject_id=OuterRef("report_id"),
        name=OuterRef("name"),
        due_date=OuterRef("due_date"),
    )
    told = Escalation.objects.exclude(report__state=ERASED)  # whom it named is not known any more
    named_since = Exists(Bar.objects.filter(report=OuterRef("report"), unit=OuterRef("told")))
    found = told.filter(~named_since, told__body__in=bodies, report__in=allowed)
    found = found.select_related("late__body")
    return found.annotate(done_at=Subquery(done.values("closed_at")[:1]), came=Subquery(done.values("state")[:1]))


def passed_on(report: Report) -> QuerySet[Escalation]:
    """What other units were told of a report, the last first."""
    return report.escalations.select_related("told__body").order_by("-made_date", "name")
