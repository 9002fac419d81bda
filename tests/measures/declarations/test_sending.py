"""Payroll files the declarations of those who work in its bodies: each is checked, filed once and answered by itself."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from adaldyq.kernel.actions.mandates import withdraw_mandate
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, BankBalance, Body, Mandate, Notification, Person
from adaldyq.kernel.roles import Role
from adaldyq.kernel.scopes import Scope
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.domain.examples import example, xml_of
from adaldyq.measures.declarations.models import BULK, ELECTRONIC, PAPER, SECTION_MODELS, Declaration, Obligation
from adaldyq.measures.declarations.queries.receipts import receipt
from adaldyq.measures.declarations.queries.sections import Contents
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def employer() -> Body:
    return factories.body()


@pytest.fixture
def secret(employer: Body) -> str:
    return factories.token(Scope.DECLARATIONS_WRITE, of=employer)[1]


def worker(of: Body | None, *, lets: bool = True, **facts: Any) -> Person:
    """Somebody who works there, owes a declaration for 2025, and lets the payroll act for them."""
    who = factories.person(**facts)
    if of is not None:
        factories.appointment(who, factories.post(of))
        if lets:
            factories.let_payroll(who, of)
    factories.obligation(who, 2025, body=of)
    return who


def declared(who: Person, reference: str = "", **sections: Any) -> dict[str, Any]:
    """The example, of somebody."""
    found: dict[str, Any] = deepcopy(example()["declarations"][0])
    found["person"] = who.pk
    del found["reference"]
    if reference:
        found["reference"] = reference
    found["sections"] |= sections
    return found


def send(secret: str, *declarations: Any, key: str = "", language: str = "en") -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key or str(uuid4()), "Accept-Language": language}
    given = {"declarations": declarations}
    answer = Client().post("/api/v1/filings", given, content_type="application/json", headers=headers)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def codes(found: dict[str, Any]) -> list[str]:
    return [
        one["problem"]["code"] if one["problem"] else "replayed" if one["replayed"] else "" for one in found["results"]
    ]


def test_a_batch_is_filed_as_the_form_files_with_number_receipt_and_rows(secret: str, employer: Body) -> None:
    one, two = worker(employer), worker(employer)
    found = send(
        secret, declared(one), declared(two, cash=[{"owner": "declarant", "amount": "5.10", "currency": "KZT"}])
    )
    assert (found["filed"], found["refused"]) == (2, 0)
    for who, result in zip((one, two), found["results"], strict=True):
        kept = Declaration.objects.get(person=who)
        assert (result["id"], kept.way, kept.version, kept.is_public) == (kept.pk, BULK, 1, True)
        assert Leaf.objects.get(reference=result["receipt"]).act == "declarations.declaration.file"
        told = receipt(kept, Contents([kept]))
        assert told is not None
        assert (told.opens, told.agrees) == (True, True)
        assert Obligation.objects.get(person=who).filed_date is not None
    vehicle = SECTION_MODELS["vehicle"]._default_manager.get(declaration__person=one)
    assert (vehicle.acquired_date, vehicle.production_year) == (date(2019, 3, 27), 2019)  # type: ignore[attr-defined]  # columns of a section are made from data


def test_a_program_files_for_nobody_who_has_not_let_the_payroll_or_does_so_no_more(secret: str, employer: Body) -> None:
    unasked, ended, below = worker(employer, lets=False), worker(employer), worker(factories.body(parent=employer))
    mandate = Mandate.objects.get(person=ended)
    withdraw_mandate(mandate=mandate, by=Actor("own", frozenset(), person=ended.pk), at=timezone.now())
    given = [declared(who) for who in (unasked, ended, below)]
    found = send(secret, *given)
    assert codes(found) == ["file-program-not-authorised"] * 3
    assert unasked.pk in found["results"][0]["problem"]["detail"]
    clerk = factories.let_payroll(unasked, employer)
    factories.let_payroll(below, employer)
    assert codes(send(secret, *given)) == ["", "file-program-not-authorised", ""]
    Account.objects.filter(pk=clerk.pk).update(is_active=False)
    another = worker(employer, lets=False)
    Mandate.objects.filter(person=ended).update(withdrawn_at=None, person=another)
    assert codes(send(secret, declared(another))) == ["file-program-not-authorised"]


def test_what_is_sent_again_is_filed_once_by_its_reference_or_its_place(secret: str, employer: Body) -> None:
    one, two, three = (worker(employer) for _ in range(3))
    broken = declared(three, vehicle=7)
    first = send(secret, declared(one, "A-1"), declared(two), broken, key="march")
    leaves = Leaf.objects.count()
    again = send(secret, declared(one, "A-1"), declared(two), declared(three), key="march")
    assert codes(again) == ["replayed", "replayed", ""]
    assert [one["id"] for one in again["results"][:2]] == [one["id"] for one in first["results"][:2]]
    assert Leaf.objects.count() == leaves + 1
    turned = declared(one, "A-1")
    turned["sections"] = {
        name: [dict(reversed(row.items())) for row in rows] for name, rows in reversed(turned["sections"].items())
    }
    assert codes(send(secret, turned, key="april")) == ["replayed"]
    other = send(secret, declared(one, "A-1", vehicle=[]), key="april")
    assert codes(other) == ["key-of-another-request"]
    assert codes(send(secret, declared(one), key="may")) == ["file-filed-already"]
    amended = declared(one, vehicle=[]) | {"amends": first["results"][0]["id"]}
    assert codes(send(secret, amended)) == [""]
    assert Declaration.objects.get(person=one, is_current=True).version == 2


def post_xml(secret: str, content: bytes) -> Any:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": str(uuid4()), "Accept-Language": "en"}
    return Client().post("/api/v1/filings", content, content_type="application/xml", headers=headers)


def test_a_program_files_in_xml_what_it_files_in_json(secret: str, employer: Body) -> None:
    one, two = worker(employer), worker(employer)
    cash = [{"owner": "declarant", "amount": "-5.10", "currency": "KZT"}]
    answer = post_xml(secret, xml_of({"declarations": [declared(one), declared(two, cash=cash)]}))
    assert answer.status_code == 200, answer.content
    assert codes(answer.json())[0] == ""
    assert [one["field"] for one in answer.json()["results"][1]["problem"]["errors"]] == ["cash.1.amount"]
    kept = Declaration.objects.get(person=one)
    made = SECTION_MODELS["vehicle"]._default_manager.get(declaration=kept)
    assert (made.acquired_date, made.production_year) == (date(2019, 3, 27), 2019)  # type: ignore[attr-defined]  # columns of a section are made from data


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<declarations", "file-xml-broken"),
        (b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "file-xml-declares"),
        (b"<a/>", "file-xml-namespace"),
        (b"moon", "sent-file-kind-unknown"),
    ],
)
def test_xml_that_cannot_be_read_is_refused_with_its_reason(secret: str, content: bytes, code: str) -> None:
    answer = post_xml(secret, content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_of_two_values_under_one_name_none_is_lost_unseen(secret: str, employer: Body) -> None:
    given = json.dumps({"declarations": [declared(worker(employer))]})
    twice = given.replace('"cash": []', '"cash": [{"currency": "KZT", "amount": "5000000"}], "cash": []')
    assert twice != given
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "twice", "Accept-Language": "en"}
    answer = Client().post("/api/v1/filings", twice, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["code"] == "json-name-twice"
    assert "“cash”" in answer.json()["detail"]
    assert not Declaration.objects.exists()


def test_a_key_that_came_with_other_declarations_files_nothing(secret: str, employer: Body) -> None:
    one, two = worker(employer), worker(employer)
    send(secret, declared(one, "A-1"), key="march")
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "march"}
    for others in ([declared(two, "A-2")], [declared(one, "A-1"), declared(two)]):
        given = {"declarations": others}
        answer = Client().post("/api/v1/filings", given, content_type="application/json", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "key-of-another-request")
    assert not Declaration.objects.filter(person=two).exists()


def test_whoever_has_an_account_is_told_what_was_filed_for_them_and_sees_by_whom(secret: str, employer: Body) -> None:
    one = worker(employer)
    mine = factories.account("mine", Role.CITIZEN)
    Account.objects.filter(pk=mine.pk).update(person_id=one.pk)
    number = send(secret, declared(one), declared(worker(employer)))["results"][0]["id"]
    send(secret, declared(one, vehicle=[]) | {"amends": number})
    sent, anew = Notification.objects.filter(account=mine).order_by("created_at")
    assert (sent.message, anew.message) == ("declaration-sent", "declaration-sent-anew")
    assert sent.href == f"declarations/mine/filed/{number}/"
    browser = Client()
    browser.force_login(mine)
    for page in (f"/en/{sent.href}", f"/en/{anew.href}"):
        assert ", by its program" in browser.get(page).content.decode()
    assert ", by its program" in Client().get(reverse("declarations-declaration", args=[number])).content.decode(), (
        "everybody sees it"
    )


@pytest.mark.parametrize("way", [ELECTRONIC, PAPER])
def test_what_somebody_signed_is_replaced_by_no_program(secret: str, employer: Body, way: str) -> None:
    one = worker(employer)
    signed = factories.declaration(one, 2025, way=way)
    found = send(secret, declared(one), declared(one) | {"amends": signed.pk})
    assert codes(found) == ["file-signed-by-person", "file-signed-by-person"]
    assert Declaration.objects.filter(person=one).count() == 1


def test_rows_are_read_also_when_something_above_them_is_wrong(secret: str, employer: Body) -> None:
    cash = [{"owner": "declarant", "amount": "-5", "currency": "KZT"}]
    nobody, no_year = declared(worker(None), cash=cash), declared(worker(employer), cash=cash) | {"year": 99999}
    for one in send(secret, nobody | {"person": "nobody"}, no_year)["results"]:
        fields = {each["field"] for each in one["problem"]["errors"]}
        assert "cash.1.amount" in fields
        assert fields & {"person", "year"}


def test_all_that_is_wrong_is_told_with_section_row_and_field(secret: str, employer: Body) -> None:
    one = worker(employer, birth_date=date(1980, 1, 1))
    car = example()["declarations"][0]["sections"]["vehicle"][0]
    wrong = declared(
        one,
        family=[{"relation": "child", "name": "\u200bЕрлан", "birth_date": "1970-02-30", "number": "1"}],
        vehicle=[car, car | {"share": "120", "acquired_date": "2019-13-01", "value": "-1", "moon": 1}],
        cash=[
            {"owner": "declarant", "amount": "9" * 400, "currency": "KZT"},
            {"owner": "declarant", "amount": 5.5},
            [],
        ],
    )
    del wrong["sections"]["trust"]
    result = send(secret, wrong, declared(worker(employer)))["results"][0]
    places = {one["field"]: (one["section"], one["row"]) for one in result["problem"]["errors"]}
    assert set(places) == {
        "family.1.name", "family.1.birth_date", "family.1.number", "vehicle.2.share", "vehicle.2.acquired_date", "vehicle.2.value",
        "vehicle.2.moon", "cash.1.amount", "cash.2.amount", "cash.2.currency", "cash.3",
        "trust",
    }  # fmt: skip
    assert places["vehicle.2.share"] == ("vehicle", 2)
    assert not Declaration.objects.filter(person=one).exists()
    assert Declaration.objects.count() == 1


def test_nobody_is_found_whom_one_does_not_file_for(secret: str, employer: Body) -> None:
    elsewhere, nowhere = worker(factories.body()), worker(None)
    dead = worker(employer, death_date=date(2026, 1, 5))
    idle = factories.person()
    strange = declared(idle) | {"person": "000000000000"}
    found = send(secret, *(declared(one) for one in (elsewhere, nowhere, idle)), strange, declared(dead))
    assert codes(found) == ["file-nothing-owed"] * 4 + ["file-person-dead"]
    other = factories.token(Scope.DECLARATIONS_WRITE, Scope.COMPANIES_WRITE, of=employer)[1]
    assert codes(send(other, declared(nowhere))) == ["file-nothing-owed"]
    assert Declaration.objects.count() == 0


@pytest.mark.parametrize(
    ("language", "day"), [("en", "5 January 2026"), ("ru", "5 января 2026"), ("kk", "2026 жылғы 5 қаңтар")]
)
def test_a_day_stands_in_a_sentence_as_its_language_writes_it(
    secret: str, employer: Body, language: str, day: str
) -> None:
    dead = worker(employer, death_date=date(2026, 1, 5))
    detail = send(secret, declared(dead), language=language)["results"][0]["problem"]["detail"]
    assert day in detail.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "given", [None, 7, "x", [], {}, {"person": "\ud800"}, {"person": {}, "year": 10**30, "form": 5}]
)
def test_what_is_no_declaration_is_refused_in_words(secret: str, given: object) -> None:
    result = send(secret, given, language="ru")["results"][0]
    assert result["status"] == 422
    assert result["problem"]["errors"]


def test_a_year_that_is_not_over_cannot_be_filed(secret: str, employer: Body) -> None:
    who, year = worker(employer), timezone.localdate().year
    factories.obligation(who, year, body=employer)
    assert codes(send(secret, declared(who) | {"year": year})) == ["draft-too-early"]


def test_ten_thousand_rows_are_refused_by_their_number(secret: str, employer: Body) -> None:
    cash = [{"owner": "declarant", "amount": "1", "currency": "KZT"}] * 10_000
    result = send(secret, declared(worker(employer), cash=cash))["results"][0]
    assert result["problem"]["code"] == "file-too-many-rows"


def test_two_accounts_that_a_bank_reports_under_one_number_are_filed_as_by_the_form(
    secret: str, employer: Body
) -> None:
    one, two, three = worker(employer), worker(employer), worker(employer)
    account = {"owner": "declarant", "bank": "Дала", "account_number": "KZ1", "country": "KZ", "currency": "KZT"}
    both = [{**account, "amount": "90"}, {**account, "amount": "5000"}]
    for who in (one, two):
        for row in both:
            BankBalance.objects.create(
                person=who, year=2025, currency="KZT", source="t", as_of=date(2026, 2, 1), bank="Дала", country="KZ",
                account_number="KZ1", balance=Decimal(row["amount"]),
            )  # fmt: skip
    more = [*both, {**account, "amount": "7"}]
    found = send(secret, declared(one, account=both), declared(two, account=more), declared(three, account=both))
    told = [one["problem"] or {"errors": []} for one in found["results"]]
    assert [[wrong["field"] for wrong in one["errors"]] for one in told] == [
        [],
        ["account.3.account_number"],
        ["account.2.account_number"],
    ]
