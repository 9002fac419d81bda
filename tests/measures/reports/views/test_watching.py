"""Terms of reports: alerts before, the longer one, and what another office is told once one has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline, Notification
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.actions.releasing import release_leaves
from adaldyq.measures.reports.actions.watching import ESCALATE
from adaldyq.measures.reports.models import Escalation, Report
from adaldyq.measures.reports.queries.proofs import RELEASE
from adaldyq.ui.formats.values import day
from tests import factories
from tests.factories import BY
from tests.measures.reports.office import Officer, kept_lines_of, lines_of, officer, unit
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"


def later(**term: int) -> datetime:
    """An instant after now."""
    return timezone.now() + timedelta(**term)


def named(one: Officer) -> str:
    """The body that an officer receives for, as pages name it."""
    return naming.spoken(one.unit.body.names, one.unit.body.name)


def signed_in(one: Officer) -> Client:
    """An officer's browser."""
    browser = Client()
    browser.force_login(one.account)
    return browser


@pytest.fixture
def prosecutor(agency: Officer) -> Officer:
    """The officer of the prosecutor, who is told of terms that pass at the agency."""
    return officer(unit("prosecutor"), "nurlan")


def step(desk: Client, report: Report, name: str, **sent: str) -> None:
    """Send a form of the report's page."""
    assert desk.post(reverse("reports-report", args=[report.pk]), {"step": name, **sent}).status_code == 302


def test_another_office_sees_that_a_term_passed_and_whose_but_not_the_report(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    report = Report.objects.get()
    tick(at=later(days=9))
    page = signed_in(prosecutor).get(reverse("reports-overdue")).content.decode()
    assert report.pk in page
    assert named(agency) in page
    assert "not done yet" in page
    assert "received, overdue" in signed_in(agency).get(reverse("reports-inbox")).content.decode()
    assert signed_in(prosecutor).get(reverse("reports-report", args=[report.pk])).status_code == 404
    assert report.pk not in signed_in(agency).get(reverse("reports-overdue")).content.decode()
    assert Notification.objects.filter(account=prosecutor.account, message="report-overdue-elsewhere").count() == 1
    assert named(prosecutor) in signed_in(agency).get(reverse("reports-report", args=[report.pk])).content.decode()
    (missed,) = Deadline.objects.filter(state="missed")
    assert str(day(missed.due_date)) in signed_in(agency).get(reverse("reports-inbox")).content.decode()


def test_a_term_that_passed_escalates_once_and_stands_in_the_ledger(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    for _look in range(2):
        tick(at=later(days=9))
    assert Escalation.objects.count() == 1
    assert len(kept_lines_of(ESCALATE)) == 1
    assert lines_of(ESCALATE) == []
    release_leaves(by=BY, at=later(days=11))
    told = Leaf.objects.filter(act=RELEASE).values_list("payload", flat=True)
    assert sum(ESCALATE in (text or "") for text in told) == 1


def test_what_was_done_late_is_shown_as_late(agency: Officer, prosecutor: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    tick(at=later(days=9))
    step(signed_in(agency), Report.objects.get(), "acknowledge", text="we have it")
    assert "done late" in signed_in(prosecutor).get(reverse("reports-overdue")).content.decode()


def test_an_office_that_a_report_is_about_is_never_told_of_it(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT, about=prosecutor.unit.body.pk)
    reporter.report(WHAT, about_receiver="agency")
    tick(at=later(days=9))
    assert list(Escalation.objects.values_list("told", flat=True)) == [None, None]
    for one in (agency, prosecutor):
        assert "No term" in signed_in(one).get(reverse("reports-overdue")).content.decode()


def test_the_longer_term_is_taken_once_for_a_reason_and_the_reporter_reads_it(
    agency: Officer, reporter: Reporter
) -> None:
    words = reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    delay = reverse("reports-delay", args=[report.pk])
    step(desk, report, "acknowledge", text="we have it")
    before = Deadline.objects.get(name="report_feedback").due_date
    assert desk.post(delay, {"text": "we wait"}).status_code == 422
    assert desk.post(delay, {"reason": "expert", "text": "we wait for an expert"}).status_code == 302
    after = Deadline.objects.get(name="report_feedback").due_date
    assert 85 < (after - before).days < 95
    page = desk.get(reverse("reports-report", args=[report.pk])).content.decode()
    assert "an expert opinion is awaited" in page
    again = desk.post(delay, {"reason": "expert", "text": "longer still"})
    assert again.status_code == 422
    assert "longer still" in again.content.decode()
    assert "we wait for an expert" in reporter.come_back(words)


def test_the_officer_who_answers_for_a_report_is_reminded_before_the_term(agency: Officer, reporter: Reporter) -> None:
    colleague = officer(agency.unit, "colleague")
    head = factories.account("head")
    factories.grant(head, Role.HEAD, body=agency.unit.body)
    reporter.report(WHAT)
    step(signed_in(agency), Report.objects.get(), "assign", to=colleague.account.pk)
    tick(at=later(days=6))
    reminded = set(Notification.objects.values_list("account__username", flat=True))
    assert reminded == {"colleague", "head"}


def test_an_office_that_does_not_acknowledge_gains_no_time_to_tell_what_was_done(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    words = reporter.report(WHAT)
    report, pack = Report.objects.get(), naming.pack()
    until = pack.due("report_feedback", pack.due("report_acknowledgement", report.received_date))
    tick(at=later(days=9))
    term = Deadline.objects.get(name="report_feedback")
    assert term.due_date == until
    assert f"By {day(until)} you should be told here what was done." in reporter.come_back(words)
    step(signed_in(agency), report, "acknowledge", text="we have it")
    assert Deadline.objects.get(name="report_feedback").due_date == until
    tick(at=later(days=120))
    assert set(Escalation.objects.values_list("name", flat=True)) == {"report_acknowledgement", "report_feedback"}


def test_of_what_was_never_acknowledged_the_other_office_is_told_twice(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    reporter.report(WHAT)
    tick(at=later(days=9))
    tick(at=later(days=120))
    assert set(Escalation.objects.values_list("name", flat=True)) == {"report_acknowledgement", "report_feedback"}
