"""Acts that meet at a report and its terms wait for each other and never in a circle."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.deadlines.actions import fall
from adaldyq.kernel.deadlines.clock import CLOCK
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Deadline
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, add_to_report
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.resealing import refer_report
from adaldyq.measures.reports.actions.retention import erase_report
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.rewraps import rewrapped
from adaldyq.measures.reports.models import Escalation, KeyWrap, Report
from adaldyq.measures.reports.queries.resealing import order_for
from adaldyq.measures.reports.states import CLOSED
from tests.measures.permits.test_locking import PATIENCE, Doing, kept_waiting
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

NOBODY = actor_of(AnonymousUser())


@pytest.fixture
def agency(settings: Settings, tmp_path: Path) -> Officer:
    """The officer of the agency."""
    translation.activate("en")
    settings.FILES_DIR = tmp_path / "files"
    return officer(unit("agency"), "aigul")


def letter_to(report: Report) -> bytes:
    """A message of nobody in particular, sealed to the keys of a report."""
    return letters.seal(letters.Letter(letters.ANSWER, "it is theirs"), [report.recipient, report.mailbox_recipient])


def test_an_officer_refers_a_report_while_the_clock_finds_its_term_passed(agency: Officer) -> None:
    there = officer(unit("prosecutor"), "nurlan")
    Reporter().report("They take money at the market")
    report, term = Report.objects.get(), Deadline.objects.get(name=ACKNOWLEDGEMENT)
    (wrap,) = rewrapped([order_for(report, there.unit, timezone.localdate())], agency.secret)
    message = Sealed(letter_to(report), sealed_to=report.recipient)

    def refer() -> None:
        by, at = actor_of(agency.account), timezone.now()
        refer_report(report=report, to=there.unit, reason="overdue", wrap=wrap, message=message, by=by, at=at)

    with kept_waiting(Deadline.objects.filter(pk=term.pk)) as doing:
        doing.begin(lambda: fall(deadline=term, by=CLOCK, at=end_of(term.due_date)))
        doing.begin(refer)
    assert doing.faults == []
    report.refresh_from_db()
    assert report.unit == there.unit
    assert Escalation.objects.count() == 1


def test_what_a_reporter_adds_while_the_report_is_let_go_is_not_destroyed(agency: Officer) -> None:
    Reporter().report("They take money at the market")
    long_ago = timezone.localdate() - timedelta(days=20 * 366)
    Deadline.objects.update(state="cancelled", closed_at=timezone.now())
    Report.objects.update(state=CLOSED, closed_date=long_ago)
    report, doing = Report.objects.get(), Doing()
    report.messages.update(sent_date=long_ago)
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        doing.begin(lambda: erase_report(report=report, by=system("clock"), at=timezone.now()))
        add_to_report(report=report, sealed=letter_to(report), enclosed=(), by=NOBODY, at=timezone.now())
    for one in doing.threads:
        one.join(PATIENCE)
    assert [one.code for one in doing.faults if isinstance(one, DomainError)] == ["report-kept"]
    assert report.messages.count() == 2
    assert bytes(KeyWrap.objects.get().wrapped)
