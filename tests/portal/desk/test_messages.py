"""A person reads their messages, and chooses how to be told."""

from __future__ import annotations

import html
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from adaldyq.kernel.models import Account, ContactChoice, Notification
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.roles import Role
from tests import factories
from tests.kernel.notifications.peers import Gateway, MailSink

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
INBOX, SETTINGS = "/en/messages/", "/en/messages/settings/"


@pytest.fixture
def holder() -> Account:
    return factories.account("aigerim", Role.CITIZEN)


@pytest.fixture
def desk(holder: Account, client: Client) -> Client:
    client.force_login(holder)
    return client


def told(account: Account, key: str = "k1") -> Notification:
    said = {"due_date": "2026-06-05", "what_title": "Answer"}
    with transaction.atomic():
        return notify(
            account=account, message="deadline-reminder", parameters=said, key=key, href="deadlines/mine/", at=AT
        )


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def test_an_empty_list_says_what_will_be_there(desk: Client) -> None:
    assert "No message yet" in text_of(desk, INBOX)


def test_a_message_is_listed_opened_and_then_read(desk: Client, holder: Account) -> None:
    message = told(holder)
    page = text_of(desk, INBOX)
    assert "Due on 5 June 2026: Answer" in page
    assert '<span class="govuk-visually-hidden">unread:</span><strong>1</strong>' in page
    opened = text_of(desk, f"{INBOX}{message.pk}/")
    assert "Something that you answer for is due on 5 June 2026." in opened
    assert 'href="/en/deadlines/mine/"' in opened
    assert "unread:" not in text_of(desk, INBOX)


def test_all_are_marked_as_read_at_once(desk: Client, holder: Account) -> None:
    told(holder)
    told(holder, "k2")
    assert desk.post(f"{INBOX}read/").status_code == 302
    assert not Notification.objects.filter(read_at=None).exists()


def test_anothers_message_is_not_there(desk: Client) -> None:
    other = told(factories.account("other"))
    text_of(desk, f"{INBOX}{other.pk}/", 404)
    assert Notification.objects.get().read_at is None


def test_without_channels_only_the_language_is_chosen(desk: Client) -> None:
    page = text_of(desk, SETTINGS)
    assert "neither e-mail nor SMS" in page
    assert "Tell me by e-mail" not in page
    assert desk.post(SETTINGS, {"language": "ru"}).status_code == 302
    assert ContactChoice.objects.get().language == "ru"
    text_of(desk, f"{SETTINGS}email/", 404)


def test_a_wrong_language_is_told(desk: Client) -> None:
    assert desk.post(SETTINGS, {"language": "xx"}).status_code == 422


def test_an_e_mail_address_is_added_with_its_code(desk: Client, mail: MailSink) -> None:
    assert desk.post(f"{SETTINGS}email/", {"address": "new@people.example"}).status_code == 302
    assert str(mail.letters[0]["Subject"]).startswith("Your code is ")  # the language of the page that asks for it
    code = str(mail.letters[0]["Subject"])[-6:]
    wrong = "000000" if code != "000000" else "111111"
    answer = desk.post(f"{SETTINGS}email/code/", {"code": wrong})
    assert answer.status_code == 422
    assert "This is not the code" in html.unescape(answer.content.decode())
    assert desk.post(f"{SETTINGS}email/code/", {"code": f" {code} "}).status_code == 302
    assert "new@people.example" in text_of(desk, f"{SETTINGS}?saved=1")


def test_a_telephone_number_is_added_with_its_code(desk: Client, gateway: Gateway) -> None:
    assert desk.post(f"{SETTINGS}sms/", {"address": "+7 (701) 000-00-01"}).status_code == 302
    assert gateway.messages[0]["to"] == "+77010000001"
    code = gateway.messages[0]["text"].rstrip(". ")[-6:]
    assert desk.post(f"{SETTINGS}sms/code/", {"code": code}).status_code == 302
    assert ContactChoice.objects.get().phone == "+77010000001"


@pytest.mark.parametrize("number", ["", "8 701 000 00 00", "abc", "+" + "1" * 60])
def test_a_number_that_is_none_comes_back_with_what_is_wrong(desk: Client, gateway: Gateway, number: str) -> None:
    answer = desk.post(f"{SETTINGS}sms/", {"address": number})
    assert answer.status_code == 422
    assert "govuk-error-summary" in answer.content.decode()
    assert gateway.messages == []


def test_a_server_that_is_down_is_told_and_the_address_comes_back(desk: Client, mail: MailSink) -> None:
    mail.stop()
    answer = desk.post(f"{SETTINGS}email/", {"address": "new@people.example"})
    mail.start()
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "could not be sent just now" in page
    assert 'value="new@people.example"' in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_opens_in_every_language(desk: Client, holder: Account, language: str, mail: MailSink) -> None:
    message = told(holder)
    for page in ("", f"{message.pk}/", "settings/", "settings/email/", "settings/email/code/"):
        assert f'lang="{language}"' in text_of(desk, f"/{language}/messages/{page}")
