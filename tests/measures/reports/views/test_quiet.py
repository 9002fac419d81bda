"""Every answer on the path of a reporter, errors too: it is kept by nobody, as long as others, and shows the way out."""

from __future__ import annotations

import html
import logging
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adaldyq.base.cut import CUT, NO_ROOM, STALLED, TOO_LARGE
from adaldyq.base.turns import FULL
from adaldyq.measures.reports.models import Report
from adaldyq.sealing import phrases, receipts
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import CARRIED, Reporter
from tests.measures.reports.script import Script

STEP = 32 * 1024
WHAT = "canary-quiet he asked for 500 000"
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"


def assert_quiet(response: Any) -> str:
    """Assert that an answer tells nothing by its length, is kept by nobody, and leads away; its page."""
    page: str = response.getvalue().decode()
    assert len(response.getvalue()) % STEP == 0, (response.status_code, len(response.getvalue()))
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not response.cookies
    if response["Content-Type"].startswith("text/html"):
        assert "Leave this page quickly" in page
        assert "Form – Adaldyq</title>" in page
    return page


class CutOff(Reporter):
    """Somebody whose form comes in part only, since a file in it is too much or the line stands still."""

    def post(self, route: str, **answers: Any) -> str:
        """Send the beginning of the form, without the button that stands behind the files."""
        found = CARRIED.search(self.page)
        if found:
            answers["carried"] = html.unescape(found[1])
        more = {CUT: answers.pop("cut")} if "cut" in answers else {}
        return self.seen(self.client.post(reverse(route), answers, **more))


@pytest.mark.parametrize(
    ("cut", "said"),
    [(TOO_LARGE, "more than 50 MB together"), (NO_ROOM, "There is no room for this file"), (STALLED, "stood still")],
)
def test_a_form_whose_files_did_not_arrive_comes_back_with_what_was_typed(agency: Officer, cut: int, said: str) -> None:
    citizen = CutOff()
    citizen.look("reports-file")
    citizen.post("reports-file", what=WHAT, enclosures=[SimpleUploadedFile("film.mp4", b"x" * 9000)], cut=cut)
    assert citizen.status == 422
    page = assert_quiet(citizen.response)
    assert (WHAT in page, said in page, "film.mp4" in page) == (True, True, False)
    citizen.post("reports-file", step="check", what=WHAT)
    citizen.post("reports-file", step="send")
    phrase = citizen.words()
    citizen.come_back(phrase)
    citizen.post("reports-return", text="more of it", enclosures=[SimpleUploadedFile("film.mp4", b"x")], cut=cut)
    page = assert_quiet(citizen.response)
    assert (citizen.status, "more of it" in page, Report.objects.get().messages.count()) == (200, True, 1)


@pytest.mark.parametrize(("cut", "status"), [(TOO_LARGE, 200), (NO_ROOM, 507), (STALLED, 408)])
def test_a_script_learns_why_its_piece_did_not_arrive(
    agency: Officer, reporter: Reporter, cut: int, status: int
) -> None:
    answer = reporter.client.post(reverse("reports-sealed"), b"", content_type="application/octet-stream", **{CUT: cut})  # type: ignore[arg-type]  # what the server sets, which is no header
    assert answer.status_code == status
    assert "message" in answer.json()
    assert_quiet(answer)


def test_a_page_for_whose_answer_there_is_no_room_says_so(agency: Officer, reporter: Reporter) -> None:
    environment: Any = {CUT: NO_ROOM, "CONTENT_LENGTH": "0"}
    for ask in (reporter.client.get, reporter.client.post):
        answer = ask(reverse("reports-return"), **environment)
        assert (answer.status_code, "away for a moment" in assert_quiet(answer)) == (503, True)


def ways_to_err(reporter: Reporter) -> list[Any]:
    """Answers to what is wrong in each way."""
    client, file, back = reporter.client, reverse("reports-file"), reverse("reports-return")
    long = "a" * 2_600_000
    return [
        client.get(f"{file}nothing/"),
        client.get(reverse("reports-sealed")),
        client.post(file, b"garbage", MULTIPART),
        client.post(file, b"garbage", "multipart/form-data"),
        client.post(file, b"{}", "application/json"),
        client.post(file, {"step": "check", "what": long}),
        client.post(file, f"step=check&what={long}", FORM),
        client.post(file, "&".join(f"f{one}=1" for one in range(1100)), FORM),
        client.post(file, {"step": "check", "what": "\x00"}),
        client.post(file, {"step": "send", "carried": "gAAAA"}, **{FULL: True}),  # type: ignore[arg-type]  # what the server sets
        client.post(back, {"step": "open", "phrase": "one two"}),
        client.post(back, {"step": "open", "phrase": long}),
        client.post(back, {"step": "file", "carried": "gAAAA", "file": "../../etc/passwd"}),
        client.post(back, {"step": "open", "phrase": "one"}, **{FULL: True}),  # type: ignore[arg-type]  # what the server sets
        client.post(reverse("reports-sealed"), b"garbage", content_type="application/octet-stream"),
        client.post(reverse("street-tell"), {"service": long}),
    ]


