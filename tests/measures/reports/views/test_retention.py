"""Reports go when their term has passed, whole and for good; nothing goes while a step is open or evidence was added."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.actions.retention import ERASE, erase_report
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import Identity, IdentityOpening, KeyWrap, Message, Report
from adaldyq.project.cli.reporting import reports as command
from tests.measures.reports.office import Officer, custodian
from tests.measures.reports.reporter import Reporter

WHAT = "the inspector asked for money"


def after(years: int, days: int = 5) -> datetime:
    """A night, so many years from now; the pack keeps reports for three."""
    return timezone.now() + timedelta(days=365 * years + days)


@pytest.fixture
def words(agency: Officer, reporter: Reporter) -> list[str]:
    """The phrase of a report with a file and a name that was opened; it was acknowledged and closed."""
    keeper, desk = custodian(agency.unit, "keeper"), Client()
    phrase = reporter.report(WHAT, identity="Saule", enclosures=[SimpleUploadedFile("a.txt", b"signed")])
    desk.force_login(keeper.account)
    name = reverse("reports-name", args=[Report.objects.get().pk])
    assert desk.post(name, {"reason": "court", "basis": "order 17"}).status_code == 302
    desk.force_login(agency.account)
    page = reverse("reports-report", args=[Report.objects.get().pk])
    desk.post(page, {"step": "acknowledge", "text": "we have it"})
    desk.post(page, {"step": "close", "text": "he was dismissed", "outcome": "substantiated"})
    assert "Kept until" in desk.get(page).content.decode()
    return phrase


def files() -> list[Path]:
    """Envelopes on the disk."""
    return [one for one in Path(settings.FILES_DIR).rglob("*") if one.is_file()]


def test_a_report_past_its_term_is_destroyed_and_certified(
    words: list[str],
    agency: Officer,
    reporter: Reporter,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    begin_night({}, after(2))
    assert Message.objects.count() == 3
    assert len(files()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        begin_night({}, after(3))
    report = Report.objects.get()
    assert (report.state, report.outcome) == ("erased", "substantiated")
    assert not bytes(report.locked_mailbox)
    assert [one.objects.count() for one in (Message, KeyWrap, IdentityOpening, Identity)] == [0] * 4
    begin_night({}, after(4))
    assert files() == []
    opened = Leaf.objects.filter(payload__contains=report.pk).values_list("payload", flat=True)
    assert [json.loads(text or "")["act"] for text in opened] == [ERASE]
    assert "No report has this phrase" in reporter.come_back(words)
    desk = Client()
    desk.force_login(agency.account)
    assert desk.get(reverse("reports-report", args=[report.pk])).status_code == 404


def test_nothing_goes_while_a_step_is_open(words: list[str], reporter: Reporter) -> None:
    reporter.come_back(words)
    reporter.post("reports-return", step="reopen")
    begin_night({}, after(4))
    assert Message.objects.exists()
    with pytest.raises(DomainError, match="report-kept"):
        erase_report(report=Report.objects.get(), by=system("clock"), at=after(4))


def test_what_was_added_begins_the_term_anew(words: list[str]) -> None:
    Message.objects.filter(place=1).update(sent_date=after(2).date())
    begin_night({}, after(4))
    assert Message.objects.exists()
    with pytest.raises(DomainError, match="report-kept"):
        erase_report(report=Report.objects.get(), by=system("clock"), at=after(4))
    begin_night({}, after(6))
    assert not Message.objects.exists()


def test_the_command_says_what_would_go(words: list[str]) -> None:
    Report.objects.update(closed_date=after(-4).date())
    Message.objects.update(sent_date=after(-4).date())
    asked = CliRunner().invoke(command, ["retention", "--dry-run"])
    assert "Past their term: 1; kept longer: 0." in asked.output
    assert Message.objects.exists()
    assert "Erased: 1." in CliRunner().invoke(command, ["retention"]).output
    assert not Message.objects.exists()
