"""The portal's pages: home, sign-in, errors."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.portal import errors
from adaldyq.portal.headlines import headline_figures
from adaldyq.ui.figures import Figure

PASSWORD = "a password of a test"


@pytest.fixture
def analyst(db: None) -> Account:
    """An account of an analyst."""
    by, at = system("test"), timezone.now()
    account = open_account(username="analyst", name="Айгүл", password_hash=make_password(PASSWORD), by=by, at=at)
    grant_role(account=account, role=Role.AGENCY_ANALYST, by=by, at=at)
    return account


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["", "about/", "accessibility/", "sign-in/"])
def test_every_page_opens_to_everybody_in_every_language(client: Client, language: str, path: str) -> None:
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.content.decode()


@pytest.mark.django_db
def test_the_root_sends_the_visitor_to_a_language_they_read(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "ru-RU,ru;q=0.9"}).headers["Location"] == "/ru/"
    assert client.get("/", headers={"accept-language": "fi"}).headers["Location"] == "/kk/"


@pytest.mark.django_db
def test_the_public_is_offered_public_tasks_and_staff_their_own_first(client: Client, analyst: Account) -> None:
    public = client.get("/en/").content.decode()
    assert "Read what is checked, and how" in public
    assert "Answer open findings" not in public
    client.force_login(analyst)
    own = client.get("/en/").content.decode()
    assert own.index("Answer open findings") < own.index("Read what is checked, and how")


@pytest.mark.django_db
def test_reporting_is_the_first_task_and_receiving_officers_find_their_reports(
    client: Client, analyst: Account
) -> None:
    public = client.get("/en/").content.decode()
    assert public.index('href="/en/reports/"') < public.index("Look up an official")
    assert "/en/reports/inbox/" not in public
    grant_role(account=analyst, role=Role.RECEIVING_OFFICER, by=system("test"), at=timezone.now())
    client.force_login(analyst)
    assert "Read and answer reports received" in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_every_headline_is_a_figure_with_definition_and_day() -> None:
    for figure in headline_figures():
        assert isinstance(figure, Figure)
        assert str(figure.definition)
        assert isinstance(figure.as_of, date)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("kk", "Аты немесе құпиясөз дұрыс емес"), ("ru", "Имя или пароль неверны"), ("en", "is not right")],
)
def test_a_refusal_does_not_tell_whether_the_name_exists(
    client: Client, analyst: Account, language: str, sentence: str
) -> None:
    answers = [
        client.post(f"/{language}/sign-in/", {"username": name, "password": "wrong"}).content.decode()
        for name in ("analyst", "nobody")
    ]
    assert all(sentence in answer for answer in answers)


@pytest.mark.django_db
def test_an_empty_form_names_its_fields(client: Client) -> None:
    shown = client.post("/en/sign-in/", {}).content.decode()
    assert 'href="#id_username">Sign-in name: Write your sign-in name.' in shown
    assert 'href="#id_password">Password: Write your password.' in shown


def test_who_signs_in_goes_where_they_wanted_but_never_to_another_host(client: Client, analyst: Account) -> None:
    entry = {"username": "analyst", "password": PASSWORD}
    own = client.post("/en/sign-in/", {**entry, "next": "/en/about/"})
    assert own.headers["Location"] == "/en/about/"
    client.post("/en/sign-out/")
    foreign = client.post("/en/sign-in/", {**entry, "next": "https://evil.example/"})
    assert foreign.headers["Location"] == "/en/"


def test_signing_out_needs_a_button_not_a_link(client: Client, analyst: Account) -> None:
    client.force_login(analyst)
    answer = client.get("/ru/sign-out/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    assert "принимает только данные формы" in answer.content.decode()
    assert client.post("/en/sign-out/").headers["Location"] == "/en/"


@pytest.mark.django_db
def test_sign_ins_of_the_sample_country_are_told_only_where_it_is_loaded(client: Client, settings: Settings) -> None:
    settings.DEMO_SIGN_INS = list
    assert "Sample country" not in client.get("/en/sign-in/").content.decode()
    settings.DEMO_SIGN_INS = lambda: [("analyst", "analyst of the agency")]
    settings.DEMO_PASSWORD = "adaldyq-demo"
    shown = client.get("/en/sign-in/").content.decode()
    assert "analyst of the agency" in shown
    assert "adaldyq-demo" in shown


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client: Client) -> None:
    answer = client.get("/ru/nothing/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_error_pages_come_without_a_database(language: str) -> None:
    request = RequestFactory().get(f"/{language}/ui/")
    answers = [
        errors.bad_request(request, SuspiciousOperation()),
        errors.not_allowed(request, PermissionDenied()),
        errors.csrf_failure(request),
        errors.not_found(request, Exception()),
        errors.server_error(request),
    ]
    assert [answer.status_code for answer in answers] == [400, 403, 403, 404, 500]
    with translation.override(language):
        for answer, status in zip((answers[0], answers[4]), (400, 500), strict=True):
            assert str(errors.WORDS[status].title) in answer.content.decode()


def test_a_form_that_was_open_too_long_says_so(analyst: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/en/sign-in/", {"username": "analyst", "password": PASSWORD})
    assert answer.status_code == 403
    assert "The form was open too long" in answer.content.decode()
