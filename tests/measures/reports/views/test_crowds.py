"""Too many wait for their turn: what was typed comes back, nothing costly is done, and the same button sends it again."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adaldyq.base.turns import FULL
from adaldyq.measures.reports.models import Message, Report
from adaldyq.sealing import receipts
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import CARRIED, Reporter

HELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Crowded(Reporter):
    """Somebody who finds that too many wait."""

    crowd = True

    def post(self, route: str, **answers: Any) -> str:
        """Send the form of the page that is open."""
        found = CARRIED.search(self.page)
        if found and "carried" not in answers:
            answers["carried"] = html.unescape(found[1])
        return self.seen(self.client.post(reverse(route), answers, **({FULL: True} if self.crowd else {})))  # type: ignore[arg-type]  # what the server sets, which is no header

    def again(self, route: str, step: str) -> str:
        """Press the button of the page."""
        self.crowd = False
        return self.post(route, step=step, **{name: html.unescape(text) for name, text in HELD.findall(self.page)})


@pytest.fixture
def crowded(agency: Officer, monkeypatch: pytest.MonkeyPatch) -> Crowded:
    """Somebody who comes when too many wait; what is costly must not be done meanwhile."""
    costly, came = receipts.key, Crowded()

    def key(entropy: bytes, salt: bytes) -> bytes:
        assert not came.crowd
        return costly(entropy, salt)

    monkeypatch.setattr(receipts, "key", key)
    return came


def calm(page: Reporter) -> bool:
    """Whether the page says to come again, and is one of ours."""
    assert (page.status, page.response["Retry-After"]) == (503, "30")
    assert page.response["Cache-Control"] == "no-store"
    assert len(page.response.content) % (32 * 1024) == 0
    return "Nothing is lost" in page.page


def test_a_form_comes_back_filled_and_its_files_are_not_sealed(crowded: Crowded) -> None:
    crowded.look("reports-file")
    photo = SimpleUploadedFile("photo.jpg", b"x" * 200_000)
    page = crowded.post("reports-file", step="check", what="he asked for money", when="in March", enclosures=[photo])
    assert calm(crowded)
    assert "Files must be chosen again." in page
    assert "he asked for money</textarea>" in page
    assert 'value="in March"' in page
    assert [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()] == []
    crowded.crowd = False
    crowded.post("reports-file", step="check", what="he asked for money")
    assert crowded.status == 200


def test_a_report_that_could_not_be_sent_is_sent_by_the_button_that_comes_back(crowded: Crowded) -> None:
    crowded.look("reports-file")
    crowded.crowd = False
    crowded.post("reports-file", step="check", what="he asked for money")
    crowded.crowd = True
    for _time in range(2):
        crowded.post("reports-file", step="send")
        assert calm(crowded)
        assert not Report.objects.exists()
    crowded.again("reports-file", "send")
    assert len(crowded.words()) == 9
    assert Report.objects.count() == 1


def test_a_phrase_waits_in_the_page(crowded: Crowded) -> None:
    crowded.crowd = False
    words = crowded.report("he asked for money")
    crowded.crowd = True
    crowded.come_back(words)
    assert calm(crowded)
    assert "he asked for money" in crowded.again("reports-return", "open")


def test_what_is_added_waits_in_the_page(crowded: Crowded) -> None:
    crowded.crowd = False
    crowded.come_back(crowded.report("he asked for money"))
    crowded.crowd = True
    note = 'the "head" of it\nand more'
    crowded.post("reports-return", step="add", text=note, retaliation="on")
    assert calm(crowded)
    assert Message.objects.count() == 1
    page = crowded.again("reports-return", "add")
    assert "the &quot;head&quot; of it" in page
    assert "A protection file is open" in page


def test_nobody_can_say_by_a_header_that_too_many_wait(agency: Officer, reporter: Reporter) -> None:
    answer = reporter.client.post(reverse("reports-return"), {}, headers={FULL: "1"})
    assert answer.status_code == 200
