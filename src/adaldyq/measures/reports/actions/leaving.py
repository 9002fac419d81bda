"""Who must not have a report any more answers for it no more, and hears no more of it."""

from __future__ import annotations

from datetime import date

from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.measures.reports.models import Bar, Identity, ProtectionFile, ReceivingUnit, Report
from adaldyq.measures.reports.queries.barring import kept_from


def bar_unit(report: Report, unit: ReceivingUnit, day: date, by: str | None = None) -> tuple[Bar, bool]:
    """Keep a unit out of a report, within the act that does so; the bar, and whether it is new.

    The reporter's name is destroyed when that unit keeps it: its custodians would go on opening it. It can be given anew.
    """
    made = Bar.objects.get_or_create(report=report, unit=unit, defaults={"by_id": by, "made_date": day})
    Identity.objects.filter(report=report, unit=unit).update(wrapped=b"", sealed=b"", readers="")
    return made


def take_from_barred(report: Report, day: date) -> None:
    """Take a report, its terms and its protection file from whom it must not reach, within the act that keeps them out."""
    report.refresh_from_db()
    protectors = ProtectionFile.objects.filter(report=report).values_list("protector_id", flat=True)
    holders = {str(one) for one in (report.assigned_to_id, *protectors) if one}
    kept = kept_from(report, holders, day)
    ProtectionFile.objects.filter(report=report, protector__in=kept).update(protector=None)
    if Report.objects.filter(pk=report.pk, assigned_to__in=kept).update(assigned_to=None):
        rebind_deadlines(kind=kind_of(report), subjects=[report.pk], account=None)
    report.refresh_from_db()
