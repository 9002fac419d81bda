"""An integrity officer sees who of the own body has not filed, of no other, and each of them sees who looked."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, Body, Person, Read
from adaldyq.kernel.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/ours/"
YESTERDAY, TOMORROW = (timezone.localdate() + timedelta(days) for days in (-1, 1))


@pytest.fixture
def ministry() -> Body:
    return factories.body()


@pytest.fixture
def officer(client: Client, ministry: Body) -> Client:
    account = factories.account("officer")
    factories.grant(account, Role.INTEGRITY_OFFICER, body=ministry)
    client.force_login(account)
    return client


def owes(name: str, of: Body, due: date = YESTERDAY, **facts: object) -> Person:
    who = factories.person([name])
    factories.obligation(who, 2025, body=of, due_date=due, **facts)
    return who


def test_first_come_those_who_have_not_filed_whether_it_is_public_or_not(officer: Client, ministry: Body) -> None:
    late = owes("Кешіккен Адам", ministry, is_public=False, reason="state employee")
    owes("Мерзімді Адам", ministry, TOMORROW)
    filed = owes("Тапсырған Адам", ministry)
    factories.declaration(filed, 2025)
    page = officer.get(PAGE).content.decode()
    assert "Кешіккен Адам" in page
    assert "Мерзімді Адам" in page
    assert "Тапсырған Адам" not in page
    assert "state employee" in page
    every = officer.get(f"{PAGE}?state=").content.decode()
    assert "Тапсырған Адам" in every
    missing = officer.get(f"{PAGE}?state=missing").content.decode()
    assert ("Кешіккен Адам" in missing, "Мерзімді Адам" in missing) == (True, False)
    assert Read.objects.filter(kind="obligation", person_id=late.pk, purpose="declarations-ours").count() == 3


def test_people_of_a_lower_body_are_there_and_of_others_and_spouses_not(officer: Client, ministry: Body) -> None:
    lower = factories.body("Департамент", parent=ministry)
    owes("Төменгі Адам", lower)
    owes("Бөтен Адам", factories.body("Басқа министрлік"))
    owes("Жұбайы Адам", ministry, as_spouse=True)
    page = officer.get(PAGE).content.decode()
    assert [name in page for name in ("Төменгі Адам", "Бөтен Адам", "Жұбайы Адам")] == [True, False, False]


def test_another_body_cannot_be_asked_for(officer: Client, ministry: Body) -> None:
    owes("Өз Адам", ministry)
    other = factories.body("Басқа министрлік")
    owes("Бөтен Адам", other)
    page = officer.get(f"{PAGE}?body={other.pk}")
    assert page.status_code == 200
    assert "is not one of the choices" in page.content.decode()
    assert "Бөтен Адам" not in page.content.decode()
    assert not officer.get(f"{PAGE}ours.csv?body={other.pk}").getvalue().decode().count("Бөтен")


def test_the_file_has_the_same_people_with_the_law_and_notes_the_reading(officer: Client, ministry: Body) -> None:
    who = owes("Кешіккен Адам", ministry, law="a law of a test")
    text = officer.get(f"{PAGE}ours.csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert (row["name"], row["law"], row["outcome"]) == ("Кешіккен Адам", "a law of a test", "missing")
    assert Read.objects.filter(kind="obligation", person_id=who.pk, purpose="declarations-ours-csv").exists()


def test_rows_sort_by_the_last_day(officer: Client, ministry: Body) -> None:
    owes("Алғашқы Адам", ministry, TOMORROW)
    owes("Кейінгі Адам", ministry)
    page = officer.get(f"{PAGE}?sort=due").content.decode()
    assert page.index("Кейінгі Адам") < page.index("Алғашқы Адам")


def test_an_officer_of_a_body_in_which_nobody_must_file_is_told_so(officer: Client) -> None:
    assert "Nobody of yours must file" in officer.get(PAGE).content.decode()


def test_those_who_keep_declarations_see_every_body_and_other_registrars_none(client: Client, ministry: Body) -> None:
    owes("Кешіккен Адам", ministry)
    for registry, sees in (("declarations", True), ("land", False)):
        account = factories.account(registry)
        factories.grant(account, Role.REGISTRAR, registry=registry)
        client.force_login(account)
        assert ("Кешіккен Адам" in client.get(PAGE).content.decode()) is sees


def test_the_year_that_is_over_comes_before_the_one_that_lasts(officer: Client, ministry: Body) -> None:
    now = timezone.localdate().year
    owes("Өткен Адам", ministry)
    factories.obligation(factories.person(["Биылғы Адам"]), now, body=ministry, due_date=date(now + 1, 9, 15))
    page = officer.get(PAGE).content.decode()
    assert ("Өткен Адам" in page, "Биылғы Адам" in page) == (True, False)
    assert "Биылғы Адам" in officer.get(f"{PAGE}?year={now}").content.decode()


def test_the_officer_sees_whom_no_message_reaches(officer: Client, ministry: Body) -> None:
    told = owes("Хабарлы Адам", ministry)
    owes("Хабарсыз Адам", ministry)
    Account.objects.filter(pk=factories.account("told", Role.CITIZEN).pk).update(person=told)
    assert "no: they have no account" in officer.get(PAGE).content.decode()
    unreached = officer.get(f"{PAGE}?state=unreached").content.decode()
    assert ("Хабарсыз Адам" in unreached, "Хабарлы Адам" in unreached) == (True, False)
    rows = csv.DictReader(StringIO(b"".join(officer.get(f"{PAGE}ours.csv")).decode("utf-8-sig")))
    assert {row["name"]: row["reached"] for row in rows} == {"Хабарлы Адам": "true", "Хабарсыз Адам": "false"}
