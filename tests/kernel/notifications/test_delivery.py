"""A message reaches each chosen channel at least once, with one id, whatever happens to the channel or the worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, ContactChoice, ContactCode, Notification, NotificationDelivery
from adaldyq.kernel.models.notifications import EMAIL, GIVEN_UP, SENT, SMS, WAITING
from adaldyq.kernel.notifications import delivery
from adaldyq.kernel.notifications.actions import Told, confirm_contact, notify, notify_together, send_code
from tests import factories
from tests.kernel.notifications.peers import Gateway, MailSink

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
SAID = {"due_date": "2026-06-05", "what_title": "Answer to a correction"}


def holder(language: str = "en", **facts: object) -> Account:
    account = factories.account("aigerim")
    known = {"email": "aigerim@people.example", "email_confirmed_at": AT, "phone": "+77010000001", **facts}
    ContactChoice.objects.create(account=account, language=language, **known)
    return account


def told(account: Account, key: str = "k1", at: datetime = AT) -> Notification:
    with transaction.atomic():
        return notify(account=account, message="deadline-reminder", parameters=SAID, key=key, href="deadlines/", at=at)


def state() -> tuple[str, int]:
    return NotificationDelivery.objects.values_list("state", "attempts").get()


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("kk", "Мерзімі: 2026 жылғы 5 маусым. Answer to a correction"),
        ("ru", "Срок – 5 июня 2026: Answer to a correction"),
        ("en", "Due on 5 June 2026: Answer to a correction"),
    ],
)
def test_an_e_mail_is_in_the_language_of_the_account(mail: MailSink, language: str, title: str) -> None:
    told(holder(language))
    assert delivery.deliver_messages(at=AT) == 1
    letter = mail.letters[0]
    assert str(letter["Subject"]).strip() == title
    assert letter["To"] == "aigerim@people.example"
    assert letter["Content-Language"] == language
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain
    assert page
    assert f"http://localhost:8000/{language}/deadlines/" in plain.get_content()
    assert f'<html lang="{language}">' in page.get_content()
    assert "<script" not in page.get_content()
    assert state() == (SENT, 1)


def test_nothing_is_lost_while_the_mail_server_is_down(mail: MailSink) -> None:
    told(holder())
    mail.stop()
    assert delivery.deliver_messages(at=AT) == 0
    assert delivery.deliver_messages(at=AT + timedelta(seconds=29)) == 0
    assert state() == (WAITING, 1)
    mail.start()
    assert delivery.deliver_messages(at=AT + timedelta(seconds=30)) == 1
    assert len(mail.letters) == 1


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_id(
    mail: MailSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(holder())
    with monkeypatch.context() as dying:
        dying.setattr(delivery, "close", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            delivery.deliver_messages(at=AT)
    assert delivery.deliver_messages(at=AT + timedelta(seconds=30)) == 0
    assert delivery.deliver_messages(at=AT + delivery.LEASE) == 1
    ids = [letter["Message-ID"] for letter in mail.letters]
    assert ids == [f"<{NotificationDelivery.objects.get().pk}@integrity.example>"] * 2


def test_an_address_that_does_not_exist_is_given_up_and_the_message_stays_in_the_list(mail: MailSink) -> None:
    mail.refused.add("aigerim@people.example")
    told(holder())
    assert delivery.deliver_messages(at=AT) == 0
    assert state() == (GIVEN_UP, 1)
    assert Notification.objects.filter(read_at=None).count() == 1


def test_the_same_key_tells_nothing_twice(mail: MailSink) -> None:
    account = holder()
    assert told(account).pk == told(account).pk
    assert delivery.deliver_messages(at=AT) == 1


def test_an_sms_goes_through_the_gateway_with_a_key_and_a_token(gateway: Gateway) -> None:
    told(holder(phone_confirmed_at=AT, sms_wanted=True, email_wanted=False))
    assert delivery.deliver_messages(at=AT) == 1
    sent = NotificationDelivery.objects.get()
    assert gateway.messages == [
        {
            "id": sent.pk,
            "to": "+77010000001",
            "text": "Adaldyq: Due on 5 June 2026: Answer to a correction. http://localhost:8000/en/deadlines/",
        }
    ]
    assert (gateway.keys, gateway.authorizations) == ([sent.pk], ["Bearer a token of a test"])


def test_nothing_is_lost_while_the_gateway_is_down_and_attempts_grow_apart(gateway: Gateway) -> None:
    told(holder(phone_confirmed_at=AT, sms_wanted=True, email_wanted=False))
    gateway.stop()
    delivery.deliver_messages(at=AT)
    gateway.start()
    gateway.answer = 503
    delivery.deliver_messages(at=AT + timedelta(seconds=30))
    assert delivery.deliver_messages(at=AT + timedelta(seconds=60)) == 0
    gateway.answer = 202
    assert delivery.deliver_messages(at=AT + timedelta(seconds=90)) == 1
    assert len(gateway.messages) == 1
    assert len(set(gateway.keys)) == 1
    assert state() == (SENT, 3)


@pytest.mark.parametrize(("answer", "then"), [(422, GIVEN_UP), (401, WAITING), (429, WAITING)])
def test_a_wrong_message_is_given_up_and_a_busy_gateway_is_not(gateway: Gateway, answer: int, then: str) -> None:
    gateway.answer = answer
    told(holder(phone_confirmed_at=AT, sms_wanted=True, email_wanted=False))
    delivery.deliver_messages(at=AT)
    assert state()[0] == then


def test_a_message_is_given_up_after_three_days(gateway: Gateway) -> None:
    gateway.answer = 500
    told(holder(phone_confirmed_at=AT, sms_wanted=True, email_wanted=False))
    at = AT
    while at < AT + timedelta(days=4):
        delivery.deliver_messages(at=at)
        at += timedelta(hours=1)
    assert state()[0] == GIVEN_UP


def test_a_dead_channel_does_not_hold_up_the_other(mail: MailSink, gateway: Gateway) -> None:
    account = holder(phone_confirmed_at=AT, sms_wanted=True)
    gateway.stop()
    told(account)
    assert delivery.deliver_messages(at=AT) == 1
    assert len(mail.letters) == 1
    gateway.start()


def test_many_are_told_at_once_and_each_as_they_chose(mail: MailSink) -> None:
    by_mail, without, unconfirmed = holder(), factories.account("serik"), factories.account("dana")
    ContactChoice.objects.create(account=unconfirmed, language="en", email="dana@people.example")
    all_of_them = [Told(one.pk, "deadline-reminder", SAID, "k1") for one in (by_mail, without, unconfirmed)]
    for _again in range(2):
        with transaction.atomic():
            notify_together(told=all_of_them, at=AT)
    assert Notification.objects.count() == 3
    assert delivery.deliver_messages(at=AT) == 1
    assert [letter["To"] for letter in mail.letters] == ["aigerim@people.example"]


def test_an_address_that_was_not_confirmed_gets_nothing(mail: MailSink) -> None:
    told(holder(email_confirmed_at=None))
    assert not NotificationDelivery.objects.exists()


def test_without_a_channel_the_message_is_in_the_list_only() -> None:
    told(holder())
    assert Notification.objects.exists()
    assert not NotificationDelivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_outside_its_act_is_refused() -> None:
    account = holder()
    with pytest.raises(transaction.TransactionManagementError):
        notify(account=account, message="deadline-reminder", parameters=SAID, key="k1", at=AT)


def code_in(mail: MailSink) -> str:
    return str(mail.letters[-1]["Subject"])[-6:]


def test_an_address_is_confirmed_with_the_code_that_was_sent_to_it(mail: MailSink) -> None:
    account = holder(email="", email_confirmed_at=None)
    send_code(channel=EMAIL, address="new@people.example", by=actor_of(account), at=AT)
    confirm_contact(channel=EMAIL, code=code_in(mail), by=actor_of(account), at=AT)
    choice = ContactChoice.objects.get()
    assert (choice.email, choice.email_confirmed_at) == ("new@people.example", AT)
    assert not ContactCode.objects.exists()


def test_a_code_is_tried_five_times_and_lives_half_an_hour(mail: MailSink) -> None:
    by = actor_of(holder())
    send_code(channel=EMAIL, address="new@people.example", by=by, at=AT)
    wrong = "000000" if code_in(mail) != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(DomainError, match="code-wrong"):
            confirm_contact(channel=EMAIL, code=wrong, by=by, at=AT)
    with pytest.raises(DomainError, match="code-expired"):
        confirm_contact(channel=EMAIL, code=code_in(mail), by=by, at=AT)
    with pytest.raises(DomainError, match="code-too-soon"):
        send_code(channel=EMAIL, address="new@people.example", by=by, at=AT)
    later = AT + timedelta(minutes=2)
    send_code(channel=EMAIL, address="new@people.example", by=by, at=later)
    with pytest.raises(DomainError, match="code-expired"):
        confirm_contact(channel=EMAIL, code=code_in(mail), by=by, at=later + timedelta(minutes=31))


def test_a_channel_that_is_not_there_or_does_not_answer_is_told(mail: MailSink) -> None:
    by = actor_of(holder())
    with pytest.raises(DomainError, match="channel-missing"):
        send_code(channel=SMS, address="+77010000001", by=by, at=AT)
    mail.stop()
    with pytest.raises(DomainError, match="channel-unreachable"):
        send_code(channel=EMAIL, address="new@people.example", by=by, at=AT)
    mail.start()
    mail.refused.add("new@people.example")
    with pytest.raises(DomainError, match="address-refused"):
        send_code(channel=EMAIL, address="new@people.example", by=by, at=AT + timedelta(minutes=2))
    assert timezone.is_aware(AT)
