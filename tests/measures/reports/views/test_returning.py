"""Coming back with the phrase, through the pages."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.actions import handling
from adaldyq.measures.reports.models import Enclosure, Report
from adaldyq.measures.reports.views.office import sealed
from adaldyq.sealing import phrases, receipts
from tests.measures.reports.office import Officer, officer, strange
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"


def take_up(agency: Officer, *, closes: bool = False) -> Report:
    """The officer acknowledges the report, and closes it."""
    by, now = actor_of(agency.account), timezone.now()
    report = Report.objects.get()
    handling.acknowledge_report(report=report, message=sealed(report, "we have it"), by=by, at=now)
    if closes:
        told = sealed(report, "he was dismissed")
        handling.close_report(report=report, outcome="substantiated", message=told, by=by, at=now)
    return Report.objects.get()


def test_the_reporter_reads_what_was_written_and_by_when_more_comes(agency: Officer, reporter: Reporter) -> None:
    words = reporter.report(WHAT)
    page = reporter.come_back(words)
    assert WHAT in page
    assert "By " in page
    take_up(agency)
    page = reporter.come_back(words)
    assert "we have it" in page
    assert "It is being looked into" in page


def test_the_reporter_writes_again_and_takes_a_file_back(agency: Officer, reporter: Reporter) -> None:
    words = reporter.report(WHAT)
    reporter.come_back(words)
    file = SimpleUploadedFile("акт 1.txt", "мәтін".encode() * 9000)
    page = reporter.post("reports-return", step="add", text="more", enclosures=[file])
    assert "Your message was sent" in page
    assert "акт 1.txt" in page
    stored = Report.objects.get().messages.get(place=2).enclosures.get().stored
    reporter.post("reports-return", step="file", file=stored)
    assert reporter.page == "мәтін" * 9000
    assert Report.objects.get().needs_attention


def test_an_empty_message_is_refused_and_the_mailbox_stays_open(agency: Officer, reporter: Reporter) -> None:
    reporter.come_back(reporter.report(WHAT))
    page = reporter.post("reports-return", step="add", text="  ")
    assert reporter.status == 200
    assert WHAT in page
    assert 'href="#id_text"' in page


def refused_to_close_again(closer: Officer, other: Officer, report: Report) -> None:
    """Who closed a report neither answers, closes nor assigns it, nor does another one give it back."""
    address, answers = reverse("reports-report", args=[report.pk]), {"text": "no", "outcome": "no_breach"}
    desk = Client()
    desk.force_login(closer.account)
    for step, sent in (("answer", answers), ("close", answers), ("assign", {"to": other.account.pk})):
        page = desk.post(address, {"step": step, **sent}).content.decode()
        assert "You have closed this report before" in page
    page = desk.get(address).content.decode()
    assert "another officer, since you closed it before" in page
    assert 'name="step"' not in page
    desk.force_login(other.account)
    assert 'name="step" value="answer"' in desk.get(address).content.decode()
    assert f'value="{closer.account.pk}"' not in desk.get(address).content.decode()
    with pytest.raises(DomainError, match="closed-by-them"):
        handling.assign_report(report=report, to=closer.account, by=actor_of(other.account), at=timezone.now())
    report.refresh_from_db()
    assert (report.state, report.assigned_to) == ("acknowledged", None)


@pytest.mark.parametrize("count", [0, 1])
def test_it_is_reopened_once_and_goes_to_another_officer(agency: Officer, reporter: Reporter, count: int) -> None:
    others = [officer(agency.unit, "bolat") for _other in range(count)]
    words = reporter.report(WHAT)
    take_up(agency, closes=True)
    page = reporter.come_back(words)
    assert "he was dismissed" in page
    assert "It was as reported" in page
    page = reporter.post("reports-return", step="reopen")
    assert "The report is open again" in page
    report = Report.objects.get()
    assert (report.state, report.was_reopened, report.assigned_to) == ("acknowledged", True, None)
    desk = Client()
    desk.force_login(agency.account)
    assert (
        "It was as reported"
        not in desk.get(reverse("reports-report", args=[report.pk])).content.decode().partition("<form")[0]
    )
    by, now = actor_of(agency.account), timezone.now()
    if not others:  # else nobody would ever answer
        assert "The office has no other officer" in page
        handling.close_report(report=report, outcome="no_breach", message=sealed(report, "no"), by=by, at=now)
    else:
        assert "Another officer will look at it" in page
        refused_to_close_again(agency, others[0], report)
        other = actor_of(others[0].account)
        handling.close_report(report=report, outcome="no_breach", message=sealed(report, "no"), by=other, at=now)
    page = reporter.come_back(words)
    assert 'value="reopen"' not in page
    page = reporter.post("reports-return", step="reopen")
    assert reporter.status == 200
    assert "You have said once" in page


def test_two_browsers_with_one_phrase_lose_nothing_of_each_other(agency: Officer, reporter: Reporter) -> None:
    words, other = reporter.report(WHAT), Reporter()
    take_up(agency, closes=True)
    reporter.come_back(words)
    other.come_back(words)
    for browser, text in ((reporter, "from the first"), (other, "from the second")):
        assert "Your message was sent" in browser.post("reports-return", step="add", text=text)
    assert "from the first" in other.page
    assert "The report is open again" in reporter.post("reports-return", step="reopen")
    page = other.post("reports-return", step="reopen")
    assert other.status == 200
    assert "from the second" in page
    assert Report.objects.get().messages.count() == 5


@pytest.mark.parametrize("mistake", ["a word of no list", "a word left out", "words of somebody else"])
def test_a_wrong_phrase_is_explained(agency: Officer, reporter: Reporter, mistake: str) -> None:
    words = reporter.report(WHAT)
    typed, said = {
        "a word of no list": ([*words[:2], "zzzzzz", *words[3:]], "Word 3, “zzzzzz”, is not in the list of words"),
        "a word left out": (words[:-1], "were typed. Write all of them"),
        "words of somebody else": (["abandon"] * 9, "There is a problem"),
    }[mistake]
    page = reporter.come_back(typed)
    assert reporter.status == 200
    assert said in page
    assert WHAT not in page


def test_a_miss_costs_no_argon2id(agency: Officer, reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "key", lambda *_given: pytest.fail("a phrase that nobody has was hashed"))
    page = reporter.come_back(list(phrases.spell(bytes(11), "ru")))
    assert "No report has this phrase" in page


def test_an_answer_that_does_not_open_keeps_nobody_from_the_others(agency: Officer, reporter: Reporter) -> None:
    words = reporter.report(WHAT, enclosures=[SimpleUploadedFile("act.txt", b"signed")])
    report, by = Report.objects.get(), actor_of(agency.account)
    handling.acknowledge_report(report=report, message=strange(), by=by, at=timezone.now())
    page = reporter.come_back(words)
    assert (reporter.status, WHAT in page, "This message cannot be opened" in page) == (200, True, True)
    reporter.post("reports-return", step="file", file=Enclosure.objects.get().stored)
    assert reporter.page == "signed"


def test_a_page_of_another_report_opens_nothing(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    reporter.look("reports-return")
    page = reporter.post("reports-return", step="add", text="let me in", carried="gAAAAABwrong")
    assert reporter.status == 200
    assert WHAT not in page
    assert Report.objects.get().messages.count() == 1
