"""The owner of an account is told, in the list and by mail, whatever happens to the sign-in; no message has a secret."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, ContactChoice, Notification, NotificationDelivery, Proposal
from adaldyq.kernel.notifications.delivery import deliver_messages
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.kernel.notifications.conftest import mail
from tests.kernel.notifications.peers import MailSink
from tests.portal.sign_in.conftest import SECRET, digits

__all__ = ["mail"]

pytestmark = pytest.mark.django_db

SignsIn = Callable[..., Client]
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
WORDS = "correct horse battery staple"
OLD = "aigerim@people.example"


def reachable(account: Account, language: str = "en", **facts: object) -> Account:
    """An account that gets mail, though it wants none of the usual kind."""
    known = {"email": OLD, "email_confirmed_at": timezone.now(), "email_wanted": False, **facts}
    ContactChoice.objects.create(account=account, language=language, **known)
    return account


def told(account: Account) -> list[str]:
    """Messages in the list of an account, oldest first."""
    return list(
        Notification.objects.filter(account=account).order_by("created_at", "pk").values_list("message", flat=True)
    )


def sent(mail: MailSink) -> list[tuple[str, str]]:
    """Recipient and subject of all letters."""
    deliver_messages(at=timezone.now())
    return [(str(letter["To"]), str(letter["Subject"]).strip()) for letter in mail.letters]


def password_again(client: Client) -> None:
    client.post("/en/sign-in/again/?next=/en/my/", {"password": factories.PASSWORD})


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Signed in from a new device: Firefox · Linux"),
        ("ru", "Вход с нового устройства: Firefox · Linux"),
        ("kk", "Жаңа құрылғыдан кіру: Firefox · Linux"),
    ],
)
def test_a_session_on_a_new_device_is_told_once_in_the_owners_language(
    mail: MailSink, signs_in: SignsIn, language: str, subject: str
) -> None:
    account = reachable(factories.account("citizen", Role.CITIZEN), language)
    browser = Client(headers={"User-Agent": AGENT})
    signs_in(account, client=browser)
    assert sent(mail) == [(OLD, subject)]
    assert subject in browser.get(f"/{language}/messages/", follow=True).content.decode()
    browser.post("/en/sign-out/")
    signs_in(account, client=browser)
    assert told(account) == ["sign-in-new-device"]
    signs_in(account, client=Client(headers={"User-Agent": AGENT}))
    assert told(account) == ["sign-in-new-device"] * 2


def test_what_a_strange_browser_calls_itself_is_not_repeated(mail: MailSink, signs_in: SignsIn) -> None:
    account = reachable(factories.account("citizen", Role.CITIZEN))
    signs_in(account, client=Client(headers={"User-Agent": "Call +7 700 000 00 00 to keep your account"}))
    assert sent(mail) == [(OLD, "Signed in from a new device: a browser that we do not recognise")]


def test_a_password_alone_is_no_session_to_tell_of(staff: Account, signs_in: SignsIn) -> None:
    signs_in(staff)
    assert told(staff) == []


def test_a_new_password_is_told_and_leaves_its_line(mail: MailSink, staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(reachable(staff), digits())
    entry = {"oldpassword": factories.PASSWORD, "password1": WORDS, "password2": WORDS}
    client.post("/en/my/password/", {**entry, "password2": "other"})
    assert told(staff) == ["sign-in-new-device"]
    client.post("/en/my/password/", entry)
    assert told(staff) == ["sign-in-new-device", "sign-in-password"]
    assert sent(mail)[-1] == (OLD, "Your password was changed")
    assert Leaf.objects.filter(act="kernel.sign_in.change").count() == 1
    assert not any(WORDS in str(letter) for letter in mail.letters)


def test_an_app_that_comes_and_goes_is_told(mail: MailSink, signs_in: SignsIn) -> None:
    account = reachable(factories.account("citizen", Role.CITIZEN))
    client = signs_in(account)
    password_again(client)
    key = client.get("/en/my/second-factor/app/").context["form"].secret
    client.post("/en/my/second-factor/app/", {"code": digits(of=key)})
    client.post("/en/my/second-factor/app/remove/")
    assert not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists()
    subjects = [subject for _to, subject in sent(mail)]
    assert "An authenticator app was added to your account" in subjects
    assert "The authenticator app was removed from your account" in subjects
    assert not any(key in str(letter) for letter in mail.letters)


def test_recovery_codes_are_told_when_used_and_when_made_anew(
    mail: MailSink, staff: Account, signs_in: SignsIn, recovery_codes: list[str]
) -> None:
    client = signs_in(reachable(staff), recovery_codes[0])
    password_again(client)
    client.post("/en/my/second-factor/codes/new/")
    assert set(told(staff)) == {"sign-in-recovery-code", "sign-in-new-device", "sign-in-new-codes"}
    made = RecoveryCodes(Authenticator.objects.get(user=staff, type=Authenticator.Type.RECOVERY_CODES))
    assert sent(mail)
    secret = [*recovery_codes, *made.get_unused_codes()]
    assert not any(code in str(letter) for letter in mail.letters for code in secret)


def test_another_address_is_told_at_the_one_before_it(mail: MailSink, signs_in: SignsIn) -> None:
    account = reachable(factories.account("citizen", Role.CITIZEN))
    client = signs_in(account)
    deliver_messages(at=timezone.now())
    mail.letters.clear()
    client.post("/en/messages/settings/email/", {"address": "thief@elsewhere.example"}, follow=True)
    code = re.search(r"\d{6}", str(mail.letters[0]["Subject"]))
    assert code
    client.post("/en/messages/settings/email/code/", {"code": code[0]}, follow=True)
    assert ContactChoice.objects.get().email == "thief@elsewhere.example"
    assert sent(mail)[-1] == (OLD, "Another address was confirmed for your messages")
    assert not NotificationDelivery.objects.exclude(address="").exists()


def test_recovery_is_told_when_it_begins_and_when_it_is_done(mail: MailSink, staff: Account) -> None:
    reachable(staff)
    one, two = Client(), Client()
    one.force_login(factories.account("one", Role.ADMINISTRATOR))
    two.force_login(factories.account("two", Role.ADMINISTRATOR))
    one.post(f"/en/accounts/{staff.pk}/recovery/")
    assert told(staff) == []
    decision = {"proposal": Proposal.objects.get().pk, "decision": "confirm"}
    page = two.post("/en/accounts/proposals/", decision).content.decode()
    link = re.search(r"/en/sign-in/recover/([\w-]+)/", page)
    assert link
    assert told(staff) == ["sign-in-recovery-begun"]
    Client().post(link[0], {"password": WORDS, "again": WORDS})
    assert told(staff) == ["sign-in-recovery-begun", "sign-in-recovered"]
    assert [to for to, _subject in sent(mail)] == [OLD, OLD]
    assert not any(link[1] in str(letter) or WORDS in str(letter) for letter in mail.letters)


def test_a_change_that_fails_is_not_told(staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(staff, digits())
    password_again(client)
    client.post("/en/my/second-factor/app/remove/")
    assert TOTP(Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)).validate_code(digits(1))
    assert told(staff) == ["sign-in-new-device"]
    assert SECRET
