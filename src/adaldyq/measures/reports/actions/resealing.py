"""Acts that change who can read a report: its key is sealed anew, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.models import Account, Body
from adaldyq.measures.reports.actions.handing_over import hand_over
from adaldyq.measures.reports.actions.handling import Sealed, require_officer, require_reader, speak
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.actions.leaving import bar_unit, take_from_barred
from adaldyq.measures.reports.actions.wraps import check_readers
from adaldyq.measures.reports.adapters.rewraps import Wrapped, digest
from adaldyq.measures.reports.models import Bar, KeyWrap, ReceivingUnit, Referral, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.queries.barring import (
    other_units,
    readers_given,
    readers_of,
    readers_without_source,
)
from adaldyq.measures.reports.queries.queue import wrap_of

REWRAP, REFER, BAR = "reports.report.rewrap", "reports.report.refer", "reports.report.bar"
CONFLICT = "conflict"
REASONS = ("competence", CONFLICT, "overdue")
ROTATED, REFERRED = "rotated", "referred"


def rewrapped(wraps: Sequence[KeyWrap]) -> Recorded:
    """The one ledger line of keys that were sealed anew together: as many lines as reports would tell how many there are."""
    digested = digest(f"{one.report_id} {one.readers}" for one in wraps)
    return Recorded([{"reports": len(wraps), "digest": digested}], {"reports": len(wraps)})


@act(REWRAP, leaves=Leaves.PER_BATCH, records=rewrapped, told_as=HANDLED)
def rewrap_reports(*, wraps: Sequence[Wrapped], by: Actor, at: datetime) -> Sequence[KeyWrap]:
    """Take in keys of reports that an officer sealed to those who read them now.

    Raises:
        NotAllowed: `by` may not handle one of them.
        DomainError: `rewrap-malformed` for a report that is not there; as `put_wrap`.
    """
    day, made = naming.pack().day_of(at), []
    for one in wraps:
        report = Report.objects.filter(pk=one.report).select_related("unit__body", "about_body").first()
        if report is None:
            raise DomainError("rewrap-malformed", field="file")
        require_reader(by, REWRAP, report, at)
        made.append(put_wrap(report, one, report.unit, ROTATED, day))
    return made


def put_wrap(report: Report, wrap: Wrapped, unit: ReceivingUnit, reason: str, day: date) -> KeyWrap:
    """Let a wrap take the place of the one before, whose envelope is destroyed.

    Raises:
        DomainError: `rewrap-other-report`; `rewrap-keys-changed` when it is sealed to others than those who shall read, or
            was made of another wrap than stands now; `nobody-to-seal-to`; `envelope-damaged` for what is no wrap.
    """
    held(report)  # what a reporter adds may change the key just now
    readers = [one.recipient for one in readers_given(report, unit, day)]
    if wrap.report != report.pk:
        raise DomainError("rewrap-other-report", field="file")
    check_readers(wrap, readers, bytes(wrap_of(report).wrapped))
    report.wraps.filter(is_current=True).update(is_current=False, wrapped=b"")
    return KeyWrap.objects.create(
        report=report, wrapped=wrap.wrapped, readers=digest(readers), reason=reason, made_date=day
    )


def referred(made: Referral) -> Recorded:
    """The ledger line of a referral: which report, from which unit to which, and why."""
    facts: dict[str, object] = {
        "report": made.report_id,
        "from": made.source_id,
        "to": made.target_id,
        "reason": made.reason,
    }
    return Recorded([facts], {"report": made.report_id, "unit": made.target_id})


@act(REFER, records=referred, told_as=HANDLED)
def refer_report(
    *, report: Report, to: ReceivingUnit, reason: str, wrap: Wrapped, message: Sealed, by: Actor, at: datetime
) -> Referral:
    """Give a report to another body, its key sealed to the officers there; the reporter is told.

    It has its own term to acknowledge it; the term for telling what was done runs on (`actions.feedback`). A unit that says of itself that it may be biased is kept out of the report from then on.

    Raises:
        NotAllowed: `by` may not handle it.
        Conflict: it is closed.
        DomainError: `closed-by-you`; `no-such-unit` for one that the report may be about; `no-such-value` for an unknown reason;
            `nobody-left` when all who could read it there have to do with the unit that may be biased; as `put_wrap` and
            `check_message`.
    """
    require_officer(by, REFER, report, at)
    day = naming.pack().day_of(at)
    if to.pk not in {one.pk for one in other_units(report, day)}:
        raise DomainError("no-such-unit", field="to")
    if reason not in REASONS:
        raise DomainError("no-such-value", field="reason", value=reason, day=day.isoformat())
    held(report)  # whoever it may reach there stays so until it is given
    if reason == CONFLICT and not readers_without_source(report, to, day):
        raise DomainError("nobody-left", field="reason")
    put_wrap(report, wrap, to, REFERRED, day)
    if reason == CONFLICT:
        bar_unit(report, report.unit, day, by.id)
    made = Referral.objects.create(
        report=report, source=report.unit, target=to, reason=reason, by_id=by.id, made_date=day
    )
    given = hand_over(report, "refer", to=to, reason=f"referred: {reason}", by=by, at=at)
    speak(given, message, by, at)
    Report.objects.filter(pk=given.pk).update(needs_attention=True)
    return made


def barred(made: Bar) -> Recorded:
    """The ledger line of a bar: of which report, never whom it keeps out."""
    return Recorded([{"report": made.report_id}], {"report": made.report_id})


@act(BAR, records=barred, told_as=HANDLED)
def bar_from_report(
    *, report: Report, whom: Account | Body | ReceivingUnit, by: Actor, at: datetime, wrap: Wrapped | None = None
) -> Bar:
    """Keep out whom a report names, as an officer who read it found: an officer, all of a body, or a unit.

    From then on nobody of them sees that there is such a report, also after a referral.

    Args:
        wrap: the report's key, sealed anew to those who still read it. Without it the key stays sealed to an officer who
            is kept out until it is, which pages ask for.

    Raises:
        NotAllowed: `by` may not handle it.
        DomainError: `closed-by-you`; `barred-already`; `nobody-left` when nobody of its unit could read it any more, but for an
            officer, whom it names and who is kept out in any case; as `put_wrap`.
    """
    report = held(report)  # two officers may keep somebody out at once, and somebody must be left where it lies then
    require_officer(by, BAR, report, at)
    column = "account" if isinstance(whom, Account) else "body"
    day = naming.pack().day_of(at)
    if isinstance(whom, ReceivingUnit):
        made, is_new = bar_unit(report, whom, day, by.id)
    else:
        defaults = {"by_id": by.id, "made_date": day}
        made, is_new = Bar.objects.get_or_create(report=report, **{column: whom}, defaults=defaults)
    if not is_new:
        raise DomainError("barred-already", field="whom")
    if not isinstance(whom, Account) and not readers_of(report, report.unit, day):
        raise DomainError("nobody-left", field="whom")
    take_from_barred(report, day)
    if wrap is not None:
        put_wrap(report, wrap, report.unit, ROTATED, day)
    return made
