"""Protection from retaliation: who opens and sees a file, what the employer must show, and what the server never sees."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline, Notification
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.actions.protection import claim_protection
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import Escalation, ProtectionFile, Report, ReporterLeaf
from adaldyq.measures.reports.queries.retention import last_kept_day
from tests.measures.reports.office import Officer, kept_lines_of, officer, unit
from tests.measures.reports.reporter import Reporter

WHAT, CANARY = "the inspector asked for money", "they dismissed the accountant of room seven"
DAY = {"day_day": "3", "day_month": "2", "day_year": "2026"}


class Desk:
    """An officer's browser at the protection file of the one report."""

    def __init__(self, one: Officer) -> None:
        self.browser = Client()
        self.browser.force_login(one.account)
        self.report = Report.objects.get().pk

    def page(self) -> Any:
        """The page of the file."""
        return self.browser.get(reverse("reports-protection", args=[self.report]))

    def step(self, name: str, **sent: str) -> Any:
        """Send the form of a step."""
        return self.browser.post(reverse("reports-protection-step", args=[self.report, name]), sent)

    def taken(self, name: str, **sent: str) -> None:
        """The same, and it must be taken."""
        answer = self.step(name, **sent)
        assert answer.status_code == 302, answer.content.decode()

    def steps(self) -> set[str]:
        """The steps that are offered."""
        base = reverse("reports-protection", args=[self.report])
        page = self.page().content.decode()
        return {part.split("/")[0] for part in page.split(f'href="{base}')[1:]} - {'">'}


@pytest.fixture
def words(agency: Officer, reporter: Reporter) -> list[str]:
    """The phrase of a report."""
    return reporter.report(WHAT)


@pytest.fixture
def desk(words: list[str], agency: Officer) -> Desk:
    """The officer of the agency, who has acknowledged the report."""
    found = Desk(agency)
    page = reverse("reports-report", args=[found.report])
    found.browser.post(page, {"step": "acknowledge", "text": "we have it"})
    return found


def claim(reporter: Reporter, words: list[str], **more: str) -> str:
    """Come back and say that one is made to suffer."""
    reporter.come_back(words)
    return reporter.post("reports-return", step="add", text=CANARY, retaliation="on", **more)


def asked(desk: Desk) -> None:
    """Open a file, note an act, and ask the employer."""
    desk.taken("open", text="you are protected", may_ask="on")
    desk.taken("note", kind="dismissal", **DAY, who="the head", text=CANARY)
    desk.taken("ask", text="the employer has ten days")


def test_a_reporter_who_comes_back_opens_a_file_and_reads_how_it_stands(
    words: list[str], reporter: Reporter, desk: Desk
) -> None:
    page = claim(reporter, words)
    assert "a protection file is open" in page
    assert "An officer takes it up" in page
    assert CANARY in page
    file = ProtectionFile.objects.get()
    assert (file.by_reporter, file.consented_date) == (True, None)
    assert set(ReporterLeaf.objects.values_list("what", flat=True)) == {"filed", "added", "protection", "office"}
    assert not Leaf.objects.filter(payload__contains="reports.protection").exists()  # it comes by night, among others
    assert Deadline.objects.get(name="protection_start").due_date > timezone.localdate()
    assert desk.steps() == {"take", "appoint"}
    desk.taken("take", text="the employer must show another reason")
    assert Deadline.objects.get(name="protection_start").state == "met"
    assert "is being worked on" in reporter.come_back(words)


def test_the_employer_is_asked_only_with_the_reporters_leave_and_for_something(
    words: list[str], reporter: Reporter, desk: Desk
) -> None:
    claim(reporter, words)
    desk.taken("take", text="may we ask them?")
    refused = desk.step("ask", text="we ask").content.decode()
    assert "has not let the employer be asked" in refused
    assert "we ask" in refused
    claim(reporter, words, may_ask="on")
    assert "No act of retaliation is noted" in desk.step("ask", text="we ask").content.decode()
    desk.taken("note", kind="threat", **DAY, text=CANARY)
    desk.taken("ask", text="we ask")
    assert "must show another reason than your report by" in reporter.come_back(words)


