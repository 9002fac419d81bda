"""Everybody finds what is needed and why; the keeper brings entries in by the pages."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.test import Client

from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.models import Body
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.permits.actions.catalogue import amend_entry
from adaldyq.measures.permits.models import PermitEntry
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import AT, entry, terms

pytestmark = pytest.mark.django_db
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def keeper() -> Client:
    """The browser of a registrar of the catalogue."""
    account = factories.account("registrar-permits")
    grant_role(account=account, role=Role.REGISTRAR, registry=Registry.PERMITS, by=BY, at=AT)
    found = Client()
    found.force_login(account)
    return found


def sent(of: Body, **answers: Any) -> dict[str, Any]:
    """What the form of a new entry is sent."""
    spoken = {
        f"{name}_{language}": text
        for name, text in (
            ("names", "Cafe"),
            ("law", "Law on permits"),
            ("article", "5"),
            ("subtypes", "Small\nLarge"),
            ("requirements", "A kitchen"),
        )
        for language in LANGUAGES
    }
    papers = {
        "documents_kk": "Үй-жай [land_register]\nДиплом",
        "documents_ru": "Помещение\nДиплом",
        "documents_en": "Room\nDiploma",
    }
    day = {"since_day": "5", "since_month": "1", "since_year": "2026"}
    law = {"law_number": "7-VIII", "law_date_day": "1", "law_date_month": "12", "law_date_year": "2025"}
    numbers = {"fee": "10", "days": "15", "hours": "2", "costs": "100", "applications": "50"}
    chosen = {
        "kind": "permit",
        "body": of.pk,
        "sector": "trade",
        "risk": "low",
        "activities": "56.10 47",
        "life_events": ["sell"],
    }
    return {"number": "P-009", **spoken, **papers, **day, **law, **numbers, **chosen, **answers}


def test_everybody_finds_an_entry_and_reads_its_life() -> None:
    made = entry()
    amend_entry(entry=made, terms=terms(days=10), body=made.body, since=date(2020, 1, 1), by=BY, at=AT)
    client = Client()
    page = client.get("/en/permits/", {"q": "catering", "activity": "56.1"}).content.decode()
    assert "/en/permits/L-001/" in page
    assert "L-001" not in client.get("/en/permits/", {"activity": "47"}).content.decode()
    shown = client.get("/en/permits/L-001/").content.decode()
    for words in (
        "Public catering",
        "10 working days",
        "Law on permits, No. 202-V",
        "the state holds it: Register of land and buildings",
        "What it said before",
        "Introduced",
        "It counts as given.",
    ):
        assert words in shown, words
    assert "Қоғамдық тамақтану" in client.get("/kk/permits/L-001/").content.decode()
    assert [client.get(f"/en/permits/{one}/").status_code for one in ("L-999", "nothing", "0")] == [404] * 3


def test_the_file_has_what_the_page_shows() -> None:
    entry()
    answer = Client().get("/en/permits/catalogue.csv", {"q": "питание"})
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    assert (row["number"], row["name_ru"], row["days"], row["activities"]) == (
        "L-001",
        "Общественное питание",
        "15",
        "56",
    )
    assert (row["silence_is_consent"], row["law_number"], row["currency"]) == ("true", "202-V", "KZT")


def test_programs_get_the_same() -> None:
    entry()
    found = Client().get("/api/v1/permits/entries", {"activity": "56"}, headers={"Accept-Language": "ru"}).json()
    assert (found["total"], found["items"][0]["name"]) == (1, "Общественное питание")
    one = Client().get("/api/v1/permits/entries/L-001").json()
    assert one["versions"][0]["documents"] == [{"name": "Right to the premises", "held_by": "land_register"}]
    assert one["events"][0]["act_number"] == "202-V"
    assert Client().get("/api/v1/permits/entries/L-999").status_code == 404
    assert Client().get("/api/v1/permits/entries", {"kind": "x" * 99}).status_code == 422


def test_the_keeper_brings_an_entry_in_and_changes_it(keeper: Client) -> None:
    of = factories.body()
    assert "Name of the act" in keeper.get("/en/permits/new/").content.decode()
    done = keeper.post("/en/permits/new/", sent(of))
    assert (done.status_code, done.headers["Location"]) == (302, "/en/permits/P-009/")
    shown = keeper.get("/en/permits/P-009/").content.decode()
    assert "Large" in shown
    assert "Register of land and buildings" in shown
    address = "/en/permits/P-009/change/"
    form = keeper.get(address).content.decode()
    assert "Үй-жай [land_register]\nДиплом" in form.replace("\r", "")
    answers = sent(of, days="3", since_year="2027")
    assert keeper.post(address, answers).status_code == 302
    assert (
        "3 working days" in keeper.get("/en/permits/P-009/").content.decode()
        or PermitEntry.objects.get().versions.count() == 2
    )
    again = keeper.post(address, answers)
    assert (again.status_code, "Choose a day after" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"law_number": ""}, "This field is required"),
        ({"law_kk": " "}, "This field is required"),
        ({"law_date_year": "2027"}, "The act is younger"),
        ({"subtypes_ru": "Одна"}, "Write as many lines as in the first language: 2."),
        ({"documents_kk": "Үй [nothing]\nДиплом"}, "is not one of the choices"),
        ({"activities": "food"}, "is no code of an activity"),
        ({"number": "9"}, "is no number of the catalogue"),
        ({"hours": ""}, "Fill in hours, costs and applications, or none of them."),
        ({"body": "nobody"}, "Select a valid choice"),
        ({"fee": "much"}, "Enter a number"),
    ],
)
def test_what_is_wrong_stands_at_its_field(keeper: Client, wrong: dict[str, str], words: str) -> None:
    answer = keeper.post("/en/permits/new/", sent(factories.body(), **wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("&#x27;", "'"), answer.content.decode()
    assert not PermitEntry.objects.exists()


def test_a_registrar_of_another_register_changes_nothing() -> None:
    entry()
    account = factories.account("registrar-land")
    grant_role(account=account, role=Role.REGISTRAR, registry=Registry.LAND, by=BY, at=AT)
    client = Client()
    client.force_login(account)
    assert [client.get(f"/en/permits/{one}").status_code for one in ("new/", "L-001/change/")] == [403, 403]
    assert "Change what it says" not in client.get("/en/permits/L-001/").content.decode()
