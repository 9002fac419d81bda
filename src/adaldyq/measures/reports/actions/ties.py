"""Saying that two reports are about the same, or are not after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.measures.reports.actions.following import follow
from adaldyq.measures.reports.actions.handling import require_officer
from adaldyq.measures.reports.models import Report, ReportTie
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.models.ties import DUPLICATE, KINDS, REASONS

TIE, UNTIE = "reports.tie.make", "reports.tie.undo"


@dataclass(frozen=True, slots=True)
class Untied:
    """Two reports that are not about the same after all."""

    report: Report
    other: Report


def tied(made: ReportTie) -> Recorded:
    """The ledger line of a tie: of which reports, how and why, in words of a list."""
    facts: dict[str, object] = {
        "tie": made.pk,
        "reports": [made.report_id, made.other_id],
        "kind": made.kind,
        "reason": made.reason,
    }
    return Recorded([facts], {"report": made.report_id, "other": made.other_id})


@act(TIE, records=tied, told_as=HANDLED)
def tie_reports(*, report: Report, other: Report, kind: str, reason: str, by: Actor, at: datetime) -> ReportTie:
    """Say that two reports are about the same. Of duplicates the later one repeats the earlier, and goes to its officer.

    Whom one of them must not reach does not get it by the other.

    Raises:
        NotAllowed: `by` may not handle both.
        DomainError: `closed-by-you`; `tie-itself`; `tie-made`; `declared-not-offered` for an unknown kind or reason.
    """
    for one in (report, other):
        require_officer(by, TIE, one, at)
    if report.pk == other.pk:
        raise DomainError("tie-itself", field="other")
    for field, value, known in (("kind", kind, KINDS), ("reason", reason, REASONS)):
        if value not in known:
            raise DomainError("declared-not-offered", field=field, value=value)
    first, later = in_order(report, other)
    day = naming.pack().day_of(at)
    facts = {"kind": kind, "reason": reason, "by_id": by.id, "made_date": day}
    made, is_new = ReportTie.objects.get_or_create(report=first, other=later, defaults=facts)
    if not is_new:
        raise DomainError("tie-made", field="other")
    if kind == DUPLICATE and first.assigned_to is not None:
        follow([later], first.assigned_to, day)
    elif kind == DUPLICATE and later.assigned_to is not None:
        follow([first], later.assigned_to, day)
    return made


def in_order(one: Report, other: Report) -> tuple[Report, Report]:
    """Two reports, the one that came first before the other."""
    first, later = sorted((one, other), key=lambda each: (each.received_date, each.pk))
    return first, later


def untied(made: Untied) -> Recorded:
    """The ledger line of a tie that is undone."""
    facts: dict[str, object] = {"reports": [made.report.pk, made.other.pk]}
    return Recorded([facts], {"report": made.report.pk, "other": made.other.pk})


@act(UNTIE, records=untied, told_as=HANDLED)
def untie_reports(*, report: Report, other: Report, by: Actor, at: datetime) -> Untied:
    """Say that two reports are not about the same after all; who answers for them stays.

    Raises:
        NotAllowed: `by` may not handle both.
        DomainError: `closed-by-you`; `tie-none`.
    """
    for one in (report, other):
        require_officer(by, UNTIE, one, at)
    first, later = in_order(report, other)
    if not ReportTie.objects.filter(report=first, other=later).delete()[0]:
        raise DomainError("tie-none", field="other")
    return Untied(first, later)