def test_what_happened_is_sealed_and_read_by_reporter_and_officer_only(
    words: list[str], reporter: Reporter, desk: Desk, agency: Officer, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(desk)
    capsys.readouterr()
    call_command("dumpdata", verbosity=0)
    kept = capsys.readouterr().out
    assert '"state": "asked"' in kept
    for told in (CANARY, "dismissal", "2026-02-03", "3 February", "the head"):
        assert told not in kept
    assert CANARY not in desk.page().content.decode()
    assert "dismissal" in reporter.come_back(words)
    assert CANARY in reporter.page


def test_an_employer_who_is_silent_has_shown_no_other_reason(
    words: list[str], reporter: Reporter, desk: Desk, agency: Officer
) -> None:
    asked(desk)
    due = Deadline.objects.get(name="employer_reason")
    assert due.working
    assert due.notices.filter(kind="reminder").exists()
    answer = desk.step("close", text="there was a reason", outcome="reason_shown")
    assert "for the employer to show one" in answer.content.decode()
    for _look in range(2):
        tick(at=due.due_at + timedelta(hours=1))
    assert ProtectionFile.objects.get().state == "presumed"
    assert len(kept_lines_of("reports.protection.presume")) == 1
    assert Notification.objects.filter(account=agency.account, message="protection-employer-silent").count() == 1
    assert "no other reason in time" in reporter.come_back(words)
    assert desk.step("close", text="why", outcome="reason_shown").status_code == 422
    desk.taken("close", text="you are reinstated", outcome="undone")
    assert "What was done to the reporter was undone." in reporter.come_back(words)


def test_a_late_answer_is_taken_in_and_may_show_another_reason(desk: Desk) -> None:
    asked(desk)
    tick(at=timezone.now() + timedelta(days=40))
    assert Deadline.objects.get(name="employer_reason").state == "missed"
    desk.taken("answer", text="they say that the office was closed")
    desk.taken("close", text="the whole office was closed", outcome="reason_shown")
    assert ProtectionFile.objects.get().outcome == "reason_shown"


def test_interim_relief_has_a_term_a_decision_and_a_reason(words: list[str], reporter: Reporter, desk: Desk) -> None:
    desk.taken("open", text="you are protected")
    desk.taken("relief", text="that you stay at work")
    assert "Interim relief is decided by" in reporter.come_back(words)
    assert "waits for a decision" in desk.step("close", text="done", outcome="stopped").content.decode()
    assert desk.step("relief", text="and are paid").status_code == 422
    desk.taken("decide", decided="grant", text="the court agreed: nothing else was shown")
    assert Deadline.objects.get(name="interim_relief").state == "met"
    assert "the court agreed" in reporter.come_back(words)
    desk.taken("support", kind="legal")
    page = desk.page().content.decode()
    assert "granted" in page
    assert "legal aid" in page


def test_another_office_is_told_when_relief_is_not_decided_in_time(desk: Desk) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    desk.taken("open", text="you are protected")
    desk.taken("relief", text="that you stay at work")
    tick(at=timezone.now() + timedelta(days=20))
    assert Escalation.objects.get().name == "interim_relief"
    browser = Client()
    browser.force_login(prosecutor.account)
    assert "Decide on interim relief" in browser.get(reverse("reports-overdue")).content.decode()
    told = Notification.objects.filter(parameters__what_title="Decide on interim relief")
    assert set(told.values_list("message", flat=True)) == {"deadline-missed", "report-overdue-elsewhere"}


def test_only_who_answers_for_the_report_and_who_protects_see_the_file(desk: Desk, agency: Officer) -> None:
    colleague = officer(agency.unit, "marat")
    desk.taken("open", text="you are protected")
    other = Desk(colleague)
    assert other.browser.get(reverse("reports-report", args=[other.report])).status_code == 200
    assert other.page().status_code == 404
    assert other.step("note", kind="threat", **DAY, text="x").status_code == 404
    desk.taken("appoint", to=colleague.account.pk)
    assert other.page().status_code == 200
    other.taken("note", kind="threat", **DAY, text="x")


def test_what_is_typed_wrong_is_told_and_stays(desk: Desk) -> None:
    desk.taken("open", text="you are protected")
    page = desk.step("note", kind="nothing", day_day="31", day_month="2", day_year="2026", who="the head", text=CANARY)
    assert page.status_code == 422
    shown = page.content.decode()
    assert CANARY in shown
    assert "the head" in shown
    year = str(timezone.localdate().year + 1)
    assert (
        "still to come"
        in desk.step("note", kind="threat", day_day="1", day_month="2", day_year=year, text=CANARY).content.decode()
    )
    assert desk.step("nothing").status_code == 404


def test_a_closed_report_is_kept_while_its_reporter_is_protected(
    words: list[str], reporter: Reporter, desk: Desk, agency: Officer
) -> None:
    report = Report.objects.get()
    page = reverse("reports-report", args=[report.pk])
    desk.browser.post(page, {"step": "close", "text": "he was dismissed", "outcome": "substantiated"})
    claim(reporter, words)
    report.refresh_from_db()
    assert last_kept_day(report, timezone.localdate()) is None
    assert report.pk in desk.browser.get(reverse("reports-inbox")).content.decode()
    desk.taken("take", text="we protect you")
    desk.taken("close", text="it stopped", outcome="stopped")
    assert last_kept_day(report, timezone.localdate()) is not None
    claim(reporter, words)  # and again
    assert ProtectionFile.objects.get().state == "opened"


@pytest.mark.parametrize("by", [system("clock"), Actor(id="someone", roles=frozenset({Role.RECEIVING_OFFICER}))])
def test_nobody_claims_in_a_reporters_name(words: list[str], by: Actor) -> None:
    report = Report.objects.get()
    sealed = letters.seal(letters.Letter(letters.MESSAGE, "x"), [report.recipient, report.mailbox_recipient])
    with pytest.raises(DomainError):
        claim_protection(report=report, may_ask=True, sealed=sealed, enclosed=(), by=by, at=timezone.now())
