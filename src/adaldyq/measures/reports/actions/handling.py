"""Acts of receiving officers. Each leaves a line in the ledger that names the report by its id and holds nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadlines, rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.states import advance
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.feedback import begin_feedback
from adaldyq.measures.reports.actions.filing import (
    ACKNOWLEDGEMENT,
    FEEDBACK,
    Enclosed,
    check_message,
    next_place,
    write,
)
from adaldyq.measures.reports.actions.following import follow
from adaldyq.measures.reports.actions.holding import check_sealed_to, held
from adaldyq.measures.reports.models import Decision, Message, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.models.messages import OFFICE
from adaldyq.measures.reports.models.reports import OUTCOMES
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.reviewing import bound_to_leave, gone_from
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.queries.ties import duplicates_of
from adaldyq.measures.reports.states import CLOSED

ACKNOWLEDGE, ANSWER = "reports.report.acknowledge", "reports.report.answer"
ASSIGN, CLOSE = "reports.report.assign", "reports.report.close"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message of an officer: an envelope for the reporter's mailbox and the report's key, and its files.

    Attributes:
        sealed_to: the public half of the report's key to which it is sealed; none where no page was open meanwhile.
    """

    text: bytes
    enclosed: Sequence[Enclosed] = field(default=())
    sealed_to: str | None = None


def stepped(report: Report) -> Recorded:
    """The ledger line of a step: which report, its state, who answers for it, and what came of it."""
    facts: dict[str, object] = {
        "report": report.pk,
        "state": report.state,
        "assigned_to": report.assigned_to_id or "",
        "outcome": report.outcome,
    }
    return Recorded([facts], {"report": report.pk, "state": report.state})


def require_reader(by: Actor, act_name: str, report: Report, at: datetime) -> None:
    """Stop whoever does not receive for the unit, or whom the report may be about.

    Enough only for what says nothing about the report, such as sealing its key anew.

    Raises:
        NotAllowed: as it says.
    """
    day = naming.pack().day_of(at)
    require(policies.may_handle(by, report, kept_from(report, [by.id], day)), act_name)


def require_officer(by: Actor, act_name: str, report: Report, at: datetime) -> None:
    """Stop also who closed a report that its reporter has opened again, as long as another officer may deal with it.

    Raises:
        NotAllowed: as `require_reader`.
        DomainError: `closed-by-you`.
    """
    require_reader(by, act_name, report, at)
    if by.id in bound_to_leave(report, naming.pack().day_of(at)):
        raise DomainError("closed-by-you")


@act(ACKNOWLEDGE, records=stepped, told_as=HANDLED)
def acknowledge_report(*, report: Report, message: Sealed | None, by: Actor, at: datetime) -> Report:
    """Tell the reporter that the report has come; the term for telling what was done runs from now, if it does not yet.

    Raises:
        NotAllowed: `by` may not handle it.
        Conflict: it is acknowledged already.
        DomainError: `closed-by-you`; as `check_message`.
    """
    require_officer(by, ACKNOWLEDGE, report, at)
    day = naming.pack().day_of(at)
    assigned = answering(report, by, day)
    done = advance(report, "acknowledge", by=by, at=at, acknowledged_date=day, assigned_to_id=assigned)
    if message is not None:
        speak(done, message, by, at)
    meet_deadlines(kind=kind_of(done), subjects=[done.pk], name=ACKNOWLEDGEMENT, at=at)
    begin_feedback(done, at)
    return done


def answering(report: Report, by: Actor, day: date) -> str:
    """Who answers for a report from a step on: who did, or who takes the step where nobody did or does any more."""
    holder = {one for one in (report.assigned_to_id,) if one}
    return next(iter(holder - gone_from(report, holder, day)), by.id)


def speak(report: Report, message: Sealed, by: Actor, at: datetime, *, closes: bool = False) -> Message:
    """Put an officer's message beside a report; the reporter wrote last no more.

    Raises:
        DomainError: `keys-changed` when the report has another key than it is sealed to; as `check_message`.
    """
    check_message(message.text, message.enclosed)
    if message.sealed_to is not None:
        check_sealed_to(held(report), message.sealed_to)
    Report.objects.filter(pk=report.pk).update(needs_attention=False)
    day = naming.pack().day_of(at)
    return write(report, next_place(report), message.text, message.enclosed, day, side=OFFICE, by=by.id, closes=closes)


def answered(message: Message) -> Recorded:
    """The ledger line of an answer: to which report; never what it says."""
    return Recorded(
        [{"report": message.report_id, "place": message.place}],
        {"report": message.report_id, "message": message.pk},
    )


@act(ANSWER, records=answered, told_as=HANDLED)
def answer_reporter(*, report: Report, message: Sealed, by: Actor, at: datetime) -> Message:
    """Write to the reporter: a question, or how it goes on; of a closed report once the reporter has written again.

    Raises:
        NotAllowed: `by` may not handle it.
        DomainError: `closed-by-you`; `report-closed`; as `check_message`.
    """
    require_officer(by, ANSWER, report, at)
    if report.state == CLOSED and not held(report).needs_attention:
        raise DomainError("report-closed")
    return speak(report, message, by, at)


@act(ASSIGN, records=stepped, told_as=HANDLED)
def assign_report(*, report: Report, to: Account, by: Actor, at: datetime) -> Report:
    """Say which officer of the unit answers for a report; its duplicates go along.

    Raises:
        NotAllowed: `by` may not handle it.
        DomainError: `no-such-officer` for whoever does not receive for the unit, or may not read the report;
            `closed-by-you` for whoever closed it before, and `closed-by-them` for giving it to such a one; `report-closed`.
    """
    require_officer(by, ASSIGN, report, at)
    day = naming.pack().day_of(at)
    allowed = officers_of(report.unit, day)
    if to.pk not in allowed - kept_from(report, allowed, day):
        raise DomainError("no-such-officer", field="to")
    if to.pk in bound_to_leave(report, day):
        raise DomainError("closed-by-them", field="to")
    if not Report.objects.filter(pk=report.pk).exclude(state=CLOSED).update(assigned_to=to):
        raise DomainError("report-closed")
    rebind_deadlines(kind=kind_of(report), subjects=[report.pk], account=to)
    follow(duplicates_of(report), to, day)
    report.refresh_from_db()
    return report


@act(CLOSE, records=stepped, told_as=HANDLED)
def close_report(*, report: Report, outcome: str, message: Sealed, by: Actor, at: datetime) -> Report:
    """Tell the reporter what was done, and close the report. Nobody closes one without telling.

    Raises:
        NotAllowed: `by` may not handle it.
        Conflict: it was not acknowledged, or is closed.
        DomainError: `closed-by-you`; `declared-not-offered` for an unknown outcome; as `check_message`.
    """
    require_officer(by, CLOSE, report, at)
    if outcome not in OUTCOMES:
        raise DomainError("declared-not-offered", field="outcome", value=outcome)
    day = naming.pack().day_of(at)
    changes = {
        "outcome": outcome,
        "closed_date": day,
        "assigned_to_id": answering(report, by, day),
    }
    done = advance(report, "close", by=by, at=at, **changes)
    Decision.objects.create(report=done, outcome=outcome, made_date=day)
    speak(done, message, by, at, closes=True)
    meet_deadlines(kind=kind_of(done), subjects=[done.pk], name=FEEDBACK, at=at)
    return done
