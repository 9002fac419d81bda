"""Which reports have passed their term of keeping, and what keeps one longer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import kept_since, kept_until
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import OPEN
from adaldyq.measures.reports.models import CaseReport, ProtectionFile, Report, Reward
from adaldyq.measures.reports.states import CLOSED, ON_FILE, PROPOSED, RETURNED, WAITING

TERM = "report"  # as packs call it


@dataclass(frozen=True, slots=True)
class Outlook:
    """What retention would do on a day: how many closed reports are past their term, and how many of them stay."""

    past: int
    kept: int


def last_kept_day(report: Report, day: date) -> date | None:
    """The last day on which a closed report is kept; none while a step is open.

    The term begins when it is closed, and anew when the reporter writes or sends evidence after that.
    """
    if report.state != CLOSED or report.closed_date is None or has_open_step(report):
        return None
    wrote: date | None = report.messages.aggregate(last=Max("sent_date"))["last"]
    return kept_until(max(report.closed_date, wrote or report.closed_date), TERM, on=day)


def has_open_step(report: Report) -> bool:
    """Whether something is still due about a report, its case is under way, or its reporter is still being protected."""
    due = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id=report.pk, state__in=OPEN)
    protected = ProtectionFile.objects.filter(report=report).exclude(state=CLOSED)
    under_way = CaseReport.objects.filter(report=report, request__state__in=(WAITING, ON_FILE))
    proposed = Reward.objects.filter(report=report, state__in=(PROPOSED, RETURNED))
    return any(one.exists() for one in (due, protected, under_way, proposed))


def past_term(at: datetime) -> QuerySet[Report]:
    """Closed reports whose term has passed, counted from the day on which they were closed."""
    day = naming.pack().day_of(kept_since(at, TERM))
    return Report.objects.filter(state=CLOSED, closed_date__lt=day).order_by("closed_date", "pk")


def to_go(at: datetime) -> list[Report]:
    """Reports that go now: past their term, with no step open and nothing added since."""
    day = naming.pack().day_of(at)
    return [one for one in past_term(at) if (last := last_kept_day(one, day)) is not None and last < day]


def outlook(at: datetime) -> Outlook:
    """What retention would do at an instant."""
    past = past_term(at).count()
    return Outlook(past, past - len(to_go(at)))