def test_no_error_on_the_path_tells_of_it(
    agency: Officer, reporter: Reporter, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="adaldyq")
    answers = ways_to_err(reporter)
    assert {one.status_code for one in answers} >= {200, 400, 404, 409, 503}
    for one in answers:
        assert_quiet(one)
    nowhere, *others = caplog.messages
    assert "unmatched" in nowhere  # an address that leads nowhere is told of like any other such, without its words
    assert [one for one in others if "/nothing/" not in one] == []


def seen_from_outside(answer: Any) -> tuple[int, list[tuple[str, int]], int]:
    """What whoever watches the line may make out of an answer: its status, the lengths of its head, and its length."""
    return answer.status_code, [(name, len(value)) for name, value in answer.items()], len(answer.content)


def test_who_watches_the_line_sees_no_difference_between_a_phrase_that_opens_and_one_that_does_not(
    agency: Officer, reporter: Reporter
) -> None:
    back, client = reverse("reports-return"), reporter.client
    words = reporter.report(WHAT)
    reporter.come_back(words)
    assert WHAT in reporter.page
    hit = seen_from_outside(reporter.response)
    assert hit[0] == 200
    other = " ".join(phrases.spell(phrases.new_entropy(), "en"))
    for sent in (
        {"step": "open", "phrase": other},
        {"step": "open", "phrase": "one two"},
        {"step": "open"},
        {"step": "reopen", "carried": "gAAAA"},
        {"step": "proof", "carried": carried_of(reporter)},
        {"step": "reopen", "carried": carried_of(reporter)},
        {"step": "file", "file": "x", "carried": carried_of(reporter)},
        {"step": "add", "text": "", "carried": carried_of(reporter)},
    ):
        assert seen_from_outside(client.post(back, sent)) == hit, sent
    assert seen_from_outside(client.post(back, b"garbage", MULTIPART)) == hit
    assert [seen_from_outside(client.generic(method, back)) for method in ("GET", "PUT")] == [hit] * 2


def test_who_watches_the_line_sees_no_difference_between_steps_of_a_script(agency: Officer) -> None:
    script = Script()
    script.step("send", **script.sealed_report(WHAT))
    assert script.step("open", lookup=receipts.lookup(script.secret).hex())["messages"]
    hit = seen_from_outside(script.answer)
    assert script.step("open", lookup="0" * 64)["code"] == "no-such-report"
    assert seen_from_outside(script.answer) == hit
    for head in ("nonsense", {"step": "none"}, {"step": "add", "opened": "gAAAA"}, {"step": "route", "token": "gAAAA"}):
        assert script.send(head)["code"]
        assert seen_from_outside(script.answer) == hit, head
    door = reverse("reports-sealed")
    assert [seen_from_outside(script.client.generic(method, door)) for method in ("GET", "PUT")] == [hit] * 2


def carried_of(reporter: Reporter) -> str:
    """What the page that is open carries."""
    found = CARRIED.search(reporter.page)
    assert found
    return html.unescape(found[1])


def test_no_step_of_the_path_tells_of_it(agency: Officer, reporter: Reporter, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    reporter.look("about")
    assert "'route': 'about'" in caplog.text
    caplog.clear()
    for route in ("reports-kit", "reports-official"):
        reporter.look(route)
    for route in ("reports-start", "reports-file"):
        reporter.look(route)
        languages = "app-languages" in assert_quiet(reporter.response)
        assert languages == (route == "reports-start")  # the form's page in another language would be empty
    for step, sent in (("check", {"what": ""}), ("check", {"what": WHAT}), ("change", {}), ("check", {"what": WHAT})):
        reporter.post("reports-file", step=step, **sent)
        assert_quiet(reporter.response)
    assert re.search(rf'translate="no">.*{WHAT}', reporter.page, re.DOTALL)
    reporter.post("reports-file", step="send")
    assert_quiet(reporter.response)
    assert '<ol id="phrase" translate="no"' in reporter.page  # words of another language open nothing
    words = reporter.words()
    reporter.look("reports-return")
    assert_quiet(reporter.response)
    for step, sent in (("open", {"phrase": " ".join(words)}), ("add", {"text": ""}), ("add", {"text": "more"})):
        reporter.post("reports-return", step=step, **sent)
        assert_quiet(reporter.response)
    assert reporter.page.count('<div class="app-message" translate="no">') == 2
    for step in ("reopen", "proof", "object", "file"):
        reporter.post("reports-return", step=step)
        assert_quiet(reporter.response)
    assert "'route'" not in caplog.text
