"""What had been done about some reports by the end of a day, from dated rows alone: what was done later changes nothing of it.

Each table is asked once for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import CANCELLED
from adaldyq.measures.reports.domain.terms import Stay, Term
from adaldyq.measures.reports.models import Decision, Report, SettingAside
from adaldyq.measures.reports.models.triage import AGREED, WAITS

ACKNOWLEDGEMENT, FEEDBACK = "report_acknowledgement", "report_feedback"
TERMS = (ACKNOWLEDGEMENT, FEEDBACK)


@dataclass(slots=True)
class History:
    """What had been done about a report.

    Attributes:
        terms: by name, in the order in which they began.
        decided: on which days it was decided what came of it, and what that was.
        aside: whether it was set aside as none.
    """

    terms: dict[str, list[Term]] = field(default_factory=lambda: {name: [] for name in TERMS})
    decided: list[tuple[date, str]] = field(default_factory=list)
    aside: bool = False

    def stays(self) -> list[Stay]:
        """The offices that had it, each with the day since when: with each the term to acknowledge it began."""
        found: list[Stay] = []
        for one in self.terms[ACKNOWLEDGEMENT]:
            if not found or found[-1][0] != one.office:
                found.append((one.office, one.began))
        return found


def histories(reports: Sequence[str], as_of: date, settled: date) -> Mapping[str, History]:
    """What had been done about some reports by the end of a day.

    Args:
        settled: up to when it counts that officers found one to be none.
    """
    found: dict[str, History] = defaultdict(History)
    for report, name, term in terms_of(reports, as_of):
        found[report].terms[name].append(term)
    decided = Decision.objects.filter(report__in=reports, made_date__lte=as_of).order_by("made_date", "pk")
    for report, day, outcome in decided.values_list("report_id", "made_date", "outcome"):
        found[report].decided.append((day, outcome))
    marks = SettingAside.objects.filter(report__in=reports, made_date__lte=settled)
    for report in marks.filter(Q(end__in=(WAITS, AGREED)) | Q(end_date__gt=settled)).values_list(
        "report_id", flat=True
    ):
        found[report].aside = True
    return found


def terms_of(reports: Sequence[str], as_of: date) -> Iterator[tuple[str, str, Term]]:
    """The terms of some reports that had begun by a day, each with its report and name, in the order in which they began."""
    rows = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id__in=reports, name__in=TERMS)
    columns = ("subject_id", "name", "body_id", "started_at", "due_date", "closed_at", "state")
    for report, name, body, started_at, due, closed_at, state in rows.order_by("started_at", "pk").values_list(
        *columns
    ):
        began = day_of(started_at)
        if began <= as_of:
            closed = day_of(closed_at) if closed_at else None
            yield report, name, Term(body or "", began, due, closed, cancelled=state == CANCELLED)
