"""Interim relief and support for whoever suffers for a report."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.filing import RELIEF, run_clock
from adaldyq.measures.reports.actions.handling import Sealed, speak
from adaldyq.measures.reports.actions.protection import open_file
from adaldyq.measures.reports.models import InterimRelief, Report, SupportGiven
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.states import PENDING

ASK, DECIDE, SUPPORT = "reports.relief.ask", "reports.relief.decide", "reports.support.give"


def stepped(relief: InterimRelief) -> Recorded:
    """The ledger line of a step: of which report, and how it was decided; never what was asked for."""
    report = relief.file.report_id
    return Recorded([{"report": report, "relief": relief.pk, "state": relief.state}], {"report": report})


@act(ASK, records=stepped, told_as=HANDLED)
def ask_relief(*, report: Report, message: Sealed, by: Actor, at: datetime) -> InterimRelief:
    """Ask for interim relief; a term for the decision begins.

    Raises:
        NotAllowed: `by` may not see the file.
        DomainError: `protection-none`; `protection-relief-waits`; as `check_message`.
    """
    file = open_file(by, ASK, report, at)
    if file.reliefs.filter(state=PENDING).exists():
        raise DomainError("protection-relief-waits")
    written = speak(report, message, by, at)
    relief = InterimRelief.objects.create(file=file, message=written, asked_date=naming.pack().day_of(at))
    run_clock(report, RELIEF, at)
    return relief


@act(DECIDE, records=stepped, told_as=HANDLED)
def decide_relief(*, report: Report, granted: bool, message: Sealed, by: Actor, at: datetime) -> InterimRelief:
    """Note the decision on interim relief, whoever took it, and tell the reporter what was decided and why.

    Raises:
        NotAllowed: `by` may not see the file.
        DomainError: `protection-none`; `protection-no-relief`: none waits for a decision; as `check_message`.
    """
    file = open_file(by, DECIDE, report, at)
    relief = file.reliefs.filter(state=PENDING).first()
    if relief is None:
        raise DomainError("protection-no-relief")
    written = speak(report, message, by, at)
    step, day = "grant" if granted else "refuse", naming.pack().day_of(at)
    decided = advance(relief, step, by=by, at=at, decided_date=day, decision=written)
    meet_deadlines(kind=kind_of(report), subjects=[report.pk], name=RELIEF, at=at)
    return decided


def given(made: SupportGiven) -> Recorded:
    """The ledger line of support: of which report; the kind is not told."""
    return Recorded([{"report": made.file.report_id, "support": made.pk}], {"report": made.file.report_id})


@act(SUPPORT, records=given, told_as=HANDLED)
def give_support(*, report: Report, kind: str, by: Actor, at: datetime) -> SupportGiven:
    """Note that support was given: legal aid, counsel of a psychologist, another place to live.

    Directive (EU) 2019/1937, art. 20; the pack lists the kinds.

    Raises:
        NotAllowed: `by` may not see the file.
        DomainError: `protection-none`; `declared-not-offered` for an unknown kind.
    """
    file = open_file(by, SUPPORT, report, at)
    if kind not in naming.pack().codes["protection_support"]:
        raise DomainError("declared-not-offered", field="kind", value=kind)
    return SupportGiven.objects.create(file=file, kind=kind, given_date=naming.pack().day_of(at))
