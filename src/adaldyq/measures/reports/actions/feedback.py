"""Terms of reports that go from office to office: nobody gains time by silence or by passing a report on.

To acknowledge a report each office has its days from the day on which it gets it (Directive (EU) 2019/1937, art. 11 (2) (b)), once:
they stop while another office has the report, and what is left of them runs on when it comes back (`last_day_again`).

The term for telling what was done is the reporter's. It runs from when they first heard of an office, by an acknowledgement
or by a referral, or, without either, from the end of the term to acknowledge (art. 9 (1) (f), 11 (2) (d)); a referral,
for which the law gives a reasonable time and no more (art. 11 (6)), neither ends nor lengthens it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.days import days_between, later
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import CANCELLED, MET_LATE, MISSED, OPEN
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, SECOND_LOOK, run_clock
from adaldyq.measures.reports.models import Report

MISSED_HERE = (MISSED, MET_LATE)


def begin_acknowledgement(report: Report, at: datetime) -> None:
    """Begin the term of the office that a report has come to, within the act that gives it; see `last_day_again`."""
    mine = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT, body=report.unit.body_id)
    before = mine.exclude(closed_at=None).order_by("-started_at").first()
    last = None
    if before is not None:
        day = naming.pack().day_of(at)
        last = last_day_again(day, days_left(before), working=before.working, stopped=before.state == CANCELLED)
    run_clock(report, ACKNOWLEDGEMENT, at, last=last)


def last_day_again(day: date, left: int, *, working: bool, stopped: bool) -> date:
    """The last day of a term to acknowledge of a report that comes back on a day: never that day itself, which nobody could keep.

    What was left of the term runs on. Where nothing was left, since it was missed or kept on its last day, it is the pack's
    whole term anew; where it was stopped on its last day, the pack's days of a second look, which are fewer: else whoever
    gives a report away on the last day would gain a whole term each time.
    """
    if left:
        return later(day, left, working=working)
    return naming.pack().due(SECOND_LOOK if stopped else ACKNOWLEDGEMENT, day)


def came_closed(report: Report) -> bool:
    """Whether a report came to its office after it had been closed at another one, so that no term of it ran here since."""
    terms = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT)
    last = terms.order_by("-started_at").first()
    return last is not None and last.body_id != report.unit.body_id


def days_left(term: Deadline) -> int:
    """How many days were left of a term when it ended."""
    ended = naming.pack().day_of(term.closed_at) if term.closed_at else term.due_date
    return days_between(ended, term.due_date, working=term.working)


def begin_feedback(report: Report, at: datetime) -> None:
    """Begin the term for telling what was done, within the act that acknowledges or refers a report or finds that nobody did.

    One that runs only binds anew, and an office that has missed it has none once more.
    """
    rows = deadlines.of_subject(report).filter(name=FEEDBACK)
    if rows.filter(Q(state__in=OPEN) | Q(state__in=MISSED_HERE, body=report.unit.body_id)).exists():
        if report.assigned_to is not None:
            rebind_deadlines(kind=kind_of(report), subjects=[report.pk], account=report.assigned_to)
        return
    day, known = naming.pack().day_of(at), acknowledging(report)
    since = min(day, known.due_date) if known else day
    run_clock(report, FEEDBACK, at, last=naming.pack().due(FEEDBACK, since))


def acknowledging(report: Report) -> Deadline | None:
    """The newest term for acknowledging a report; an office that gets it has one of its own."""
    terms = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT).exclude(state=CANCELLED)
    return terms.order_by("-started_at").first()


def feedback_since(report: Report, running: Deadline) -> date:
    """The day from which a running term is counted."""
    begun = naming.pack().day_of(running.started_at)
    before = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT, started_at__lt=running.started_at)
    known = before.order_by("-started_at").first()
    return begun if report.was_reopened or known is None else min(begun, known.due_date)
