"""Staff sign in with a password and a second factor; without one they reach only the page to set one up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from tests import factories
from tests.portal.sign_in.conftest import SECRET, digits

SignsIn = Callable[..., Client]


def is_in(client: Client) -> bool:
    return client.get("/en/verification/findings/").status_code == 200


def test_a_password_alone_lets_staff_nowhere(staff: Account, signs_in: SignsIn) -> None:
    client = Client()
    answer = client.post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD})
    assert answer.headers["Location"] == "/en/sign-in/code/"
    assert not is_in(client)


def test_password_and_code_let_staff_in(staff: Account, signs_in: SignsIn) -> None:
    assert is_in(signs_in(staff, digits()))


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_phone_whose_clock_is_half_a_minute_off_still_works(staff: Account, signs_in: SignsIn, steps: int) -> None:
    assert is_in(signs_in(staff, digits(steps)))


def test_a_wrong_code_is_refused_and_said(staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(staff)
    answer = client.post("/en/sign-in/code/", {"code": "000000"})
    assert "The code is not right" in answer.content.decode()
    assert not is_in(client)


def test_a_code_works_once_for_as_long_as_it_would_be_right(staff: Account, signs_in: SignsIn) -> None:
    early = digits(1)
    assert is_in(signs_in(staff, early))
    again = signs_in(staff, early)
    assert not is_in(again)


def test_a_recovery_code_works_once(staff: Account, signs_in: SignsIn, recovery_codes: list[str]) -> None:
    assert is_in(signs_in(staff, recovery_codes[0]))
    assert not is_in(signs_in(staff, recovery_codes[0]))
    assert is_in(signs_in(staff, recovery_codes[1]))


def test_the_key_of_an_app_is_not_kept_in_the_clear(staff: Account) -> None:
    kept = Authenticator.objects.get(user=staff, type=Authenticator.Type.TOTP)
    assert SECRET not in str(kept.data)


def test_staff_without_a_second_factor_reach_only_the_page_to_set_one_up(newcomer: Account, signs_in: SignsIn) -> None:
    client = signs_in(newcomer)
    for page in ("/en/", "/en/about/", "/en/verification/findings/", "/en/my/password/"):
        assert client.get(page).headers["Location"] == "/en/my/second-factor/"
    shown = client.get("/en/my/second-factor/").content.decode()
    assert "Set up a second factor first" in shown
    assert client.post("/en/sign-out/").status_code == 302


def test_a_newcomer_sets_up_an_app_and_may_go_on(newcomer: Account, signs_in: SignsIn) -> None:
    client = signs_in(newcomer)
    asked = client.get("/en/my/second-factor/app/")
    assert asked.headers["Location"].startswith("/en/sign-in/again/")
    client.post("/en/sign-in/again/?next=/en/my/second-factor/app/", {"password": factories.PASSWORD})
    shown = client.get("/en/my/second-factor/app/")
    assert b"<svg" in shown.content
    key = shown.context["form"].secret
    done = client.post("/en/my/second-factor/app/", {"code": digits(of=key)})
    assert done.headers["Location"] == "/en/my/second-factor/codes/"
    codes = client.get("/en/my/second-factor/codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/en/my/second-factor/codes/file/").content.decode().split() == codes
    assert is_in(client)


def test_staff_may_not_remove_their_last_second_factor(staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(staff, digits())
    client.post("/en/sign-in/again/?next=/en/my/second-factor/", {"password": factories.PASSWORD})
    shown = client.post("/en/my/second-factor/app/remove/").content.decode()
    assert "Staff must keep a second factor" in shown
    assert Authenticator.objects.filter(user=staff, type=Authenticator.Type.TOTP).exists()


def test_a_citizen_may_remove_theirs(db: None, signs_in: SignsIn) -> None:
    account = factories.account("citizen", Role.CITIZEN)
    TOTP.activate(account, SECRET)
    client = signs_in(account, digits())
    client.post("/en/sign-in/again/?next=/en/my/second-factor/", {"password": factories.PASSWORD})
    client.post("/en/my/second-factor/app/remove/")
    assert not Authenticator.objects.filter(user=account).exists()


def test_a_citizen_needs_no_second_factor(db: None, signs_in: SignsIn) -> None:
    assert signs_in(factories.account("citizen", Role.CITIZEN)).get("/en/about/").status_code == 200


def test_a_role_of_the_state_given_to_who_is_signed_in_asks_for_a_second_factor(db: None, signs_in: SignsIn) -> None:
    account = factories.account("citizen", Role.CITIZEN)
    client = signs_in(account)
    factories.grant(account, Role.REGISTRAR)
    assert client.get("/en/about/").headers["Location"] == "/en/my/second-factor/"


def test_a_factor_set_up_elsewhere_is_asked_for_here(newcomer: Account, signs_in: SignsIn) -> None:
    client = signs_in(newcomer)
    TOTP.activate(newcomer, SECRET)
    assert client.get("/en/my/second-factor/").headers["Location"].startswith("/en/sign-in/again/code/")
    client.post("/en/sign-in/again/code/", {"code": digits()})
    assert is_in(client)


def test_a_closed_account_is_told_so(staff: Account) -> None:
    Account.objects.filter(pk=staff.pk).update(is_active=False)
    answer = Client().post("/en/sign-in/", {"username": "analyst", "password": factories.PASSWORD}, follow=True)
    assert "This sign-in is closed" in answer.content.decode()


def test_the_session_key_changes_when_somebody_signs_in(newcomer: Account) -> None:
    client = Client()
    client.get("/en/sign-in/")
    session = client.session
    session["seen"] = True
    session.save()
    before = client.session.session_key
    client.cookies["sessionid"] = before or ""
    client.post("/en/sign-in/", {"username": "newcomer", "password": factories.PASSWORD})
    assert client.session.session_key != before


def test_a_password_is_changed_by_who_knows_it(staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(staff, digits())
    words = "correct horse battery staple"
    wrong = client.post("/en/my/password/", {"oldpassword": "x", "password1": words, "password2": words})
    assert "The password is not right" in wrong.content.decode()
    client.post("/en/my/password/", {"oldpassword": factories.PASSWORD, "password1": words, "password2": words})
    staff.refresh_from_db()
    assert staff.check_password(words)
    assert is_in(client)


def test_a_short_password_is_refused(staff: Account, signs_in: SignsIn) -> None:
    client = signs_in(staff, digits())
    entry = {"oldpassword": factories.PASSWORD, "password1": "short", "password2": "short"}
    assert "12" in client.post("/en/my/password/", entry).content.decode()


def test_the_language_chosen_on_the_page_to_sign_in_stays(staff: Account) -> None:
    client = Client()
    client.post("/ru/sign-in/?next=/en/about/", {"username": staff.username, "password": factories.PASSWORD})
    assert client.post("/ru/sign-in/code/", {"code": digits()}).headers["Location"] == "/ru/about/"
