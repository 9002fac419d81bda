"""Acts of a protection file: opened by the reporter or on the reporter's word, kept by the officer who protects.

Whoever reported and then suffers need not show why: the employer must show another reason, within a term. What happened is
sealed as the rest of a report is; a line of the ledger says of which report a file is and how it stands, no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import cancel_deadline, meet_deadlines
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import MISSED, OPEN
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.filing import (
    PASSED_OF_PROTECTION,
    REASON,
    RELIEF,
    START,
    Enclosed,
    add_to_report,
    run_clock,
)
from adaldyq.measures.reports.actions.handling import Sealed, speak
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.actions.releasing import leave_leaf
from adaldyq.measures.reports.models import ProtectionFile, Report, RetaliationAct
from adaldyq.measures.reports.models.leaves import HANDLED, PROTECTION
from adaldyq.measures.reports.models.protection import OUTCOMES, REASON_SHOWN
from adaldyq.measures.reports.queries import protection
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import ANSWERED, CLOSED, OPENED, PENDING, TAKEN

CLAIM, OPEN_FILE, TAKE = "reports.protection.claim", "reports.protection.open", "reports.protection.take"
APPOINT, CONSENT = "reports.protection.appoint", "reports.protection.consent"
NOTE, ASK = "reports.protection.note", "reports.protection.ask"
ANSWER, CLOSE = "reports.protection.answer", "reports.protection.close"


def stepped(file: ProtectionFile) -> Recorded:
    """The ledger line of a step: of which report, how the file stands and what came of it; never what happened."""
    facts: dict[str, object] = {"report": file.report_id, "state": file.state, "outcome": file.outcome}
    return Recorded([facts], {"report": file.report_id, "state": file.state})


def unseen(file: ProtectionFile) -> Recorded:
    """What listeners learn of an act of a reporter: that there is a file. Its line in the ledger comes by night."""
    return Recorded([], {"report": file.report_id})


def require_protector(by: Actor, act_name: str, report: Report, at: datetime) -> ProtectionFile | None:
    """Stop whoever may not see the protection file of a report; the file, if there is one.

    Raises:
        NotAllowed: as it says.
    """
    file = ProtectionFile.objects.filter(report=report).first()
    require(protection.may_see(by, report, file, naming.pack().day_of(at)), act_name)
    return file


def open_file(by: Actor, act_name: str, report: Report, at: datetime) -> ProtectionFile:
    """The file of a report that is not closed; the report is held before its file, as where it is given away.

    Raises:
        NotAllowed: `by` may not see it.
        DomainError: `protection-none`: there is none, or it is closed.
    """
    file = require_protector(by, act_name, held(report), at)
    if file is None or file.state == CLOSED:
        raise DomainError("protection-none")
    return file


@act(CLAIM, leaves=Leaves.NONE, records=unseen, quiet=True)
def claim_protection(
    *, report: Report, may_ask: bool, sealed: bytes, enclosed: Sequence[Enclosed], by: Actor, at: datetime
) -> ProtectionFile:
    """Let the reporter say that they are made to suffer: the message is added, and a file is opened, or opened again.

    Args:
        may_ask: whether the employer may be asked, who then learns of the report; an assent that was given stays.

    Raises:
        NotAllowed: `by` is somebody.
        DomainError: as `add_to_report`.
    """
    require(not by.id and not by.system, CLAIM)
    add_to_report(report=report, sealed=sealed, enclosed=enclosed, by=by, at=at)
    day = naming.pack().day_of(at)
    file, is_new = ProtectionFile.objects.get_or_create(
        report=report, defaults={"opened_date": day, "by_reporter": True}
    )
    if file.state == CLOSED:
        file = reopened(file, by_reporter=True, by=by, at=at)
        is_new = True
    if may_ask and file.consented_date is None:
        ProtectionFile.objects.filter(pk=file.pk).update(consented_date=day)
        file.refresh_from_db()
    if is_new:
        run_clock(report, START, at)
        leave_leaf(report, PROTECTION, day)
    return file


def reopened(file: ProtectionFile, *, by_reporter: bool, by: Actor, at: datetime) -> ProtectionFile:
    """A closed file, open anew; the employer is asked anew too."""
    return advance(
        file,
        "reopen",
        by=by,
        at=at,
        opened_date=naming.pack().day_of(at),
        by_reporter=by_reporter,
        asked_date=None,
        answered_date=None,
        closed_date=None,
        outcome="",
    )


@act(OPEN_FILE, records=stepped, told_as=HANDLED)
def open_protection(*, report: Report, may_ask: bool, message: Sealed, by: Actor, at: datetime) -> ProtectionFile:
    """Open a file on the reporter's word, take it up, and tell the reporter.

    Args:
        may_ask: whether the reporter let the employer be asked.

    Raises:
        NotAllowed: `by` may not see it.
        DomainError: `protection-open`; as `check_message`.
    """
    report = held(report)  # a colleague or the reporter may open one just now, or give it away
    file, day = require_protector(by, OPEN_FILE, report, at), naming.pack().day_of(at)
    if file is None:
        file = ProtectionFile.objects.create(report=report, opened_date=day, by_reporter=False)
    elif file.state == CLOSED:
        file = reopened(file, by_reporter=False, by=by, at=at)
    else:
        raise DomainError("protection-open")
    if may_ask and file.consented_date is None:
        ProtectionFile.objects.filter(pk=file.pk).update(consented_date=day)
    taken = advance(file, "take", by=by, at=at, protector_id=by.id)
    speak(report, message, by, at)
    return taken


@act(TAKE, records=stepped, told_as=HANDLED)
def take_protection(*, report: Report, message: Sealed, by: Actor, at: datetime) -> ProtectionFile:
    """Take up a file that the reporter opened, and tell the reporter what there is to protect them.

    Raises:
        NotAllowed: `by` may not see it.
        Conflict: it is taken up already.
        DomainError: `protection-none`; as `check_message`.
    """
    file = open_file(by, TAKE, report, at)
    taken = advance(file, "take", by=by, at=at, protector_id=by.id)
    speak(report, message, by, at)
    meet_deadlines(kind=kind_of(report), subjects=[report.pk], name=START, at=at)
    return taken


@act(APPOINT, records=stepped, told_as=HANDLED)
def appoint_protector(*, report: Report, to: Account, by: Actor, at: datetime) -> ProtectionFile:
    """Say which officer of the unit protects.

    Raises:
        NotAllowed: `by` may not see it.
        DomainError: `no-such-officer` for whoever may not read the report; `closed-by-them` for who closed it, while another
            officer looks at it again; `protection-none`.
    """
    file = open_file(by, APPOINT, report, at)
    day = naming.pack().day_of(at)
    allowed = officers_of(report.unit, day)
    if to.pk not in allowed - kept_from(report, allowed, day):
        raise DomainError("no-such-officer", field="to")
    if to.pk in bound_to_leave(report, day):
        raise DomainError("closed-by-them", field="to")
    ProtectionFile.objects.filter(pk=file.pk).update(protector=to)
    file.refresh_from_db()
    return file


@act(CONSENT, records=stepped, told_as=HANDLED)
def note_consent(*, report: Report, by: Actor, at: datetime) -> ProtectionFile:
    """Note that the reporter let the employer be asked.

    Raises:
        NotAllowed: `by` may not see it.
        DomainError: `protection-none`.
    """
    file = open_file(by, CONSENT, report, at)
    ProtectionFile.objects.filter(pk=file.pk, consented_date=None).update(consented_date=naming.pack().day_of(at))
    file.refresh_from_db()
    return file


def noted(made: RetaliationAct) -> Recorded:
    """The ledger line of an act that was noted: of which report, never what it was or when."""
    return Recorded([{"report": made.file.report_id}], {"report": made.file.report_id})


@act(NOTE, records=noted, told_as=HANDLED)
def note_retaliation(*, report: Report, message: Sealed, by: Actor, at: datetime) -> RetaliationAct:
    """Note an act of retaliation: dismissal, demotion, threat, suit; the reporter sees what was noted.

    Args:
        message: its kind, its day and what happened (Directive (EU) 2019/1937, art. 19), sealed.

    Raises:
        NotAllowed: `by` may not see it.
        DomainError: `protection-none`; as `check_message`.
    """
    file = open_file(by, NOTE, report, at)
    written = speak(report, message, by, at)
    return RetaliationAct.objects.create(file=file, message=written, noted_date=naming.pack().day_of(at))


@act(ASK, records=stepped, told_as=HANDLED)
def ask_employer(*, report: Report, message: Sealed, by: Actor, at: datetime) -> ProtectionFile:
    """Ask the employer to show another reason, within the pack's working days, and tell the reporter.

    Raises:
        NotAllowed: `by` may not see it.
        Conflict: it was asked, or the file is not taken up.
        DomainError: `protection-no-consent`: the reporter has not let the employer be asked (Directive (EU) 2019/1937,
            art. 16); `protection-no-act`: no act of retaliation is noted; as `check_message`.
    """
    file = open_file(by, ASK, report, at)
    if file.consented_date is None:
        raise DomainError("protection-no-consent")
    if file.state == TAKEN and not file.acts.exists():
        raise DomainError("protection-no-act")
    asked = advance(file, "ask", by=by, at=at, asked_date=naming.pack().day_of(at))
    speak(report, message, by, at)
    run_clock(report, REASON, at)
    return asked


@act(ANSWER, records=stepped, told_as=HANDLED)
def record_answer(*, report: Report, message: Sealed, by: Actor, at: datetime) -> ProtectionFile:
    """Take in what the employer says, also late; the reporter reads it and may answer.

    Raises:
        NotAllowed: `by` may not see it.
        Conflict: the employer was not asked.
        DomainError: `protection-none`; as `check_message`.
    """
    file = open_file(by, ANSWER, report, at)
    answered = advance(file, "answer", by=by, at=at, answered_date=naming.pack().day_of(at))
    speak(report, message, by, at)
    meet_deadlines(kind=kind_of(report), subjects=[report.pk], name=REASON, at=at)
    return answered


@act(CLOSE, records=stepped, told_as=HANDLED)
def close_protection(*, report: Report, outcome: str, message: Sealed, by: Actor, at: datetime) -> ProtectionFile:
    """Decide and close a file, and tell the reporter why.

    Raises:
        NotAllowed: `by` may not see it.
        Conflict: it is not taken up.
        DomainError: `declared-not-offered` for an unknown outcome; `protection-reason-not-shown`: that there was another
            reason is for the employer to show, and the employer has not answered; `protection-relief-waits`: interim
            relief is to be decided first; as `check_message`.
    """
    file = open_file(by, CLOSE, report, at)
    if outcome not in OUTCOMES:
        raise DomainError("declared-not-offered", field="outcome", value=outcome)
    if outcome == REASON_SHOWN and file.state != ANSWERED:
        raise DomainError("protection-reason-not-shown", field="outcome")
    if file.reliefs.filter(state=PENDING).exists():
        raise DomainError("protection-relief-waits")
    closed = advance(file, "close", by=by, at=at, outcome=outcome, closed_date=naming.pack().day_of(at))
    speak(report, message, by, at)
    for running in terms_of(report):
        cancel_deadline(deadline=running, reason=f"closed: {outcome}", by=by, at=at)
    return closed


def terms_of(report: Report) -> Sequence[Deadline]:
    """Terms of the protection file of a report that run."""
    return list(of_subject(report).filter(name__in=PASSED_OF_PROTECTION, state__in=OPEN))


def carry_protection(report: Report, at: datetime) -> None:
    """Let the file of a report go with it to another body, within the act that gives it; what is due stays due on its day.

    Whoever of that body protects already goes on. Where the term to take it up, or to decide on interim relief, was missed
    elsewhere and the body has not missed it too, it has one of its own: else nobody there would be reminded.
    """
    file = ProtectionFile.objects.filter(report=report).first()
    if file is None:
        return
    here = officers_of(report.unit, naming.pack().day_of(at))
    ProtectionFile.objects.filter(pk=file.pk).exclude(protector__in=here).update(protector=None)
    waits = {START: file.state == OPENED, RELIEF: file.reliefs.filter(state=PENDING).exists()}
    for name in (name for name, does in waits.items() if does):
        rows = of_subject(report).filter(name=name, due_date__gte=file.opened_date)
        if not rows.filter(Q(state__in=OPEN) | Q(state=MISSED, body=report.unit.body_id)).exists():
            run_clock(report, name, at)


def empty_protection(report: Report) -> None:
    """Leave of the file of a report that is erased what the counts need, within that act; its messages go with the rest."""
    ProtectionFile.objects.filter(report=report).update(protector=None)
