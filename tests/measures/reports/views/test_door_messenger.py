"""Reports by a messenger, whose webhook brings updates of the shape of Telegram's Bot API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actor import system
from adaldyq.measures.reports.actions.doors import tidy
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.doors import attachments, paces
from adaldyq.measures.reports.models import DoorMark, Message, Report
from adaldyq.sealing import envelopes
from tests.measures.reports.canary import assert_nowhere
from tests.measures.reports.messenger_peer import BOT, Messenger
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_door_sms import phrase_in, read_by

TOKEN = "a-token-of-a-test_1"
CHAT = 998877665544
CANARY = "canary-77be the inspector takes money at the market"


@pytest.fixture(autouse=True)
def door(agency: Officer, settings: Settings) -> None:
    """An open door, through which nobody has come yet."""
    settings.DOOR_MESSENGER = TOKEN


def called(update: object, token: str = TOKEN) -> tuple[int, dict[str, Any]]:
    """Call the webhook; status and answer."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": token}
    answer = Client().post(
        "/reports/doors/messenger/", json.dumps(update), content_type="application/json", headers=headers
    )
    return answer.status_code, answer.json()


def wrote(text: str | None, number: int = 1, *, chat: str = "private", **more: object) -> dict[str, Any]:
    """An update as the Bot API sends it."""
    message: dict[str, Any] = {
        "message_id": 7,
        "date": 1700000000,
        "from": {"id": CHAT, "is_bot": False, "first_name": "Асель", "username": "asel", "language_code": "ru"},
        "chat": {"id": CHAT, "type": chat, "first_name": "Асель"},
        **more,
    }
    if text is not None:
        message["text"] = text
    return {"update_id": number, "message": message}


def test_a_message_is_a_report_and_the_bot_answers_with_a_phrase(agency: Officer, reporter: Reporter) -> None:
    status, said = called(wrote(CANARY))
    assert (status, said["method"], said["chat_id"]) == (200, "sendMessage", CHAT)
    assert "messenger could read this" in said["text"]
    assert read_by(agency) == [CANARY]
    assert Report.objects.get().channel == "messenger"
    assert CANARY in reporter.come_back(phrase_in(said["text"]))


def test_an_update_that_is_brought_again_is_one_report_with_the_same_phrase() -> None:
    first = called(wrote(CANARY))
    assert called(wrote(CANARY)) == first
    assert Report.objects.count() == 1


def test_who_begins_with_the_phrase_writes_to_that_report(agency: Officer) -> None:
    words = " ".join(phrase_in(called(wrote(CANARY))[1]["text"]))
    assert "added to your report" in called(wrote(f"{words}\nOn Friday too", 2))[1]["text"]
    assert read_by(agency) == [CANARY, "On Friday too"]
    assert Message.objects.get(place=2).channel == "messenger"


@pytest.mark.parametrize(
    "update",
    [
        wrote(CANARY, chat="group"),
        {"update_id": 3, "edited_message": wrote(CANARY)["message"]},
        {"update_id": 4, "my_chat_member": {}},
        wrote(None, new_chat_title="x"),
    ],
    ids=["group", "changed", "other", "nothing"],
)
def test_what_nobody_wrote_to_the_bot_alone_is_passed_over(update: dict[str, Any]) -> None:
    assert called(update) == (200, {})
    assert not Report.objects.exists()


def test_whoever_begins_to_talk_reads_what_to_do_in_the_language_of_the_messenger() -> None:
    status, said = called(wrote("/start"))
    assert (status, "/ru/reports/" in said["text"]) == (200, True)
    assert not Report.objects.exists()


def test_a_file_is_not_fetched_but_what_stands_beside_it_is_taken(agency: Officer) -> None:
    said = called(wrote(None, photo=[{"file_id": "x"}], caption=CANARY))[1]["text"]
    assert "Files are not taken here" in said
    assert read_by(agency) == [CANARY]
    assert "/ru/reports/" in called(wrote(None, 2, voice={"file_id": "x"}))[1]["text"]
    assert Report.objects.count() == 1


