"""An objection to a setting aside gives the office no more time for telling what was done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline
from adaldyq.measures.reports.actions import triage as acts
from adaldyq.measures.reports.actions.filing import NOBODY, SECOND_LOOK
from adaldyq.measures.reports.models import Report
from tests.measures.reports.office import Officer, officer
from tests.measures.reports.reporter import Reporter


def days_to_answer() -> list[date]:
    """The last days of the terms for telling what was done, the first one first."""
    terms = Deadline.objects.filter(name="report_feedback").order_by("started_at")
    return list(terms.values_list("due_date", flat=True))


@pytest.mark.parametrize(("days", "passed"), [(95, False), (200, True)])
def test_a_report_that_is_one_after_all_is_answered_by_the_day_it_had(
    agency: Officer, reporter: Reporter, *, days: int, passed: bool
) -> None:
    bolat = officer(agency.unit, "bolat")
    reporter.report("the inspector asked for money")
    tick(at=timezone.now() + timedelta(days=9))  # nobody acknowledged it
    (first,) = days_to_answer()
    at = timezone.now() + timedelta(days=30)
    acts.set_aside(reports=[Report.objects.get()], reason="flood", by=actor_of(agency.account), at=at)
    acts.agree(reports=[Report.objects.get()], by=actor_of(bolat.account), at=at)
    at = timezone.now() + timedelta(days=days)
    acts.object_to_setting_aside(report=Report.objects.get(), by=NOBODY, at=at)
    again = naming.pack().due(SECOND_LOOK, naming.pack().day_of(at))
    assert days_to_answer() == [first, again if passed else first]
