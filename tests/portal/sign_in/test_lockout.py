"""Who guesses is slowed down; the owner is not barred by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel import lockout
from adaldyq.kernel.models import Account, SignInFailures
from adaldyq.kernel.roles import Role
from tests import factories
from tests.portal.sign_in.conftest import digits

SignsIn = Callable[..., Client]
RIGHT = {"username": "analyst", "password": factories.PASSWORD}
ATTACKER, HOME = "203.0.113.9", "198.51.100.7"


def tries(client: Client, name: str, password: str, address: str) -> str:
    entry = {"username": name, "password": password}
    return client.post("/en/sign-in/", entry, REMOTE_ADDR=address, follow=False).content.decode()


def guess(name: str, times: int, address: str = ATTACKER) -> str:
    shown = ""
    for number in range(times):
        shown = tries(Client(), name, f"guess {number}", address)
    return shown


def test_five_guesses_are_free_then_one_must_wait(staff: Account) -> None:
    assert "is not right" in guess("analyst", 5)
    assert "Wait 1 minute" in guess("analyst", 1)


def test_who_must_wait_is_not_told_whether_the_password_would_be_right(staff: Account) -> None:
    guess("analyst", 5)
    assert "Wait" in tries(Client(), "analyst", factories.PASSWORD, ATTACKER)


def test_the_owner_at_another_address_is_not_barred(staff: Account) -> None:
    guess("analyst", 40)
    answer = Client().post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD}, REMOTE_ADDR=HOME)
    assert answer.headers["Location"] == "/en/sign-in/code/"


def test_the_owner_on_a_known_device_is_not_barred_at_the_attackers_address(staff: Account, signs_in: SignsIn) -> None:
    browser = signs_in(staff, digits())
    browser.post("/en/sign-out/")
    guess("analyst", 40, "127.0.0.1")
    answer = browser.post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD})
    assert answer.headers["Location"] == "/en/sign-in/code/"


def test_a_known_device_is_not_known_to_another_account(staff: Account, signs_in: SignsIn) -> None:
    other = factories.account("other", Role.CITIZEN)
    browser = signs_in(other)
    browser.post("/en/sign-out/")
    guess("analyst", 5, "127.0.0.1")
    shown = browser.post("/en/sign-in/", {"username": "analyst", "password": "guess"}).content.decode()
    assert "Wait" in shown


def test_a_forged_device_cookie_helps_nobody(staff: Account) -> None:
    guess("analyst", 5)
    forger = Client()
    forger.cookies["known_device"] = "forged:cookie"
    assert "Wait" in tries(forger, "analyst", "guess", ATTACKER)


def test_a_known_device_that_guesses_is_slowed_down_too(staff: Account, signs_in: SignsIn) -> None:
    browser = signs_in(staff, digits())
    browser.post("/en/sign-out/")
    for _ in range(5):
        browser.post("/en/sign-in/", {"username": "analyst", "password": "wrong"})
    shown = browser.post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD}).content.decode()
    assert "Wait" in shown


@pytest.mark.parametrize("back", [timedelta(minutes=10), timedelta(hours=1), timedelta(days=70)])
def test_a_clock_that_is_set_back_bars_nobody_longer_than_a_pause(staff: Account, back: timedelta) -> None:
    guess("somebody", 1)
    guess("analyst", 1)
    SignInFailures.objects.update(last_at=timezone.now() + back)
    assert Client().post("/en/sign-in/", RIGHT, REMOTE_ADDR=ATTACKER).headers["Location"] == "/en/sign-in/code/"
    guess("analyst", 6)
    SignInFailures.objects.update(last_at=timezone.now() + back)
    shown = tries(Client(), "analyst", "guess", ATTACKER)
    assert "Wait 1 minute" in shown or back > timedelta(minutes=15)
    assert "Wait" in guess("analyst", 2), "what was counted before the clock was set back still counts"


def test_one_address_that_guesses_at_many_accounts_is_slowed_down(db: None) -> None:
    for number in range(30):
        guess(f"name-{number}", 1)
    assert "Wait 15 minutes" in guess("yet-another", 1)
    assert "is not right" in guess("yet-another", 1, HOME)


def test_codes_are_counted_like_passwords_and_the_owner_elsewhere_gets_in(staff: Account, signs_in: SignsIn) -> None:
    attacker = signs_in(staff)
    for _ in range(5):
        attacker.post("/en/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=ATTACKER)
    shown = attacker.post("/en/sign-in/code/", {"code": digits()}, REMOTE_ADDR=ATTACKER).content.decode()
    assert "Wait" in shown
    owner = signs_in(staff)
    assert owner.post("/en/sign-in/code/", {"code": digits()}, REMOTE_ADDR=HOME).status_code == 302


def test_many_addresses_that_guess_codes_are_slowed_down_but_not_the_known_device(
    staff: Account, signs_in: SignsIn
) -> None:
    known = signs_in(staff, digits())
    known.post("/en/sign-out/")
    attacker = signs_in(staff)
    for number in range(30):
        attacker.post("/en/sign-in/code/", {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert "Wait" in attacker.post("/en/sign-in/code/", {"code": "1"}, REMOTE_ADDR=HOME).content.decode()
    known.post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD})
    assert known.post("/en/sign-in/code/", {"code": digits(1)}).status_code == 302


def test_addresses_of_one_network_of_the_sixth_version_are_one_client(staff: Account) -> None:
    for number in range(5):
        guess("analyst", 1, f"2001:db8::{number + 1}")
    assert "Wait" in guess("analyst", 1, "2001:db8::ffff")
    assert "is not right" in guess("analyst", 1, "2001:db8:0:1::1")


def test_the_table_names_neither_accounts_nor_addresses(staff: Account) -> None:
    guess("analyst", 1)
    kept = str(list(SignInFailures.objects.values_list("key", flat=True)))
    assert SignInFailures.objects.exists()
    assert "analyst" not in kept
    assert ATTACKER not in kept


@pytest.mark.parametrize(("failures", "seconds"), [(4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (500, 900)])
def test_the_pause_doubles_up_to_a_quarter_of_an_hour(failures: int, seconds: int) -> None:
    assert lockout.PAIR.pause(failures).total_seconds() == seconds
