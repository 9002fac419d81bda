"""What is no report is set aside by one officer and closed by another; reporters, officers and the clock put it back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline, Event
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.actions import triage as acts
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.adapters import carried
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import Report, ReportCount, ReporterLeaf
from adaldyq.measures.reports.queries.reviewing import may_have
from adaldyq.measures.reports.views.quiet import NOBODY, beginning_of_today
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, lines_of, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script

TRIAGE = "reports-triage"


class Browser:
    """An officer at the page of triage."""

    def __init__(self, one: Officer) -> None:
        self.client, self.by = Client(), actor_of(one.account)
        self.client.force_login(one.account)

    def look(self, **query: str) -> str:
        """Open the page."""
        answer = self.client.get(reverse(TRIAGE), query)
        assert answer.status_code == 200
        return answer.content.decode()

    def send(self, step: str, *chosen: Report, which: str = "ticked", query: str = "", **more: str) -> int:
        """Send a form of the page; its status."""
        sent = {"step": step, f"{step}-which": which, f"{step}-chosen": [one.pk for one in chosen]}
        sent |= {f"{step}-{name}": value for name, value in more.items()}
        answer = self.client.post(f"{reverse(TRIAGE)}?{query}", sent)
        self.page = answer.content.decode()
        return answer.status_code


@pytest.fixture
def aigul(agency: Officer) -> Browser:
    """The officer who sets aside."""
    return Browser(agency)


@pytest.fixture
def bolat(agency: Officer) -> Browser:
    """Another officer of the unit."""
    return Browser(officer(agency.unit, "bolat"))


def one_report(reporter: Reporter) -> tuple[Report, list[str]]:
    """A report and its phrase."""
    words = reporter.report("buy cheap watches")
    return Report.objects.get(), words


def alone(report: Report) -> str:
    """The query for the page with one report only."""
    return f"report={report.pk}"


def terms(report: Report) -> dict[str, str]:
    """The terms of a report that are not over, and their last days."""
    found = Deadline.objects.filter(subject_id=report.pk, closed_at=None)
    return {one.name: one.due_date.isoformat() for one in found}


def test_one_officer_sets_aside_and_another_one_closes(aigul: Browser, bolat: Browser, reporter: Reporter) -> None:
    report, words = one_report(reporter)
    lines = Leaf.objects.count()
    page = aigul.client.get(reverse("reports-report", args=[report.pk])).content.decode()
    assert f"{reverse(TRIAGE)}?{alone(report)}" in page
    assert aigul.send("set-aside", report, query=alone(report), reason="advertising") == 302
    report.refresh_from_db()
    assert (report.state, list(terms(report))) == ("set_aside", ["report_second_look"])
    assert Leaf.objects.count() == lines  # it waits for the night
    assert [one["reason"] for one in lines_of(acts.SET)] == ["advertising"]
    assert report.pk not in aigul.client.get(reverse("reports-inbox")).content.decode()
    assert "looks at it again by" in reporter.come_back(words)
    assert "advertising" not in reporter.page
    assert aigul.send("look", report, found="agree") == 422
    assert "Another officer must look at it" in aigul.page
    assert "It is advertising or fraud. (aigul" in bolat.look()
    assert bolat.send("look", report, found="agree") == 302
    report.refresh_from_db()
    assert (report.state, report.outcome, terms(report)) == ("closed", "not_a_report", {})
    assert "Two officers found that it is no report" in reporter.come_back(words)
    assert "It is not resolved" not in reporter.page
    with pytest.raises(Conflict):
        reopen_report(report=report, by=NOBODY, at=beginning_of_today())


def test_who_sent_it_objects_once_and_it_is_never_set_aside_again(
    aigul: Browser, bolat: Browser, reporter: Reporter
) -> None:
    report, words = one_report(reporter)
    due = terms(report)
    aigul.send("set-aside", report, query=alone(report), reason="no_report")
    bolat.send("look", report, found="agree")
    reporter.come_back(words)
    lines = Leaf.objects.count()
    page = reporter.post("reports-return", step="object")
    assert "among the reports again" in page
    assert "By " in page
    report.refresh_from_db()
    assert (report.state, report.outcome, report.assigned_to, terms(report)) == ("received", "", None, due)
    assert Leaf.objects.count() == lines  # no line tells when
    told = Event.objects.filter(name=acts.OBJECT).get().happened_at
    assert told == beginning_of_today()
    assert ReporterLeaf.objects.filter(what="objected").count() == 1
    reporter.post("reports-return", step="object")
    assert reporter.status == 200
    assert aigul.send("set-aside", report, query=alone(report), reason="no_report") == 200  # it is not offered
    with pytest.raises(DomainError, match="aside-objected"):
        acts.set_aside(reports=[report], reason="empty", by=aigul.by, at=timezone.now())
    third = officer(report.unit, "third")
    assert may_have(report, timezone.localdate()) == [third.account.pk]


def test_a_script_objects_too_also_when_its_answer_was_lost(aigul: Browser) -> None:
    script = Script()
    script.step("send", **script.sealed_report("what I saw"))
    report = Report.objects.get()
    acts.set_aside(reports=[report], reason="machine", by=aigul.by, at=timezone.now())
    opened = carried.put({"report": report.pk})
    for _time in range(2):
        told = script.step("object", opened=opened)
        assert told["objected"]
        assert "no other officer" in str(told["done"])
    report.refresh_from_db()
    assert report.state == "received"


def test_who_asks_for_protection_has_reported(aigul: Browser, reporter: Reporter) -> None:
    report, words = one_report(reporter)
    aigul.send("set-aside", report, query=alone(report), reason="no_report")
    reporter.come_back(words)
    page = reporter.post("reports-return", step="add", text="they dismissed me", retaliation="on")
    assert "It was received. By " in page
    report.refresh_from_db()
    assert (report.state, report.set_aside.get().end) == ("received", "objected")


def test_what_is_protected_is_not_set_aside(aigul: Browser, reporter: Reporter) -> None:
    report, words = one_report(reporter)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="they dismissed me", retaliation="on")
    assert f'value="{report.pk}"' not in aigul.look(report=report.pk)
    with pytest.raises(DomainError, match="aside-protected"):
        acts.set_aside(reports=[report], reason="empty", by=aigul.by, at=timezone.now())


def test_officers_put_back_before_and_after_it_was_closed(aigul: Browser, bolat: Browser, reporter: Reporter) -> None:
    report, _words = one_report(reporter)
    for agreed in (False, True):
        aigul.send("set-aside", report, query=alone(report), reason="empty")
        if agreed:
            bolat.send("look", report, found="agree")
            assert aigul.send("put-back", report, query=alone(report)) == 302
        else:
            assert aigul.send("look", report, found="put-back") == 302
        report.refresh_from_db()
        assert (report.state, list(terms(report))) == ("received", ["report_acknowledgement"])
    page = aigul.client.get(reverse("reports-report", args=[report.pk])).content.decode()
    assert page.count("Set aside on") == 2
    assert page.count("Put back on") == 2
    with pytest.raises(DomainError, match="aside-too-often"):
        acts.set_aside(reports=[report], reason="empty", by=aigul.by, at=timezone.now())


def test_if_nobody_looks_again_it_goes_back_and_no_day_to_acknowledge_is_gained(
    aigul: Browser, reporter: Reporter
) -> None:
    report, _words = one_report(reporter)
    term = Deadline.objects.get(subject_id=report.pk)
    left = (term.due_date - timezone.localdate()).days
    aigul.send("set-aside", report, query=alone(report), reason="empty")
    then = timezone.now() + timedelta(days=9)
    tick(at=then)
    report.refresh_from_db()
    assert (report.state, report.set_aside.get().end) == ("received", "lapsed")
    running = Deadline.objects.get(subject_id=report.pk, name="report_acknowledgement", closed_at=None)
    assert (running.due_date - timezone.localdate(then)).days == left


def test_what_was_set_aside_on_the_last_day_comes_back_with_days_to_acknowledge_it(
    desk: Desk, aigul: Browser, bolat: Browser
) -> None:
    now, today = timezone.now(), timezone.localdate()
    (report,) = desk.receive(1, now - timedelta(days=7))
    assert terms(report) == {"report_acknowledgement": today.isoformat()}
    acts.set_aside(reports=[report], reason="empty", by=aigul.by, at=now)
    acts.agree(reports=[Report.objects.get()], by=bolat.by, at=now)
    acts.object_to_setting_aside(report=Report.objects.get(), by=NOBODY, at=beginning_of_today())
    due = naming.pack().due("report_second_look", today)
    assert due > today
    assert terms(report) == {"report_acknowledgement": due.isoformat()}


def test_a_rush_is_set_aside_at_once_but_for_the_honest_one_in_it(desk: Desk, aigul: Browser, bolat: Browser) -> None:
    rush = [desk.receive(1, timezone.now(), sealed=desk.another_letter())[0] for _each in range(9)]
    other = desk.receive(2, timezone.now(), topic="theft")
    page = aigul.look()
    (name,) = re.findall(r"\?rush=(\w+)\"", page)
    assert "9 reports" in page
    page = aigul.look(rush=name)
    assert all(one.pk in page for one in rush)
    assert not any(one.pk in page for one in other)
    assert aigul.send("set-aside", rush[3], which="others", query=f"rush={name}", reason="flood") == 302
    assert set(Report.objects.filter(state="received")) == {rush[3], *other}
    assert bolat.send("look", which="others", found="agree") == 302
    assert Report.objects.filter(outcome="not_a_report").count() == 8


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """Many reports at once."""
    return Desk(agency)


def test_what_is_wrong_is_said_and_nothing_is_done_by_half(desk: Desk, aigul: Browser, bolat: Browser) -> None:
    rush = desk.receive(6, timezone.now())
    (name,) = re.findall(r"\?rush=(\w+)\"", aigul.look())
    assert aigul.send("set-aside", query=f"rush={name}", reason="flood") == 422
    assert "Choose one report at least" in aigul.page
    assert aigul.send("set-aside", *rush, query=f"rush={name}") == 422
    with pytest.raises(DomainError, match="declared-not-offered"):
        acts.set_aside(reports=rush, reason="dislike", by=aigul.by, at=timezone.now())
    desk.acknowledge(rush[5:], 0)
    with pytest.raises(DomainError, match="aside-not-new"):
        acts.set_aside(
            reports=[*rush[:5], Report.objects.get(pk=rush[5].pk)], reason="flood", by=bolat.by, at=timezone.now()
        )
    assert not Report.objects.filter(state="set_aside").exists()
    with pytest.raises(DomainError, match="aside-not-waiting"):
        acts.agree(reports=rush[:1], by=bolat.by, at=timezone.now())
    with pytest.raises(DomainError, match="aside-too-many"):
        acts.put_back(reports=rush * 40, by=bolat.by, at=timezone.now())


def test_nobody_else_sets_anything_aside(desk: Desk, aigul: Browser) -> None:
    rush = desk.receive(6, timezone.now())
    stranger = Browser(officer(unit("prosecutor"), "nurlan"))
    assert "rush=" not in stranger.look()
    assert f'value="{rush[0].pk}"' not in stranger.look(report=rush[0].pk)
    for by in (stranger.by, NOBODY, BY):
        with pytest.raises(NotAllowed):
            acts.set_aside(reports=rush[:1], reason="flood", by=by, at=timezone.now())
    acts.set_aside(reports=rush[:1], reason="flood", by=aigul.by, at=timezone.now())
    for who in (stranger.by, aigul.by):
        with pytest.raises(NotAllowed):
            acts.object_to_setting_aside(report=Report.objects.get(pk=rush[0].pk), by=who, at=timezone.now())
        with pytest.raises(NotAllowed):
            acts.lapse(subject=Report.objects.get(pk=rush[0].pk), by=who, at=timezone.now())


@pytest.mark.usefixtures("heads")
def test_what_was_set_aside_is_counted_apart_also_when_it_was_counted_before(
    desk: Desk, aigul: Browser, bolat: Browser
) -> None:
    march = datetime(2025, 3, 3, 6, tzinfo=UTC)
    flood = desk.receive(7, march)
    desk.receive(6, march)
    begin_night({}, datetime(2025, 4, 8, 1, tzinfo=UTC))
    acts.set_aside(reports=flood, reason="flood", by=aigul.by, at=march)
    acts.agree(reports=[Report.objects.get(pk=one.pk) for one in flood[:5]], by=bolat.by, at=march)
    begin_night({}, datetime(2025, 10, 8, 1, tzinfo=UTC))
    counts = ReportCount.objects.filter(by="all").order_by("edition__as_of_date")
    assert [(one.received, one.set_aside) for one in counts] == [(10, 0), (5, 5)]
    page = Client().get("/en/reports/numbers/", {"by": "year"}).content.decode()
    assert "Set aside as no report" in page
    told = Client().get("/api/v1/reports/statistics").json()["lines"][0]
    assert (told["received"], told["set_aside"]) == (5, 5)
    assert Client().get("/api/v1/reports/statistics", {"by": "topic"}).json()["lines"][0]["set_aside"] is None
