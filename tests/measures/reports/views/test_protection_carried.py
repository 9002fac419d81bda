"""Terms of a protection file are the reporter's: they keep their day wherever the report goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline, Notification
from adaldyq.measures.reports.actions.filing import NOBODY
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.actions.resealing import bar_from_report, refer_report
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.rewraps import rewrapped
from adaldyq.measures.reports.models import Bar, ProtectionFile, Report
from adaldyq.measures.reports.queries.resealing import order_for
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_narrowing import named
from tests.measures.reports.views.test_protection import Desk, asked, claim

TERMS = ("protection_start", "employer_reason", "interim_relief")


@pytest.fixture
def other(agency: Officer) -> Officer:
    """The one officer of the prosecutor that receives reports."""
    return officer(unit("prosecutor"), "nurlan")


def give(by: Officer, to: Officer, at: datetime) -> None:
    """Give the one report to another office."""
    report = Report.objects.get()
    (wrap,) = rewrapped([order_for(report, to.unit, timezone.localdate())], by.secret)
    letter = letters.Letter(letters.ANSWER, "theirs")
    message = Sealed(letters.seal(letter, [report.recipient, report.mailbox_recipient]), sealed_to=report.recipient)
    refer_report(
        report=report, to=to.unit, reason="competence", wrap=wrap, message=message, by=actor_of(by.account), at=at
    )


def running() -> dict[str, tuple[date, str | None]]:
    """The last day of each term of protection that runs, and which body it binds."""
    found = Deadline.objects.filter(name__in=TERMS, state="running")
    return {one.name: (one.due_date, one.body_id) for one in found}


def acknowledged(agency: Officer) -> Desk:
    """The desk of an officer who has acknowledged the report."""
    desk = Desk(agency)
    desk.browser.post(reverse("reports-report", args=[desk.report]), {"step": "acknowledge", "text": "we have it"})
    return desk


def test_the_terms_of_the_employer_and_of_interim_relief_keep_their_day_when_a_report_is_referred(
    agency: Officer, other: Officer, reporter: Reporter
) -> None:
    reporter.report("the inspector asked for money")
    desk = acknowledged(agency)
    asked(desk)
    desk.taken("relief", text="that you stay at work")
    first, now = running(), timezone.now()
    assert set(first) == {"employer_reason", "interim_relief"}
    give(agency, other, now + timedelta(days=4))
    assert running() == {name: (due, other.unit.body_id) for name, (due, _body) in first.items()}
    give(other, agency, now + timedelta(days=8))
    assert running() == first


def test_a_file_that_waits_is_taken_up_by_the_same_day_elsewhere(
    agency: Officer, other: Officer, reporter: Reporter
) -> None:
    words = reporter.report("the inspector asked for money")
    claim(reporter, words)
    first = running()
    give(agency, other, timezone.now() + timedelta(days=1))
    assert running() == {"protection_start": (first["protection_start"][0], other.unit.body_id)}


def test_an_office_that_gets_a_file_nobody_took_up_in_time_has_a_term_once(
    agency: Officer, other: Officer, reporter: Reporter
) -> None:
    words = reporter.report("the inspector asked for money")
    claim(reporter, words)
    late = timezone.now() + timedelta(days=30)
    tick(at=late)
    give(agency, other, late)
    due, body = running()["protection_start"]
    assert (due > late.date(), body) == (True, other.unit.body_id)
    tick(at=late + timedelta(days=30))
    give(other, agency, late + timedelta(days=30))
    assert running() == {}


def test_a_closed_report_that_moves_takes_its_terms_along(agency: Officer, other: Officer, reporter: Reporter) -> None:
    named(agency, "Садыкова Айгуль")
    words = reporter.report("the inspector asked for money")
    desk = acknowledged(agency)
    page = reverse("reports-report", args=[desk.report])
    desk.browser.post(page, {"step": "close", "text": "done", "outcome": "substantiated"})
    claim(reporter, words)
    (due, _body) = running()["protection_start"]
    reporter.come_back(words)
    assert "The report is now with" in reporter.post("reports-return", step="add", text="Садыкова Айгуль told my boss")
    assert (Report.objects.get().state, running()) == ("closed", {"protection_start": (due, other.unit.body_id)})
    Notification.objects.all().delete()
    for days in range(1, 14):
        tick(at=timezone.now() + timedelta(days=days))
    assert set(Notification.objects.values_list("account__username", flat=True)) == {"nurlan"}


def test_whoever_protects_at_the_office_of_a_closed_report_goes_on_when_it_is_opened_again(
    agency: Officer, other: Officer, reporter: Reporter
) -> None:
    named(agency, "Садыкова Айгуль")
    words = reporter.report("the inspector asked for money")
    desk = acknowledged(agency)
    page = reverse("reports-report", args=[desk.report])
    desk.browser.post(page, {"step": "close", "text": "done", "outcome": "substantiated"})
    claim(reporter, words)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="Садыкова Айгуль told my boss")
    ProtectionFile.objects.update(protector=other.account)
    reopen_report(report=Report.objects.get(), by=NOBODY, at=timezone.now())
    assert ProtectionFile.objects.get().protector == other.account


def test_whoever_looked_at_a_report_before_it_was_given_away_keeps_nobody_out_of_it(
    agency: Officer, other: Officer, reporter: Reporter
) -> None:
    reporter.report("the inspector asked for money")
    seen = Report.objects.get()
    give(agency, other, timezone.now() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        bar_from_report(report=seen, whom=other.unit, by=actor_of(agency.account), at=timezone.now())
    assert not Bar.objects.exists()
