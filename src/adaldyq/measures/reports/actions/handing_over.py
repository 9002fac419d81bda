"""A report goes to another unit: its terms and its protection file go along."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import cancel_deadline, rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models.deadlines import OPEN
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.feedback import begin_acknowledgement, begin_feedback
from adaldyq.measures.reports.actions.filing import FEEDBACK, PASSED_OF_PROTECTION
from adaldyq.measures.reports.actions.protection import carry_protection
from adaldyq.measures.reports.models import ReceivingUnit, Report

RUN_ON = (FEEDBACK, *PASSED_OF_PROTECTION)


def hand_over(report: Report, step: str, *, to: ReceivingUnit, reason: str, by: Actor, at: datetime) -> Report:
    """Let a report that is open lie at another unit, within the act that gives it there.

    The unit has its own term to acknowledge it; the term for telling what was done begins now at the latest, and runs on
    (`actions.feedback`), as those of the protection file do.

    Args:
        report: as it is held.
        step: of the report's life.
        reason: why its other terms are cancelled.
    """
    begin_feedback(report, at)
    stop_terms(report, reason, by, at)
    given = advance(report, step, by=by, at=at, unit=to, assigned_to=None, acknowledged_date=None)
    rebind_deadlines(kind=kind_of(given), subjects=[given.pk], account=None, body=to.body)
    begin_acknowledgement(given, at)
    carry_protection(given, at)
    return given


def hand_over_closed(report: Report, *, to: ReceivingUnit, reason: str, by: Actor, at: datetime) -> Report:
    """Let a report that is closed lie at another unit, within the act that gives it there; what is due of its protection is due there on the same day.

    The unit has a term to acknowledge it from the day on which it is opened again (`actions.reopening`, `actions.triage`).

    Args:
        report: as it is held.
        reason: why what else runs is cancelled.
    """
    stop_terms(report, reason, by, at)
    Report.objects.filter(pk=report.pk).update(unit=to, assigned_to=None)
    rebind_deadlines(kind=kind_of(report), subjects=[report.pk], account=None, body=to.body)
    report.refresh_from_db()
    carry_protection(report, at)
    return report


def stop_terms(report: Report, reason: str, by: Actor, at: datetime) -> None:
    """Cancel what runs about a report, but the terms that are its reporter's: for telling what was done, and of the protection file.

    The last bind the employer, or whoever protects, and begin no sooner and end no later for an office's being another one.
    """
    for running in deadlines.of_subject(report).filter(state__in=OPEN).exclude(name__in=RUN_ON):
        cancel_deadline(deadline=running, reason=reason, by=by, at=at)
