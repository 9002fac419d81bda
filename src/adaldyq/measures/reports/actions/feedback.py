"""The term for telling a reporter what was done: an office that does not acknowledge a report does not gain time by it.

It runs from the acknowledgement, or, without one, from the end of the term for it (Directive (EU) 2019/1937,
art. 9 (1) (f)).
"""

from __future__ import annotations

from datetime import date, datetime

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import CANCELLED
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, run_clock
from adaldyq.measures.reports.models import Report


def begin_feedback(report: Report, at: datetime) -> None:
    """Begin the term, within the act that acknowledges a report or finds that nobody did; once begun it only binds anew."""
    known = acknowledging(report)
    rows = deadlines.of_subject(report).filter(name=FEEDBACK).exclude(state=CANCELLED)
    if known is not None and rows.filter(started_at__gte=known.started_at).exists():
        if report.assigned_to is not None:
            rebind_deadlines(kind=kind_of(report), subjects=[report.pk], account=report.assigned_to)
        return
    day = naming.pack().day_of(at)
    since = min(day, known.due_date) if known else day
    run_clock(report, FEEDBACK, at, last=naming.pack().due(FEEDBACK, since))


def acknowledging(report: Report) -> Deadline | None:
    """The newest term for acknowledging a report; a referral begins one anew."""
    terms = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT).exclude(state=CANCELLED)
    return terms.order_by("-started_at").first()


def feedback_since(report: Report, running: Deadline) -> date:
    """The day from which a running term is counted."""
    begun, known = naming.pack().day_of(running.started_at), acknowledging(report)
    return begun if report.was_reopened or known is None else min(begun, known.due_date)
