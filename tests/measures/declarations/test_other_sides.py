"""Who paid, gave or lent is known by a number that was typed, or by a name that fits exactly; rules then judge it."""

from __future__ import annotations

import html
import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import Settings

from adaldyq.kernel.models import Company, Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.domain.examples import example, xml_of
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration
from adaldyq.verification.models import Finding, RuleRun
from adaldyq.verification.open_snapshot import FOLDER as OPEN_FOLDER
from adaldyq.verification.open_snapshot import write_open_snapshot
from adaldyq.verification.rulefile import FOLDER
from adaldyq.verification.runs import verify_country
from tests import factories
from tests.measures.declarations.test_redaction import content, doors

pytestmark = pytest.mark.django_db
LENDER, UNKNOWN = "120340000123", "241150001235"
PERSONS = "900615300458"
RULES = ("private-loan", "gift-above-limit", "payer-not-in-register", "company-interest-not-in-register")


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    translation.activate("en")


@pytest.fixture
def official() -> Person:
    """Who inspects, and must declare for 2025."""
    who = factories.person()
    factories.appointment(who, factories.post(inspects=True))
    factories.obligation(who, 2025)
    return who


def company(name: str, number: str = "", **facts: Any) -> Company:
    made = Company(name=name, identifier=number, legal_form="llp", source="a test", as_of=factories.AS_OF, **facts)
    factories.loaded("company", made)
    return made