@pytest.fixture
def messenger(settings: Settings, tmp_path: Path) -> Iterator[Messenger]:
    """A messenger that hands files out."""
    peer = Messenger()
    settings.MESSENGER_BOT, settings.FILES_DIR = peer.address, tmp_path / "files"
    yield peer
    peer.stop()


SIZES = [{"file_id": "small", "file_size": 9}, {"file_id": "large", "file_size": 99}]


def test_a_file_is_fetched_and_sealed_as_it_comes_and_a_message_brought_again_leaves_no_second_one(
    agency: Officer, messenger: Messenger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = b"canary-f11e of the photo" * 3000
    messenger.files["large"] = content
    update = wrote(None, photo=SIZES, caption=CANARY)
    said = called(update)[1]["text"]
    assert called(update)[1]["text"] == said
    report = Report.objects.get()
    own = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    (file,) = letters.open_letter(bytes(report.messages.get().sealed), own).files
    target = tmp_path / file.name
    with (tmp_path / "files" / file.stored).open("rb") as sealed:
        envelopes.open_file(sealed, target, [file.key])
    assert (file.name, target.read_bytes()) == ("file.jpg", content)
    assert [one for one in (tmp_path / "files").rglob("*") if one.is_file()] == [tmp_path / "files" / file.stored]
    words = " ".join(phrase_in(said))
    messenger.files["paper"] = b"a paper"
    more = {"file_id": "paper", "file_name": "../act.docx", "mime_type": "application/msword"}
    assert "added to your report" in called(wrote(None, 2, document=more, caption=words))[1]["text"]
    assert Message.objects.get(place=2).enclosures.count() == 1
    assert_nowhere([CANARY, "canary-f11e", BOT.partition(":")[2]], caplog)


def test_files_of_an_album_go_to_one_report_each_once(
    agency: Officer, messenger: Messenger, caplog: pytest.LogCaptureFixture
) -> None:
    messenger.files["large"] = b"content"
    album: dict[str, Any] = {"photo": SIZES, "media_group_id": "13900000000000001"}
    assert "напишите" in called(wrote(None, 1, **album))[1]["text"]  # the words are not there yet
    said = called(wrote(None, 2, caption=CANARY, **album))[1]["text"]
    further = wrote(None, 3, **album)
    assert "добавлено к тому же" in called(further)[1]["text"]
    assert called(further) == (200, {})
    assert "added to the same report" in called(wrote(None, 4, caption="and his desk", **album))[1]["text"]
    report = Report.objects.get()
    assert [one.enclosures.count() for one in report.messages.order_by("place")] == [1, 1, 1]
    assert read_by(agency) == [CANARY, "", "and his desk"]
    assert report.pk.encode() not in b"".join(DoorMark.objects.values_list("waiting", flat=True))
    assert_nowhere([CANARY, "13900000000000001", " ".join(phrase_in(said))], caplog)


def test_an_album_is_followed_from_the_phrase_only_by_its_own_files_and_for_two_days(messenger: Messenger) -> None:
    messenger.files["large"] = b"content"
    words = " ".join(phrase_in(called(wrote(CANARY))[1]["text"]))
    called(wrote(None, 2, photo=SIZES, media_group_id="1", caption=words))
    others: list[dict[str, Any]] = [{"media_group_id": "2"}, {"media_group_id": 1}, {}]
    for number, other in enumerate(others, 3):
        assert "напишите" in called(wrote(None, number, photo=SIZES, **other))[1]["text"]
    somebody = wrote(None, 6, photo=SIZES, media_group_id="1")
    somebody["message"]["chat"]["id"] = CHAT + 1
    assert "напишите" in called(somebody)[1]["text"]
    assert "добавлено" in called(wrote(None, 7, photo=SIZES, media_group_id="1"))[1]["text"]
    messenger.files.clear()
    assert "не отдаёт" in called(wrote(None, 8, photo=SIZES, media_group_id="1"))[1]["text"]
    tidy(channel="messenger", by=system("door"), at=timezone.now() + timedelta(days=3))
    assert "напишите" in called(wrote(None, 9, photo=SIZES, media_group_id="1"))[1]["text"]
    assert Message.objects.count() == 3


@pytest.mark.parametrize(
    ("file", "place", "told"),
    [
        ({"file_id": "gone"}, "", "The messenger does not hand it out."),
        ({"file_id": "there", "file_size": 20_000_001}, "", "larger than 20 MB"),
        ({"file_id": "there"}, "../../{}.jpg", "The messenger does not hand it out."),
        ({"file_id": 5}, "", "The messenger does not hand it out."),
        ([], "", "The messenger does not hand it out."),
    ],
)
def test_what_cannot_be_fetched_is_told_and_the_words_are_taken(
    agency: Officer, messenger: Messenger, file: object, place: str, told: str
) -> None:
    messenger.files["there"], messenger.place = b"content", place or messenger.place
    said = called(wrote(None, document=file, caption=CANARY))[1]["text"]
    assert told in said
    assert phrase_in(said)
    assert read_by(agency) == [CANARY]


@pytest.mark.parametrize(("status", "answered"), [(500, 503), (429, 503), (302, 200)])
def test_a_messenger_that_does_not_answer_brings_it_again_and_leads_nowhere_else(
    messenger: Messenger, status: int, answered: int
) -> None:
    messenger.status = status
    assert called(wrote(None, photo=SIZES, caption=CANARY))[0] == answered
    assert Report.objects.count() == (answered == 200)
    messenger.files["large"], messenger.status = b"content", 200
    assert called(wrote(None, photo=SIZES, caption=CANARY))[0] == 200
    assert Report.objects.count() == 1


def test_more_than_it_said_is_not_taken_and_a_file_alone_is_asked_to_come_with_words(
    messenger: Messenger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 99)
    messenger.files["large"] = b"." * 100_000
    assert "larger than" in called(wrote(None, photo=SIZES, caption=CANARY))[1]["text"]
    asked = len(messenger.asked)
    assert "/ru/reports/" not in (said := called(wrote(None, 2, photo=SIZES))[1]["text"])
    assert "напишите" in said
    assert (len(messenger.asked), Report.objects.count()) == (asked, 1)


def test_nobody_comes_in_without_the_token(caplog: pytest.LogCaptureFixture) -> None:
    assert called(wrote(CANARY), "another")[0] == 401
    assert called(wrote(CANARY), "")[0] == 401
    assert not Report.objects.exists()
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("update", "field"),
    [
        ([], "update_id"),
        ({"update_id": "1"}, "update_id"),
        ({"update_id": 1, "message": {"text": CANARY}}, "message.chat.id"),
        ({"update_id": 1, "message": {"chat": {"id": CHAT}, "text": 5}}, "message.text"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(update: object, field: str) -> None:
    status, told = called(update)
    assert (status, told["field"]) == (400, field)


def test_nothing_of_a_message_is_kept_in_the_open_nor_who_wrote_it(caplog: pytest.LogCaptureFixture) -> None:
    words = " ".join(phrase_in(called(wrote(CANARY))[1]["text"]))
    called(wrote(f"{words} canary-d0 more", 2))
    assert_nowhere([CANARY, "canary-d0", words, str(CHAT), "Асель"], caplog)
    assert "reports-door-messenger" in ours.UNLOGGED_ROUTES


def test_one_sender_does_not_lock_out_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "MOST", 1)
    called(wrote(CANARY))
    assert "within the hour" in called(wrote(CANARY, 2))[1]["text"]
    assert called(wrote(CANARY, 3)) == (200, {})
    assert Report.objects.count() == 1


def test_the_door_is_shut_until_a_token_is_set(settings: Settings) -> None:
    settings.DOOR_MESSENGER = ""
    assert Client().post("/reports/doors/messenger/", b"{}", content_type="application/json").status_code == 404
