"""Files that come without a script are held to be clean before they are sealed, where there is a scanner."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.arrival import sealed_file
from adaldyq.measures.reports.models import Message, Report
from tests.kernel.uploads.clamd import HARMFUL, Scanner
from tests.kernel.uploads.conftest import scanner
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter

__all__ = ["scanner"]
WHAT = "he asked for 500 000"
LARGE = b"a film " * 40_000
"""More than one piece of an upload."""


def kept() -> list[Path]:
    """Files that lie here."""
    return [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()]


def film(content: bytes, name: str = "film.mp4") -> list[SimpleUploadedFile]:
    """One chosen file."""
    return [SimpleUploadedFile(name, content)]


def test_a_file_is_scanned_as_it_comes_and_taken_when_it_is_clean(
    agency: Officer, reporter: Reporter, scanner: Scanner
) -> None:
    reporter.report(WHAT, enclosures=film(LARGE))
    assert scanner.scanned == [LARGE]
    assert Message.objects.get().enclosures.count() == 1


def test_a_harmful_file_is_said_and_what_was_typed_and_the_other_file_stay(
    agency: Officer, reporter: Reporter, scanner: Scanner
) -> None:
    reporter.look("reports-file")
    reporter.post(
        "reports-file",
        step="check",
        what=WHAT,
        enclosures=[*film(LARGE + HARMFUL, "bad.exe"), *film(LARGE, "good.mp4")],
    )
    assert reporter.status == 422
    assert "The scanner found something harmful in “bad.exe”. It was not taken." in reporter.page
    assert WHAT in reporter.page
    assert len(kept()) == 1
    reporter.post("reports-file", step="check", what=WHAT)
    reporter.post("reports-file", step="send")
    assert Message.objects.get().enclosures.count() == 1


def test_while_the_scanner_is_away_no_file_is_taken_and_the_report_may_go_without(
    agency: Officer, reporter: Reporter, settings: Settings
) -> None:
    settings.CLAMD = "/no/such/socket"
    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what=WHAT, enclosures=film(LARGE))
    assert reporter.status == 422
    assert "The file could not be scanned just now" in reporter.page
    assert kept() == []
    reporter.post("reports-file", step="check", what=WHAT)
    reporter.post("reports-file", step="send")
    assert Report.objects.count() == 1


def test_a_harmful_file_of_a_further_message_is_said(agency: Officer, reporter: Reporter, scanner: Scanner) -> None:
    words = reporter.report(WHAT)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text="more", enclosures=film(HARMFUL, "bad.exe"))
    assert reporter.status == 200
    assert "found something harmful in “bad.exe”" in reporter.page
    assert kept() == []


@pytest.mark.parametrize(("content", "code"), [(HARMFUL, "file-infected"), (b"clean", "scanner-away")])
def test_a_file_of_another_door_is_scanned_too(
    agency: Officer, scanner: Scanner, settings: Settings, content: bytes, code: str
) -> None:
    if code == "scanner-away":
        settings.CLAMD = "/no/such/socket"
    with pytest.raises(DomainError, match=code):
        sealed_file("a.exe", "", content)
    assert kept() == []
