"""Bad input gets the same clear sentence at both doors, the form in the browser and the API, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from adaldyq.kernel.models import Person
from adaldyq.kernel.scopes import Scope
from adaldyq.measures.declarations.models import Declaration, Draft, DraftRow, Obligation
from tests import factories
from tests.measures.declarations.test_sending import declared, send
from tests.measures.declarations.views.journey import address, begun, filled_in, signing

pytestmark = pytest.mark.django_db

ROW = "0000000000AA"
CAR = {
    "owner": "declarant",
    "kind": "car",
    "make": "Lada Niva",
    "share": "100",
    "basis": "ownership",
    "acquired_date": "2019-03-27",
    "value": "4200000",
    "currency": "KZT",
    "country": "KZ",
}
CASH = {"owner": "declarant", "amount": "5", "currency": "KZT"}
CHILD = {"relation": "child", "name": "Серік Айдос", "birth_date": "2010-08-19"}
BAD: Mapping[str, tuple[str, dict[str, str], str]] = {
    "no such day": ("vehicle", CAR | {"acquired_date": "2019-02-30"}, "acquired_date"),
    "day to come": ("vehicle", CAR | {"acquired_date": "2099-01-01"}, "acquired_date"),
    "had before one was born": ("vehicle", CAR | {"acquired_date": "1970-01-01"}, "acquired_date"),
    "negative sum": ("cash", CASH | {"amount": "-5"}, "amount"),
    "huge sum": ("cash", CASH | {"amount": "9" * 40}, "amount"),
    "sum too exact": ("cash", CASH | {"amount": "1.001"}, "amount"),
    "share over the whole": ("vehicle", CAR | {"share": "120"}, "share"),
    "no share": ("vehicle", CAR | {"share": "0"}, "share"),
    "unknown currency": ("cash", CASH | {"currency": "XXX"}, "currency"),
    "number that fails its scheme": ("family", CHILD | {"number": "123456789012"}, "number"),
    "child older than oneself": ("family", CHILD | {"birth_date": "1960-01-01"}, "birth_date"),
    "right to left": ("vehicle", CAR | {"make": "\u202eadaL"}, "make"),
    "zero width": ("vehicle", CAR | {"make": "La\u200bda"}, "make"),
    "control letter": ("vehicle", CAR | {"make": "La\x07da"}, "make"),
    "letter drawn as nothing": ("vehicle", CAR | {"make": "La\u3164da"}, "make"),
    "place that holds no letter": ("vehicle", CAR | {"make": "La\uffffda"}, "make"),
    "piled accents": ("vehicle", CAR | {"make": "La\u0301" + "\u0301" * 300 + "da"}, "make"),
    "too long": ("vehicle", CAR | {"make": "x" * 501}, "make"),
}


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.FILES_DIR = tmp_path, tmp_path / "files"


@pytest.fixture
def declarant(db: None) -> Person:
    """Somebody of age, whom the register knows."""
    return factories.person(birth_date=date(1975, 3, 1))


def boxes(row: Mapping[str, str]) -> dict[str, str]:
    """A row of a file as the boxes of the page."""
    typed: dict[str, str] = {}
    for name, text in row.items():
        if name.endswith("_date"):
            typed |= {
                f"{name}_{part}": one for part, one in zip(("year", "month", "day"), text.split("-"), strict=True)
            }
        else:
            typed[name] = text
    return typed


def refused_by_the_api(section: str, *rows: Mapping[str, object]) -> dict[str, str]:
    """What the API says of a declaration with such rows, by field."""
    employer = factories.body()
    who = factories.person(birth_date=date(1975, 3, 1))
    factories.appointment(who, factories.post(employer))
    factories.let_payroll(who, employer)
    factories.obligation(who, 2024, body=employer)
    given = declared(who) | {"year": 2024}
    given["sections"][section] = [*rows]
    secret = factories.token(Scope.DECLARATIONS_WRITE, of=employer)[1]
    problem = send(secret, given)["results"][0]["problem"]
    return {one["field"]: one["detail"] for one in problem["errors"]} if problem else {}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_in_the_same_words_at_both_doors(citizen: Client, declarant: Person, what: str) -> None:
    section, row, field = BAD[what]
    told = refused_by_the_api(section, row)
    assert f"{section}.1.{field}" in told
    Obligation.objects.all().delete()
    draft = begun(citizen, declarant)
    answer = citizen.post(address("draft-row", draft.pk, section, ROW), boxes(row))
    assert answer.status_code < 500
    page = unescape(
        (
            answer if answer.status_code != 302 else citizen.get(address("draft-row", draft.pk, section, ROW))
        ).content.decode()
    )
    assert told[f"{section}.1.{field}"] in page
    kept = boxes(row).get(field) or boxes(row)[f"{field}_year"]
    assert kept in page, "what was typed is there"
    assert not Declaration.objects.exists()


def test_emoji_and_a_relative_without_a_number_are_taken_at_both_doors(citizen: Client, declarant: Person) -> None:
    row = CAR | {"make": "🚗 Лада «Нива» العربية 👨\u200d👩\u200d👧 Й\u0301"}
    assert refused_by_the_api("vehicle", row) == {}
    Declaration.objects.all().delete()
    Obligation.objects.all().delete()
    draft = begun(citizen, declarant)
    for section, one in (("vehicle", row), ("family", CHILD)):
        assert (
            citizen.post(address("draft-row", draft.pk, section, ROW[:-1] + section[0].upper()), boxes(one)).status_code
            == 302
        )
    assert DraftRow.objects.filter(draft=draft).count() == 2
    assert row["make"] in citizen.get(address("draft-section", draft.pk, "vehicle")).content.decode()
    assert Draft.objects.count() == 1


CAR_OF_ONE_NUMBER = CAR | {"share": "60", "object_number": "XTA 123"}
COMPANY = {"owner": "declarant", "company_name": "«Байтерек» ЖШС", "share": "60", "beneficial": "no", "country": "KZ"}


@pytest.mark.parametrize(
    ("section", "one", "other"),
    [
        ("vehicle", CAR_OF_ONE_NUMBER, CAR_OF_ONE_NUMBER | {"object_number": "xta123"}),
        ("vehicle", CAR_OF_ONE_NUMBER, CAR_OF_ONE_NUMBER | {"object_number": "ХТА-12.3"}),
        ("company_interest", COMPANY, COMPANY | {"company_name": "«БАЙТЕРЕК» ЖШС"}),
    ],
)
def test_shares_in_one_thing_are_at_most_the_whole_at_both_doors(
    citizen: Client, declarant: Person, section: str, one: dict[str, str], other: dict[str, str]
) -> None:
    sent = [{**row, **({"beneficial": False} if "beneficial" in row else {})} for row in (one, other)]
    assert f"{section}.1.share" in refused_by_the_api(section, *sent)
    Obligation.objects.all().delete()
    draft = begun(citizen, declarant)
    for number, row in enumerate((one, other), 1):
        citizen.post(address("draft-row", draft.pk, section, f"00000000000{number}"), boxes(row))
    assert "add up to more than 100 percent" in citizen.get(address("draft-check", draft.pk)).content.decode()


def test_a_relative_in_two_entries_is_refused_with_the_entry_that_names_them_at_both_doors(
    citizen: Client, declarant: Person
) -> None:
    again = CHILD | {"name": "Serik Aidos"}
    assert "entry 1 (Серік Айдос)" in refused_by_the_api("family", CHILD, again)["family.2.name"]
    Obligation.objects.all().delete()
    draft = begun(citizen, declarant)
    for number, row in enumerate((CHILD, again), 1):
        citizen.post(address("draft-row", draft.pk, "family", f"00000000000{number}"), boxes(row))
    page = unescape(citizen.get(address("draft-section", draft.pk, "family")).content.decode())
    assert page.count("This is the same person as in entry 1 (Серік Айдос).") == 1
    assert "Serik Aidos" in page


def test_an_entry_that_comes_after_the_declaration_was_filed_or_given_up_is_told_so(
    citizen: Client, declarant: Person
) -> None:
    draft = filled_in(citizen, declarant)
    translation.activate("en")
    late = {**boxes(CAR), "make": "Typed Later"}
    place = address("draft-row", draft.pk, "vehicle", "0000000000AB")
    for state, told in (("filed", "The declaration was filed meanwhile"), ("set_aside", "The draft was given up")):
        if state == "filed":
            citizen.post(address("draft-sign", draft.pk), signing(citizen, draft))
        else:
            citizen.post(address("amend", Declaration.objects.get().pk))
            translation.activate("en")
            draft = Draft.objects.get(state="open")
            place = address("draft-row", draft.pk, "vehicle", "0000000000AC")
            citizen.post(address("draft-set-aside", draft.pk))
        page = citizen.post(place, late)
        assert (page.status_code, Draft.objects.get(pk=draft.pk).state) == (409, state)
        assert told in page.content.decode()
        assert "Typed Later" in page.content.decode()
        kept = citizen.post(place, late, headers={"Accept": "application/json"})
        assert (kept.status_code, told in kept.json()["message"]) == (409, True)