def sections_of(who: Person, **rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A file of one declaration with these rows."""
    found = deepcopy(example())
    declaration = found["declarations"][0]
    declaration |= {"person": who.pk}
    declaration["sections"] |= rows
    return found


def filed(content: bytes, name: str) -> Declaration:
    """File what a file holds, by the page on which a registrar sends it."""
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    sent = {"file": SimpleUploadedFile(name, content)}
    page = browser.post(reverse("declarations-send"), sent, follow=True).content.decode()
    assert Declaration.objects.exists(), html.unescape(page)
    return Declaration.objects.get()


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches."""


def asked(tmp_path: Path) -> dict[str, list[Finding]]:
    """What these rules ask, by rule, after a snapshot of the registers."""
    folder = tmp_path / "rules"
    shutil.copytree(FOLDER / "steps", folder / "steps")
    (folder / "declarations").mkdir()
    for one in RULES:
        shutil.copy(FOLDER / "declarations" / f"{one}.sql", folder / "declarations")
    verify_country(data=tmp_path / "data", clock=timezone.now, progress=quiet, rule_folder=folder)
    return {one: list(Finding.objects.filter(rule=f"declarations.{one}")) for one in RULES}


def loan(**facts: str) -> dict[str, str]:
    known = {"owner": "declarant", "direction": "payable", "kind": "leasing", "amount": "1000000", "currency": "KZT"}
    return known | facts


def income(**facts: str) -> dict[str, str]:
    known = {"owner": "declarant", "kind": "business", "country": "KZ", "amount": "900000000", "currency": "KZT"}
    return known | facts


@pytest.mark.parametrize("way", ["xml", "json"])
def test_a_builder_that_is_called_a_bank_is_known_by_its_number(way: str, official: Person, tmp_path: Path) -> None:
    lender = company("ЖШС «Құрыш»", LENDER, activity="41.20")
    file = sections_of(official, claim=[loan(counterparty="Қала Банкі", number=LENDER)])
    declaration = filed(xml_of(file) if way == "xml" else json.dumps(file).encode(), f"file.{way}")
    (found,) = asked(tmp_path)["private-loan"]
    assert (found.subject_id, found.object_id) == (declaration.person_id, f"{lender.pk}:2025")
    assert SECTION_MODELS["claim"]._default_manager.values_list("number", flat=True)[0] == LENDER


def test_a_lender_is_known_by_a_name_that_fits_and_the_finding_tells_so(official: Person, tmp_path: Path) -> None:
    lender = company("ЖШС «Құрыш»", activity="41.20")
    filed(xml_of(sections_of(official, claim=[loan(counterparty='жшс  "құрыш"')])), "file.xml")
    (found,) = asked(tmp_path)["private-loan"]
    assert found.object_id == f"{lender.pk}:2025"
    assert any(one.table == "named_party" for one in found.evidence.all())


def test_of_a_lender_whom_no_register_knows_it_is_told_that_nothing_was_judged(
    official: Person, tmp_path: Path
) -> None:
    filed(xml_of(sections_of(official, claim=[loan(counterparty="Ойдан шығарылған")])), "file.xml")
    assert asked(tmp_path)["private-loan"] == []
    assert RuleRun.objects.get(rule="declarations.private-loan").unjudged == {"unknown-lender": 1}


def test_a_gift_of_the_own_father_who_stands_by_his_name_is_not_asked_about(official: Person, tmp_path: Path) -> None:
    father, stranger = factories.person(("Ахметов Серік",)), "Оспанов Марат"
    factories.family_tie(official, father, "parent")
    gift = {"owner": "declarant", "kind": "money", "value": "30000000", "currency": "KZT"}
    filed(
        xml_of(sections_of(official, gift=[gift | {"giver": one} for one in ("ахметов серік", stranger)])), "file.xml"
    )
    (found,) = asked(tmp_path)["gift-above-limit"]
    assert found.object_id == f"2025:{stranger.lower()}"


def test_a_number_that_no_register_knows_is_asked_about(official: Person, tmp_path: Path) -> None:
    share = {"owner": "declarant", "company_name": "Ойдан", "share": "50", "country": "KZ", "value": "900000000"}
    file = sections_of(
        official,
        income=[income(payer="Ойдан", number=UNKNOWN), income(payer="Ешкім")],
        company_interest=[share | {"number": UNKNOWN, "currency": "KZT"}],
    )
    filed(xml_of(file), "file.xml")
    found = asked(tmp_path)
    assert [one.object_id for one in found["payer-not-in-register"]] == [f"2025:{UNKNOWN}"]
    assert [one.object_id for one in found["company-interest-not-in-register"]] == [UNKNOWN]
    told = RuleRun.objects.get(rule="declarations.payer-not-in-register")
    assert (told.checked, told.unjudged) == (1, {"no-payer": 1})


def test_a_number_of_no_scheme_is_refused_with_its_place(official: Person) -> None:
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    file = xml_of(sections_of(official, income=[income(payer="Ойдан", number="241150001236")]))
    sent = {"file": SimpleUploadedFile("file.xml", file)}
    page = html.unescape(browser.post(reverse("declarations-send"), sent, follow=True).content.decode())
    assert "“241150001236” is not a number that is given here" in page
    assert not Declaration.objects.exists()


def test_a_company_has_no_number_of_a_person_by_whatever_door(official: Person) -> None:
    account = factories.account("registrar")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    browser = Client()
    browser.force_login(account)
    share = {"owner": "declarant", "company_name": "Ойдан", "share": "50", "country": "KZ", "number": PERSONS}
    sent = {"file": SimpleUploadedFile("file.xml", xml_of(sections_of(official, company_interest=[share])))}
    page = html.unescape(browser.post(reverse("declarations-send"), sent, follow=True).content.decode())
    assert f"“{PERSONS}” is the number of a person" in page
    assert not Declaration.objects.exists()


def test_the_number_of_the_other_side_leaves_by_no_public_door(client: Client, tmp_path: Path) -> None:
    number = "750301300120"
    rows: dict[str, list[dict[str, object]]] = {
        "income": [{"payer": "Ахметов", "number": number, "amount": 5}],
        "claim": [{"counterparty": "Ахметов", "number": number, "amount": 5}],
        "gift": [{"giver": "Ахметов", "number": number, "value": 5}],
        "company_interest": [{"company_name": f"Арна {number}", "number": number}],
    }
    declaration = factories.official(2024, rows=rows)
    for address in doors(declaration):
        assert number not in content(client, address), address
    write_open_snapshot(tmp_path / OPEN_FOLDER, at=timezone.now())
    for file in (tmp_path / OPEN_FOLDER).glob("*.csv"):
        assert number not in file.read_text(encoding="utf-8"), file.name
