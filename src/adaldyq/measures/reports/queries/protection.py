"""What officers and the reporter see of a protection file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.models import InterimRelief, ProtectionFile, Report, RetaliationAct, SupportGiven
from adaldyq.measures.reports.models.protection import OUTCOMES
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.reviewing import bound_to_leave, gone_from

__all__ = ["OUTCOMES", "ProtectionFile"]  # pages name them by the queries that give them


def file_of(report: Report) -> ProtectionFile | None:
    """The protection file of a report."""
    return ProtectionFile.objects.filter(report=report).select_related("protector").first()


def may_see(by: Actor, report: Report, file: ProtectionFile | None, day: date) -> bool:
    """Whether an officer may see the protection file of a report and take its steps, or open one.

    While whoever answers for it, or protects, has left, any officer may. Who closed the report does not while another officer looks at it again.
    """
    asked = {by.id, report.assigned_to_id or "", file.protector_id or "" if file else ""} - {""}
    out = kept_from(report, asked, day) | bound_to_leave(report, day) | gone_from(report, asked - {by.id}, day)
    return policies.may_protect(by, report, file, out)


def acts_of(file: ProtectionFile) -> Sequence[RetaliationAct]:
    """Acts of retaliation that were noted, the first one first."""
    return list(file.acts.select_related("message"))


def reliefs_of(file: ProtectionFile) -> Sequence[InterimRelief]:
    """Interim relief that was asked for, the first one first."""
    return list(file.reliefs.select_related("message", "decision"))


def supports_of(file: ProtectionFile) -> Sequence[SupportGiven]:
    """Support that was given, the first one first."""
    return list(file.supports.all())


def protected_of(reports: Sequence[str], as_of: date) -> frozenset[str]:
    """Of some reports those for whose reporter a protection file had been opened by the end of a day."""
    found = ProtectionFile.objects.filter(report__in=reports, opened_date__lte=as_of)
    return frozenset(found.values_list("report_id", flat=True))
