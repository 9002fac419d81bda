"""The address for scripts of reporters: envelopes are taken, everything else is refused calmly and leaves nothing."""

from __future__ import annotations

import base64
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as ours
from django.test import Client
from django.urls import reverse

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.actions.keys import retire_key
from adaldyq.measures.reports.adapters import carried, letters, pieces, store
from adaldyq.measures.reports.models import Enclosure, OfficerKey, Report
from adaldyq.sealing import envelopes, phrases, receipts
from tests.factories import AT
from tests.measures.reports.office import Officer, officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script, in_base64, sealed_file


@pytest.fixture
def script(agency: Officer) -> Script:
    """A script of the page."""
    return Script()


def files() -> list[Path]:
    """What lies in the folder of files."""
    return [one for one in Path(ours.FILES_DIR).rglob("*") if one.is_file()]


def test_a_sealed_report_is_taken_once_and_answers_are_of_equal_size(script: Script, agency: Officer) -> None:
    head = script.sealed_report("what I saw")
    for _time in range(2):
        assert script.step("send", **head) == {"filed": True}
        assert len(script.answer.content) % (32 * 1024) == 0
        assert script.answer["Cache-Control"] == "no-store"
    report = Report.objects.get()
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    assert letters.open_letter(bytes(report.messages.get().sealed), key).text == "what I saw"


def test_who_reported_with_a_script_may_come_back_without(script: Script, reporter: Reporter) -> None:
    script.step("send", **script.sealed_report("what I saw"))
    assert "what I saw" in reporter.come_back(list(phrases.spell(script.secret, "ru")))


WRONG: dict[str, dict[str, object]] = {
    "a header with a thousand recipients": {
        "wrapped": in_base64(b"age-encryption.org/v1\n" + b"-> X25519 a\nb\n" * 1000 + b"\n--- ")
    },
    "a wrap with one place only": {"wrapped": "one"},
    "no envelope": {"sealed": in_base64(b"plain text")},
    "a letter to one key only": {"sealed": "one"},
    "no base64": {"locked": "###"},
    "a mailbox that is not locked": {"locked": in_base64(b"AGE-SECRET-KEY-1")},
    "a lookup that is none": {"lookup": "zz"},
    "a key that is none": {"recipient": "age1nonsense"},
    "a list for a text": {"mailbox": ["age1"]},
    "a text for a list": {"files": "none"},
    "a file that never came": {"files": ["gAAAA"]},
    "an unknown topic": {"topic": "weather"},
}


@pytest.mark.parametrize("mistake", WRONG)
def test_what_no_script_of_ours_sends_is_refused_and_leaves_nothing(script: Script, mistake: str) -> None:
    one = in_base64(envelopes.seal({}, b"", [envelopes.new_identity()[1]]))
    changes = {name: one if value == "one" else value for name, value in WRONG[mistake].items()}
    told = script.step("send", **script.sealed_report("what I saw", **changes))
    assert (script.status, bool(told["code"]), bool(told["message"])) == (200, True, True)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]\n", b'{"step": 7}\n', b'{"step": "none"}\n', b"[" * 100_000, b"\xff\n"]
)
def test_a_head_that_is_none_is_refused(script: Script, body: bytes) -> None:
    answer = script.client.post(reverse("reports-sealed"), body, content_type="application/octet-stream")
    assert (answer.status_code, answer.json()["code"]) == (200, "envelope-damaged")


@pytest.mark.parametrize("part", ["sealed", "wrapped"])
def test_a_letter_that_was_cut_off_is_refused_before_anybody_gets_a_receipt(script: Script, part: str) -> None:
    head = script.sealed_report("what I saw")
    assert script.step("send", **{**head, part: str(head[part])[:-400]})["code"] == "envelope-damaged"
    assert not Report.objects.exists()
    assert script.step("send", **head) == {"filed": True}


def test_a_message_and_an_answer_that_were_cut_off_are_refused(script: Script, agency: Officer) -> None:
    head = script.sealed_report("what I saw")
    script.step("send", **head)
    report = Report.objects.get()
    letter = letters.seal(letters.Letter(letters.MESSAGE, "more of it"), [report.recipient, report.mailbox_recipient])
    page = carried.put({"report": report.pk})
    assert script.step("add", letter[:-300], opened=page, sealed_to=report.recipient)["code"] == "envelope-damaged"
    desk = Client()
    desk.force_login(agency.account)
    cut = {"step": "acknowledge", "sealed": in_base64(letter[:-300]), "sealed_to": report.recipient}
    assert desk.post(reverse("reports-report", args=[report.pk]), cut).status_code == 422
    assert report.messages.count() == 1
    assert script.step("add", letter, opened=page, sealed_to=report.recipient)["added"] is True


