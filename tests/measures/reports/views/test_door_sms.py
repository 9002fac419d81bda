"""Reports by SMS: an SMS gateway brings them signed, and sends the answer."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.conf import settings as ours
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.base.passing import PASSING, Passing, new_secret
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account
from adaldyq.measures.reports.actions.doors import tidy
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.doors import boxes, paces
from adaldyq.measures.reports.models import DoorMark, DoorPace, DoorPart, Message, Report
from adaldyq.measures.reports.views.quiet import beginning_of_today
from adaldyq.sealing import envelopes, phrases
from tests.kernel.notifications.peers import Gateway
from tests.measures.reports.canary import assert_nowhere
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter

SECRET = b"a secret of the gateway of a test"
NUMBER = "+77017654321"
CANARY = "canary-5ab1 the inspector takes money at the market"


@pytest.fixture(autouse=True)
def door(agency: Officer, gateway: Gateway, settings: Settings) -> None:
    """An open door, through which nobody has come yet."""
    settings.DOOR_SMS = (b"the next secret of that gateway", SECRET)


def brought(
    text: str,
    own: str = "msg_1",
    *,
    at: datetime | None = None,
    key: bytes = SECRET,
    sender: str = NUMBER,
    **more: object,
) -> tuple[int, dict[str, Any]]:
    """Bring an SMS as the gateway does; status and answer."""
    body = json.dumps({"from": sender, "text": text, **more}).encode()
    time = str(int((at or timezone.now()).timestamp()))
    made = hmac.new(key, b".".join((own.encode(), time.encode(), body)), sha256).digest()
    signature = f"v1a,other v1,{base64.b64encode(made).decode()}"
    headers = {"webhook-id": own, "webhook-timestamp": time, "webhook-signature": signature}
    answer = Client().post("/reports/doors/sms/", body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


def phrase_in(answer: str) -> list[str]:
    """The phrase that an answer holds."""
    words = [one.text for one in phrases.typed_words(answer)]
    for count in {phrases.length(language) for language in phrases.LANGUAGES}:
        for start in range(len(words) - count + 1):
            run = words[start : start + count]
            with suppress(DomainError):
                phrases.read(" ".join(run))
                return run
    raise AssertionError(answer)


def read_by(officer: Officer) -> Sequence[str]:
    """The texts of the only report, as its officer reads them."""
    report = Report.objects.get()
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), officer.secret)
    return [letters.open_letter(bytes(one.sealed), key).text for one in report.messages.order_by("place")]


def seen_by(officer: Officer, route: str, *places: str) -> str:
    """A page as an officer sees it."""
    browser = Client()
    browser.force_login(officer.account)
    with translation.override("en"):
        return browser.get(reverse(route, args=places)).content.decode()


@pytest.mark.parametrize(
    ("text", "language"),
    [("Базарда ақша алады, куәгер бар", "kk"), ("Инспектор берёт деньги", "ru"), ("He takes money", "en")],
)
def test_an_sms_is_a_report_and_is_answered_with_a_phrase_in_its_language(
    text: str, language: str, agency: Officer, gateway: Gateway, reporter: Reporter
) -> None:
    assert brought(text) == (200, {"taken": "filed"})
    assert read_by(agency) == [text]
    (sent,) = gateway.messages
    assert sent["to"] == NUMBER
    words = phrase_in(sent["text"])
    assert len(words) == phrases.length(language)
    assert f"/{language}/reports/" in sent["text"]
    assert text in reporter.come_back(words)
    assert "by SMS; the network and the gateway could read it" in seen_by(agency, "reports-inbox")


def test_an_sms_that_is_brought_again_is_one_report_and_one_answer(gateway: Gateway) -> None:
    brought(CANARY)
    assert brought(CANARY) == (200, {"taken": "known"})
    assert (Report.objects.count(), len(gateway.messages)) == (1, 1)
    assert DoorMark.objects.get().waiting == b""


def test_when_the_answer_cannot_be_sent_it_goes_out_with_the_next_try(gateway: Gateway, reporter: Reporter) -> None:
    gateway.answer = 503
    status, told = brought(CANARY)
    assert (status, told["error"]) == (503, "door-answer-not-sent")
    gateway.answer = 202
    assert brought(CANARY)[0] == 200
    assert Report.objects.count() == 1
    assert CANARY in reporter.come_back(phrase_in(gateway.messages[0]["text"]))


def test_what_is_not_signed_or_too_old_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    assert brought(CANARY, key=b"another secret")[1]["error"] == "door-not-signed"
    old = timezone.now() - timedelta(minutes=6)
    assert (brought(CANARY, at=old)[0], brought(CANARY, at=old)[1]["error"]) == (401, "door-too-old")
    bare = Client().post("/reports/doors/sms/", b"{}", content_type="application/json")
    assert bare.status_code == 401
    assert not Report.objects.exists()
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from": 7}, "from"),
        ({"text": ""}, "text"),
        ({"text": ["a"]}, "text"),
        ({"parts": 99}, "parts"),
        ({"part": 3, "parts": 2, "ref": "1"}, "part"),
        ({"part": 1, "parts": 2}, "ref"),
    ],
)
def test_what_is_wrong_with_a_call_is_said(wrong: dict[str, Any], field: str) -> None:
    status, told = brought(**{"text": CANARY, **wrong})
    assert (status, told["field"], field in told["detail"]) == (400, field, True)
    assert not Report.objects.exists()


def test_parts_come_in_any_order_and_are_one_report(
    agency: Officer, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    parts: dict[str, Any] = {"ref": 17, "parts": 3}
    assert brought(" and canary-cc three", "c", part=3, **parts) == (200, {"taken": "waits"})
    assert brought(CANARY, "a", part=1, **parts) == (200, {"taken": "waits"})
    assert brought(CANARY, "a", part=1, **parts) == (200, {"taken": "waits"})
    assert_nowhere([CANARY, "canary-cc", NUMBER], caplog)
    assert brought(" two", "b", part=2, **parts) == (200, {"taken": "filed"})
    assert brought(" and canary-cc three", "c", part=3, **parts) == (200, {"taken": "known"})
    assert read_by(agency) == [f"{CANARY} two and canary-cc three"]
    assert len(gateway.messages) == 1
    assert not DoorPart.objects.exists()


def test_a_message_without_its_end_is_taken_in_by_night(agency: Officer) -> None:
    brought(CANARY, "a", part=1, parts=2, ref="9")
    by = system("clock")
    tidy(channel="sms", by=by, at=beginning_of_today())
    assert not Report.objects.exists()
    tidy(channel="sms", by=by, at=beginning_of_today() + timedelta(days=1))
    assert read_by(agency) == [CANARY]
    assert not DoorPart.objects.exists()
    tidy(channel="sms", by=by, at=beginning_of_today() + timedelta(days=9))
    assert not DoorMark.objects.exists()


def test_who_begins_with_the_phrase_writes_to_that_report(agency: Officer, gateway: Gateway) -> None:
    brought(CANARY)
    words = " ".join(phrase_in(gateway.messages[0]["text"]))
    half = len(words) // 2
    parts: dict[str, Any] = {"ref": "4", "parts": 2}
    brought(words[:half], "p1", part=1, **parts)
    assert brought(f"{words[half:]}. On Friday too", "p2", part=2, **parts) == (200, {"taken": "added"})
    assert read_by(agency) == [CANARY, "On Friday too"]
    assert Message.objects.get(place=2).channel == "sms"
    assert "Your phrase was seen too" in gateway.messages[1]["text"]
    page = seen_by(agency, "reports-report", Report.objects.get().pk)
    assert page.count("the network and the gateway could read it") == 2
    assert brought(words.upper(), "p3") == (200, {"taken": "asked"})
    assert "It was received" in gateway.messages[2]["text"]


def test_a_wrong_phrase_is_told_and_never_becomes_a_report(gateway: Gateway) -> None:
    words = list(phrases.spell(phrases.new_entropy(), "en"))
    wrong = {
        "unknown": " ".join([*words[:4], words[4] + "x", *words[5:], "and more"]),
        "nobody's": " ".join([*words, "and more"]),
        "elsewhere": " ".join(["qqq zzz xxx vvv www", *words]),
    }
    for own, text in wrong.items():
        assert brought(text, own) == (200, {"taken": "refused"})
    said = [one["text"] for one in gateway.messages]
    assert ["Word 5" in said[0], "No report has this phrase" in said[1], "does not begin with it" in said[2]] == [
        True
    ] * 3
    assert not Report.objects.exists()


def test_nothing_of_an_sms_is_kept_in_the_open_nor_its_number(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.answer = 503
    brought(CANARY)
    assert_nowhere([CANARY, NUMBER, NUMBER[1:]], caplog)
    gateway.answer = 202
    brought(CANARY)
    words = " ".join(phrase_in(gateway.messages[0]["text"]))
    brought(f"{words} canary-ee more", "msg_2")
    assert_nowhere([CANARY, "canary-ee", NUMBER, NUMBER[1:], words], caplog)
    assert "reports-door-sms" in ours.UNLOGGED_ROUTES


def test_one_sender_does_not_lock_out_others(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paces, "MOST", 2)
    taken = [brought(CANARY, f"m{one}")[1]["taken"] for one in range(4)]
    assert taken == ["filed", "filed", "refused", "refused"]
    assert len(gateway.messages) == 3, "it is said once"
    other: dict[str, Any] = {"from": "+77010000002"}
    assert brought(CANARY, "other", **other)[1]["taken"] == "filed"


def test_what_another_process_took_from_a_sender_counts_too_until_the_hour_is_over(gateway: Gateway) -> None:
    brought(CANARY)
    kept = DoorPace.objects.get()
    assert NUMBER not in kept.name
    DoorPace.objects.update(sent=paces.MOST)
    assert brought("and more of it", "m2")[1]["taken"] == "refused"
    DoorPace.objects.filter(name=kept.name).update(name="0" * 64, hour=kept.hour - 1)
    assert brought("and still more of it", "m3")[1]["taken"] == "filed"
    assert [one.sent for one in DoorPace.objects.all()] == [1]


@pytest.fixture
def passing() -> Iterator[Passing]:
    """What makes passing names; afterwards it has its secret of before again, by which other tests know their senders."""
    before = PASSING.secret
    yield PASSING
    PASSING.share(before)


def test_who_has_the_database_and_its_secrets_does_not_find_the_sender_by_trying_numbers(
    gateway: Gateway, passing: Passing
) -> None:
    brought(CANARY)
    kept = DoorPace.objects.get()
    facts = ("pace", "sms", NUMBER, str(kept.hour))
    assert kept.name == paces.name_of("sms", NUMBER, kept.hour), "the server that counts finds it again"
    assert kept.name != boxes.name_of(*facts), "its key is made of one that is kept"
    passing.share(new_secret())  # as a server that begins anew
    assert kept.name != paces.name_of("sms", NUMBER, kept.hour)


def test_the_door_is_shut_until_a_secret_is_set(settings: Settings) -> None:
    settings.DOOR_SMS = ()
    answer = Client().post("/reports/doors/sms/", b"{}", content_type="application/json")
    assert answer.status_code == 404


def test_without_an_officer_the_gateway_is_asked_to_come_again(agency: Officer, gateway: Gateway) -> None:
    agency.account.is_active = False
    agency.account.save()
    status, told = brought(CANARY)
    assert (status, told["error"]) == (503, "nobody-to-seal-to")
    assert (gateway.messages, DoorMark.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "text",
    [
        "Сотрудник Антикора взял у меня взятку",
        "Bribe by Anti-corruption agency officer",
        "Aigul Sadykova took it",
    ],
)
def test_an_sms_about_an_office_or_its_officer_goes_to_the_other_one(agency: Officer, text: str) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    brought(text)
    report = Report.objects.get()
    assert report.unit == other.unit
    assert read_by(other) == [text]
    assert report.bars.exists()


def test_an_sms_that_names_both_offices_reaches_neither_and_its_sender_is_told(
    agency: Officer, gateway: Gateway
) -> None:
    officer(unit("prosecutor"), "nurlan")
    assert brought("Антикор берёт взятки, Генпрокуратура молчит") == (200, {"taken": "refused"})
    assert not Report.objects.exists()
    assert "Не осталось" in gateway.messages[-1]["text"]


def test_a_part_of_an_sms_that_names_all_officers_waits_until_somebody_else_receives(
    agency: Officer, gateway: Gateway
) -> None:
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    for own in ("p1", "p2"):  # a telephone that uses the number anew
        brought(f"{own} Садыкова А. берёт взятки", own, ref=5, part=1, parts=2)
    for days in (2, 3):
        tidy(channel="sms", by=system("clock"), at=beginning_of_today() + timedelta(days=days))
    assert (Report.objects.count(), DoorPart.objects.count()) == (0, 2)
    other = officer(unit("prosecutor"), "nurlan")
    tidy(channel="sms", by=system("clock"), at=beginning_of_today() + timedelta(days=4))
    assert Report.objects.filter(unit=other.unit).count() == 2
    assert not DoorPart.objects.exists()


def test_a_phrase_that_comes_again_in_an_sms_reaches_no_officer(agency: Officer, gateway: Gateway) -> None:
    brought(CANARY)
    words = phrase_in(gateway.messages[0]["text"])
    phrase = " ".join(words)
    assert brought(f"{phrase} {phrase}", "msg_2") == (200, {"taken": "asked"})
    assert brought(f"{phrase} On Friday too, my phrase is: {phrase}!", "msg_3") == (200, {"taken": "added"})
    mistyped = " ".join([*words[:4], "zzqx", *words[5:]])
    assert brought(f"{phrase} And my phrase: {mistyped}", "msg_4") == (200, {"taken": "refused"})
    assert "Send it again with the phrase at its beginning only" in gateway.messages[-1]["text"]
    assert read_by(agency) == [CANARY, "On Friday too, my phrase is: […]!"]
