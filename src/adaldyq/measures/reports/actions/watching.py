"""What follows when a term of a report passes, and the one act that gives more time."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import extend_deadline
from adaldyq.kernel.deadlines.days import days_between
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import MISSED, RUNNING
from adaldyq.kernel.notifications.actions import notify
from adaldyq.measures.reports.actions.feedback import begin_feedback, feedback_since
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, JUSTIFIED, TITLES
from adaldyq.measures.reports.actions.handling import Sealed, require_officer, speak
from adaldyq.measures.reports.models import Escalation, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.queries.barring import kept_from, other_units
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import ACKNOWLEDGED

ESCALATE, DELAY = "reports.report.escalate", "reports.report.delay"
OVERDUE = "report-overdue-elsewhere"


def escalated(one: Escalation) -> Recorded:
    """The ledger line of a term that passed: of which report, which unit it bound, and which one was told."""
    facts: dict[str, object] = {
        "report": one.report_id,
        "term": one.name,
        "due": one.due_date.isoformat(),
        "late": one.late_id,
        "told": one.told_id or "",
    }
    return Recorded([facts], {"report": one.report_id, "escalation": one.pk})


@act(ESCALATE, records=escalated, told_as=HANDLED)
def escalate(*, subject: Report, by: Actor, at: datetime) -> Escalation:
    """Tell another body that a term of a report has passed: that it has, and whose it was, never what was reported.

    When nobody acknowledged the report, the term for telling what was done begins. A unit that the report may be about is not told; when there is no other, the line in the ledger stands alone.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, ESCALATE)
    day = naming.pack().day_of(at)
    terms = deadlines.of_subject(subject).filter(name__in=(ACKNOWLEDGEMENT, FEEDBACK), state=MISSED)
    passed = terms.order_by("-closed_at", "-due_date")[0]
    if passed.name == ACKNOWLEDGEMENT:
        begin_feedback(subject, at)
    told = next(iter(other_units(subject, day)), None)
    made = Escalation.objects.create(
        report=subject, name=passed.name, late=subject.unit, told=told, due_date=passed.due_date, made_date=day
    )
    if told is not None:
        tell(made, at)
    return made


def tell(made: Escalation, at: datetime) -> None:
    """Tell the officers of the other unit; none of those whom the report may be about."""
    day = naming.pack().day_of(at)
    officers = officers_of(made.told, day) if made.told else set()
    parameters = {"due_date": made.due_date.isoformat(), "what_title": TITLES[made.name]}
    for account in Account.objects.filter(pk__in=officers - kept_from(made.report, officers, day)).order_by("pk"):
        key = f"{OVERDUE}:{made.pk}"
        notify(account=account, message=OVERDUE, parameters=parameters, key=key, href="reports/overdue/", at=at)


def delayed(report: Report) -> Recorded:
    """The ledger line of more time: for which report, and the code of the reason."""
    return Recorded([{"report": report.pk, "reason": report.delay_reason}], {"report": report.pk})


@act(DELAY, records=delayed, told_as=HANDLED)
def justify_delay(*, report: Report, reason: str, message: Sealed, by: Actor, at: datetime) -> Report:
    """Take the longer term for telling what was done, once, for a stated reason, and tell the reporter.

    Six months instead of three in duly justified cases (Directive (EU) 2019/1937, art. 11 (2) (d)); the pack has both.

    Raises:
        NotAllowed: `by` may not handle it.
        DomainError: `closed-by-you`; `declared-not-offered` for an unknown reason; `report-term-not-running` when it has passed, was
            given already or does not run yet; as `check_message`.
    """
    require_officer(by, DELAY, report, at)
    if reason not in naming.pack().codes["report_delay"]:
        raise DomainError("declared-not-offered", field="reason", value=reason)
    running = running_feedback(report)
    if running is None or not Report.objects.filter(pk=report.pk, delay_reason="").update(delay_reason=reason):
        raise DomainError("report-term-not-running")
    since = feedback_since(report, running)
    last, longer = (naming.pack().due(term, since) for term in (FEEDBACK, JUSTIFIED))
    more = days_between(last, longer, working=running.working)
    extend_deadline(deadline=running, more=more, reason=reason, by=by, at=at)
    speak(report, message, by, at)
    report.refresh_from_db()
    return report


def running_feedback(report: Report) -> Deadline | None:
    """The term for telling what was done, while it runs."""
    if report.state != ACKNOWLEDGED:
        return None
    return deadlines.of_subject(report).filter(name=FEEDBACK, state=RUNNING).first()
