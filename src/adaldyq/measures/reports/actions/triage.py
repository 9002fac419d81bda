"""Setting aside what is no report: one officer does it, another one looks again, and the reporter may object.

A flood of messages must not bury the honest ones, nor may an office get rid of a report by calling it none. So two
officers must agree, within a short term; if nobody looks in time, the report goes back to the others, and so it does, once,
when its reporter says that it is one. The days to acknowledge it do not run meanwhile and go on afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import cancel_deadline, meet_deadlines
from adaldyq.kernel.deadlines.days import days_between
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models.deadlines import OPEN, RUNNING
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.feedback import begin_acknowledgement, came_closed, last_day_again
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, SECOND_LOOK, filed, run_clock
from adaldyq.measures.reports.actions.handling import require_officer
from adaldyq.measures.reports.actions.releasing import leave_leaf
from adaldyq.measures.reports.models import ProtectionFile, Report, SettingAside
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.models.leaves import OBJECTED as OBJECTION
from adaldyq.measures.reports.models.reports import NOT_A_REPORT
from adaldyq.measures.reports.models.triage import AGREED, LAPSED, OBJECTED, PUT_BACK, REASONS, WAITS
from adaldyq.measures.reports.states import CLOSED, RECEIVED, SET_ASIDE

SET, LOOK, PUT, OBJECT, LAPSE = (
    "reports.aside.set",
    "reports.aside.agree",
    "reports.aside.put_back",
    "reports.aside.object",
    "reports.aside.lapse",
)
MOST = 200
"""How many are dealt with at once."""
MOST_TIMES = 2
"""How often one report may be set aside."""


def marked(made: Sequence[SettingAside]) -> Recorded:
    """The ledger lines of a step of triage: of which report, on what it rests, and how it ended."""
    lines: list[dict[str, object]] = [
        {"report": one.report_id, "reason": one.reason, "end": one.end or "waits"} for one in made
    ]
    return Recorded(lines, {"reports": [one.report_id for one in made]})


@act(SET, leaves=Leaves.PER_RECORD, records=marked, told_as=HANDLED)
def set_aside(*, reports: Sequence[Report], reason: str, by: Actor, at: datetime) -> Sequence[SettingAside]:
    """Set reports aside that are none; another officer looks at them within the pack's term.

    Raises:
        NotAllowed: `by` may not handle one of them.
        DomainError: `declared-not-offered` for an unknown reason; `aside-too-many`; `aside-not-new` when one was acknowledged
            or set aside meanwhile; as `check_may_be_set_aside`.
    """
    check_count(reports)
    if reason not in REASONS:
        raise DomainError("declared-not-offered", field="reason", value=reason)
    return [set_one_aside(one, reason, by, at) for one in reports]


def check_count(reports: Sequence[Report]) -> None:
    """Refuse more than are dealt with at once.

    Raises:
        DomainError: `aside-too-many`.
    """
    if len(reports) > MOST:
        raise DomainError("aside-too-many", field="chosen", most=MOST)


def set_one_aside(report: Report, reason: str, by: Actor, at: datetime) -> SettingAside:
    """Set one report aside."""
    require_officer(by, SET, report, at)
    if report.state != RECEIVED:
        raise DomainError("aside-not-new", field="chosen", value=report.pk)
    check_may_be_set_aside(report)
    day = naming.pack().day_of(at)
    term = deadlines.of_subject(report).filter(name=ACKNOWLEDGEMENT, state=RUNNING).first()
    left = days_between(day, term.due_date, working=term.working) if term else None
    done = advance(report, "set-aside", by=by, at=at)
    if term is not None:
        cancel_deadline(deadline=term, reason=reason, by=by, at=at)
    run_clock(done, SECOND_LOOK, at)
    return SettingAside.objects.create(report=done, reason=reason, by_id=by.id, made_date=day, days_left=left)


def check_may_be_set_aside(report: Report) -> None:
    """Refuse to set aside what is a report, and what came back so often that to do it again would only gain time.

    Raises:
        DomainError: `aside-objected` when its reporter has objected before; `aside-protected` when its reporter asked for
            protection; `aside-too-often`.
    """
    before = list(report.set_aside.values_list("end", flat=True))
    if OBJECTED in before:
        raise DomainError("aside-objected", field="chosen", value=report.pk)
    if ProtectionFile.objects.filter(report=report).exists():
        raise DomainError("aside-protected", field="chosen", value=report.pk)
    if len(before) >= MOST_TIMES:
        raise DomainError("aside-too-often", field="chosen", value=report.pk)


@act(LOOK, leaves=Leaves.PER_RECORD, records=marked, told_as=HANDLED)
def agree(*, reports: Sequence[Report], by: Actor, at: datetime) -> Sequence[SettingAside]:
    """Close reports that another officer has set aside. Their reporters may say once that they are some.

    Raises:
        NotAllowed: `by` may not handle one of them.
        DomainError: `aside-own` for what `by` has set aside; `aside-not-waiting`; `aside-too-many`.
    """
    check_count(reports)
    return [agree_to_one(one, by, at) for one in reports]


def agree_to_one(report: Report, by: Actor, at: datetime) -> SettingAside:
    """Close one report."""
    require_officer(by, LOOK, report, at)
    mark = waiting_of(report)
    if mark.by_id == by.id:
        raise DomainError("aside-own", field="chosen", value=report.pk)
    day = naming.pack().day_of(at)
    done = advance(report, "agree", by=by, at=at, outcome=NOT_A_REPORT, closed_date=day, needs_attention=False)
    for name in (SECOND_LOOK, FEEDBACK):  # the latter runs when nobody acknowledged it in time
        meet_deadlines(kind=kind_of(done), subjects=[done.pk], name=name, at=at)
    return ended(mark, AGREED, day, by.id)


def waiting_of(report: Report) -> SettingAside:
    """The mark of a report that waits for a second look.

    Raises:
        DomainError: `aside-not-waiting`.
    """
    mark = report.set_aside.filter(end=WAITS).first()
    if mark is None or report.state != SET_ASIDE:
        raise DomainError("aside-not-waiting", field="chosen", value=report.pk)
    return mark


def ended(mark: SettingAside, end: str, day: date, looked_by: str | None = None) -> SettingAside:
    """Note how a setting aside ended."""
    mark.end, mark.end_date, mark.looked_by_id = end, day, looked_by or mark.looked_by_id
    mark.save(update_fields=["end", "end_date", "looked_by"])
    return mark


@act(PUT, leaves=Leaves.PER_RECORD, records=marked, told_as=HANDLED)
def put_back(*, reports: Sequence[Report], by: Actor, at: datetime) -> Sequence[SettingAside]:
    """Put reports back among the others: those that wait for a second look, and those that were closed as none.

    Raises:
        NotAllowed: `by` may not handle one of them.
        DomainError: `aside-not-waiting`; `aside-too-many`.
    """
    check_count(reports)
    made = []
    for one in reports:
        require_officer(by, PUT, one, at)
        made.append(return_to_others(one, PUT_BACK, by, at))
    return made


def return_to_others(report: Report, end: str, by: Actor, at: datetime) -> SettingAside:
    """Let a report wait among the others again; the days that were left to acknowledge it run on.

    Raises:
        DomainError: `aside-not-waiting`.
    """
    mark = last_of(report)
    day = naming.pack().day_of(at)
    changes: dict[str, object] = {"outcome": "", "closed_date": None, "needs_attention": True}
    if end == OBJECTED:
        changes["assigned_to"] = None
    done = advance(report, "put-back", by=by, at=at, **changes)
    meet_deadlines(kind=kind_of(done), subjects=[done.pk], name=SECOND_LOOK, at=at)
    elsewhere = came_closed(done)  # asked before it has a term here again
    if elsewhere:
        begin_acknowledgement(done, at)
    elif mark.days_left is not None:
        last = last_day_again(day, mark.days_left, working=False, stopped=True)
        run_clock(done, ACKNOWLEDGEMENT, at, last=last)
    if mark.end == AGREED and not elsewhere:
        resume_feedback(done, at)
    return ended(mark, end, day, None if by.system else by.id or None)


def resume_feedback(report: Report, at: datetime) -> None:
    """Let the term for telling what was done, which ended when two officers found a report to be none, run to the day it had.

    Where that day has passed it is the pack's days of a second look: nobody could keep it, and nobody shall gain by it.
    """
    before = deadlines.of_subject(report).filter(name=FEEDBACK).first()
    if before is None or before.state in OPEN:
        return
    day = naming.pack().day_of(at)
    last = before.due_date if before.due_date > day else naming.pack().due(SECOND_LOOK, day)
    run_clock(report, FEEDBACK, at, last=last)


def last_of(report: Report) -> SettingAside:
    """The mark by which a report is set aside, or was closed.

    Raises:
        DomainError: `aside-not-waiting`: by none.
    """
    is_aside = report.state == SET_ASIDE or (report.state == CLOSED and report.outcome == NOT_A_REPORT)
    mark = report.set_aside.filter(end__in=(WAITS, AGREED)).first() if is_aside else None
    if mark is None:
        raise DomainError("aside-not-waiting", field="chosen", value=report.pk)
    return mark


def objected(mark: SettingAside) -> Recorded:
    """What listeners learn of an objection: of which report, as of everything that a reporter does."""
    return filed(mark.report)


@act(OBJECT, leaves=Leaves.NONE, records=objected, quiet=True)
def object_to_setting_aside(*, report: Report, by: Actor, at: datetime) -> SettingAside:
    """Let the reporter say, once, that it is a report: it is never set aside again, and goes to another officer.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: `aside-not-waiting`: it is not set aside.
    """
    require(not by.id and not by.system, OBJECT)
    mark = return_to_others(report, OBJECTED, by, at)
    leave_leaf(report, OBJECTION, naming.pack().day_of(at))
    return mark


def lapsed(mark: SettingAside) -> Recorded:
    """The ledger line of a second look that nobody took."""
    return marked([mark])


@act(LAPSE, records=lapsed, told_as=HANDLED)
def lapse(*, subject: Report, by: Actor, at: datetime) -> SettingAside:
    """Put a report back at which nobody has looked again in time.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, LAPSE)
    return return_to_others(subject, LAPSED, by, at)
