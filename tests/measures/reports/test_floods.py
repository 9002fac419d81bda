"""A flood at a door keeps no honest one out of it, whoever sends the flood: nobody's count is another's."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from adaldyq.kernel.roles import Role
from adaldyq.kernel.work import Load
from adaldyq.measures.reports.adapters.doors import paces
from adaldyq.measures.reports.adapters.work import WORK
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.views.mail_door import take_mail
from adaldyq.sealing import phrases, receipts
from tests import factories
from tests.kernel.notifications.peers import Gateway, MailSink
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script
from tests.measures.reports.views import test_calls, test_door_mail, test_door_messenger, test_door_sms

HONEST = "the inspector takes money at the market"
FLOOD = 50
"""More than one sender may send within the hour."""


@pytest.fixture
def locks(agency: Officer, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """How often a phrase was locked or opened; that it is costly is of no matter here."""
    done: list[bytes] = []

    def key(entropy: bytes, salt: bytes) -> bytes:
        done.append(entropy)
        return sha256(entropy + salt).digest()

    monkeypatch.setattr(receipts, "key", key)
    return done


def comes_back(words: list[str]) -> bool:
    """Whether a phrase opens the honest report."""
    return HONEST in Reporter().come_back(words)


def test_one_telephone_fills_its_hour_and_nobody_elses(
    locks: list[bytes], gateway: Gateway, settings: Settings
) -> None:
    settings.DOOR_SMS = (test_door_sms.SECRET,)
    told = [test_door_sms.brought("buy watches", f"flood_{number}")[1]["taken"] for number in range(FLOOD)]
    assert (told.count("filed"), told.count("refused")) == (paces.MOST, FLOOD - paces.MOST)
    assert test_door_sms.brought(HONEST, "honest", sender="+77000000001")[1] == {"taken": "filed"}
    assert comes_back(test_door_sms.phrase_in(gateway.messages[-1]["text"]))


def test_many_telephones_at_once_keep_nobody_out(locks: list[bytes], gateway: Gateway, settings: Settings) -> None:
    settings.DOOR_SMS = (test_door_sms.SECRET,)
    for number in range(FLOOD):
        test_door_sms.brought("buy watches", f"flood_{number}", sender=f"+7701{number:07}")
    test_door_sms.brought(HONEST, "honest")
    assert Report.objects.count() == FLOOD + 1
    assert comes_back(test_door_sms.phrase_in(gateway.messages[-1]["text"]))


def test_one_chat_fills_its_hour_and_nobody_elses(
    locks: list[bytes], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DOOR_MESSENGER = test_door_messenger.TOKEN
    for number in range(FLOOD):
        test_door_messenger.called(test_door_messenger.wrote("buy watches", number + 1))
    assert Report.objects.count() == paces.MOST
    monkeypatch.setattr(test_door_messenger, "CHAT", 17)
    said = test_door_messenger.called(test_door_messenger.wrote(HONEST, FLOOD + 1))[1]["text"]
    assert comes_back(test_door_sms.phrase_in(said))


@pytest.fixture
def mail(settings: Settings) -> Iterator[MailSink]:
    """A mail server that sends what we answer."""
    sink = MailSink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_IS_SENT = "127.0.0.1", sink.port, True
    settings.DEFAULT_FROM_EMAIL = "Adaldyq <reports@integrity.example>"
    yield sink
    sink.stop()


def test_who_writes_in_anothers_name_does_not_shut_that_one_out(locks: list[bytes], mail: MailSink) -> None:
    for number in range(FLOOD):  # anybody can write any sender into an e-mail
        assert take_mail(test_door_mail.written("buy watches", f"<{number}@mail.example>").as_bytes()) == "filed"
    assert take_mail(test_door_mail.written(HONEST, "<honest@mail.example>").as_bytes()) == "filed"
    assert comes_back(test_door_sms.phrase_in(test_door_mail.said(mail, FLOOD)))


def test_at_the_telephone_a_flood_of_strangers_locks_nothing(locks: list[bytes]) -> None:
    desk = Reporter()
    desk.client = Client()
    desk.client.force_login(factories.account("operator", Role.OPERATOR))
    for _call in range(FLOOD):
        assert Client().post(reverse("reports-call"), {"step": "send"}).status_code == 302
    assert locks == []
    assert comes_back(list(test_calls.called(desk, HONEST, language="en")))


def test_where_scripts_report_a_flood_makes_the_work_larger_and_it_stays_doable(
    locks: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WORK, "load", Load())
    for _report in range(1000):
        WORK.load.count()
    script = Script()
    assert script.step("send", **script.sealed_report(HONEST)) == {"filed": True}
    assert comes_back(list(phrases.spell(script.secret, "en")))


def test_a_hundred_wrong_phrases_open_no_lock_and_the_right_one_opens_one(locks: list[bytes]) -> None:
    words = Reporter().report(HONEST)
    locks.clear()
    stranger = Reporter()
    for _try in range(100):
        stranger.post("reports-return", step="open", phrase=" ".join(phrases.spell(phrases.new_entropy(), "kk")))
        assert stranger.status == 200
    assert locks == []
    assert comes_back(words)
    assert len(locks) == 1
