"""Who must not have a report any more, or receives no more, answers for it no more, and hears no more of it."""

from __future__ import annotations

from datetime import date

from adaldyq.kernel.deadlines.actions import rebind_deadlines
from adaldyq.kernel.deadlines.terms import kind_of
from adaldyq.measures.reports.models import Bar, Identity, ProtectionFile, ReceivingUnit, Report
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import CLOSED, OPEN


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


def take_from_gone(unit: ReceivingUnit, day: date) -> None:
    """Take open reports of a unit, their terms and protection files from whom receives there no more, within the act that draws anew."""
    there = officers_of(unit, day)
    left = Report.objects.filter(unit=unit, state__in=OPEN, assigned_to__isnull=False).exclude(assigned_to__in=there)
    reports = sorted(left.values_list("pk", flat=True))
    Report.objects.filter(pk__in=reports).update(assigned_to=None)
    rebind_deadlines(kind=Report._meta.label, subjects=reports, account=None)
    files = ProtectionFile.objects.filter(report__unit=unit, protector__isnull=False).exclude(state=CLOSED)
    files.exclude(protector__in=there).update(protector=None)