def test_a_report_to_keys_that_are_not_the_officers_is_refused(script: Script, agency: Officer) -> None:
    head = script.sealed_report("what I saw")
    officer(agency.unit, "colleague")  # a key more than the page knows
    assert script.step("send", **head)["code"] == "keys-changed"
    strange = envelopes.new_identity()[1]
    assert script.step("send", **{**head, "recipients": [strange]})["code"] == "keys-changed"
    assert script.status == 200
    assert not Report.objects.exists()


def test_a_report_to_a_key_that_was_retired_meanwhile_is_refused(script: Script, agency: Officer) -> None:
    colleague = officer(agency.unit, "colleague")
    head = script.sealed_report("what I saw")
    retire_key(key=OfficerKey.objects.get(account=colleague.account), by=actor_of(colleague.account), at=AT)
    told = script.step("send", **head)
    assert (script.status, told["code"]) == (200, "keys-changed")
    assert told["message"]
    assert not Report.objects.exists()
    again = {**script.sealed_report("what I saw"), "lookup": head["lookup"]}
    assert script.step("send", **again) == {"filed": True}
    with pytest.raises(DomainError, match="envelope-not-opened"):
        envelopes.unwrap(bytes(Report.objects.get().wraps.get().wrapped), colleague.secret)


def test_a_page_of_yesterday_and_one_of_nobody_are_told_so(script: Script) -> None:
    script.token = "gAAAAABold"
    for step in ("route", "file", "send"):
        assert script.step(step)["code"] == "page-too-old"
    for step in ("add", "reopen", "take"):
        assert script.step(step, opened="gAAAAABold")["code"] == "page-too-old"


def test_a_file_comes_in_pieces_and_one_that_comes_twice_takes_its_own_place(script: Script) -> None:
    sealed = sealed_file(b"film" * 9000)
    first, second = sealed[:20_000], sealed[20_000:]
    begun = script.step("file", first, kept="", last=False)
    for _time in range(2):
        done = script.step("file", second, kept=begun["kept"], last=True)
        assert done["size"] == len(sealed)
    script.step("send", **script.sealed_report("see the film", files=[done["kept"]]))
    assert store.path_of(Enclosure.objects.get().stored).read_bytes() == sealed
    script.open()
    assert script.step("send", **script.sealed_report("mine too", files=[done["kept"]]))["code"] == "file-gone"
    assert Report.objects.count() == 1


def test_a_file_that_is_not_whole_is_not_taken_for_one(script: Script) -> None:
    begun = script.step("file", sealed_file(b"film" * 9000)[:20_000], kept="", last=False)
    assert script.step("send", **script.sealed_report("see", files=[begun["kept"]]))["code"] == "envelope-damaged"
    store.drop(begun["stored"])
    assert script.step("file", b"rest", kept=begun["kept"], last=True)["code"] == "file-gone"
    assert files() == []


def test_what_is_no_envelope_too_large_or_has_no_room_is_refused(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert script.step("file", b"plain text", kept="", last=True)["code"] == "envelope-damaged"
    monkeypatch.setattr(pieces, "LARGEST_FILE", 1000)
    assert script.step("file", sealed_file(b"film"), kept="", last=True)["code"] == "sealed-file-too-large"
    monkeypatch.undo()
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=0))
    assert script.step("file", sealed_file(b"film"), kept="", last=True)["code"] == "storage-full"
    assert script.status == 507
    assert files() == []


def test_who_came_back_to_an_own_report_takes_no_file_of_another(script: Script) -> None:
    kept = script.step("file", sealed_file(b"film"), kept="", last=True)["kept"]
    script.step("send", **script.sealed_report("see the film", files=[kept]))
    film = Enclosure.objects.get().stored
    script.open()
    script.step("send", **script.sealed_report("what I saw"))
    found = script.step("open", lookup=receipts.lookup(script.secret).hex())
    mailbox = receipts.unlock(script.secret, base64.b64decode(found["locked"]))
    opened = envelopes.open_sealed(base64.b64decode(found["challenge"]), [mailbox])[1].decode()
    for place in (film, "../../etc/passwd", "/etc/passwd", ""):
        assert script.step("take", opened=opened, file=place)["code"] == "file-gone"
    letter = letters.seal(letters.Letter(letters.MESSAGE, "mine"), [found["recipient"], found["mailbox"]])
    own = {"opened": opened, "sealed_to": found["recipient"]}
    assert script.step("add", letter, files=[kept], **own)["code"] == "file-gone"


def test_who_has_the_lookup_but_not_the_phrase_reads_and_writes_nothing(script: Script) -> None:
    script.step("send", **script.sealed_report("what I saw"))
    found = script.step("open", lookup=receipts.lookup(script.secret).hex())
    assert "what I saw" not in str(found)
    for step in ("add", "reopen", "take"):
        assert script.step(step, opened=found["challenge"])["code"] == "page-too-old"
    assert script.step("open", lookup="0" * 64)["code"] == "no-such-report"
    assert Report.objects.get().messages.count() == 1
