"""An institution brings many rows of a register up to its own; each is compared, acted on once, and answered by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import (
    Appointment,
    Company,
    FamilyTie,
    FormerValue,
    LandRight,
    Ownership,
    Person,
    Residence,
    VehicleRight,
)
from adaldyq.kernel.scopes import Scope
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db
ORIGIN = {"source": "the institution's own register", "as_of": "2026-03-01"}
IIN, BIN = "750301300120", "000140004023"
COMPANY = {"identifier": BIN, "name": "Алатау", "legal_form": "too", "registered": "2019-04-01"}
NAME = {"language": "kk", "script": "Cyrl", "text": "Серікқызы Айгерім"}
PERSON = {"number": {"scheme": "IIN", "country": "KZ", "value": IIN}, "names": [NAME], "birth_date": "1975-03-01"}


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


def put(secret: str, kind: str, *rows: Any, key: str = "", **more: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key or str(uuid4()), "Accept-Language": "en"}
    given = {**ORIGIN, "rows": rows, **more}
    answer = Client().post(f"/api/v1/rows/{kind}", given, content_type="application/json", headers=headers)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def outcomes(found: dict[str, Any]) -> list[str]:
    return [one["outcome"] or one["problem"]["code"] for one in found["results"]]


def test_a_row_is_registered_then_found_again_then_changed_and_what_was_is_kept() -> None:
    token, secret = factories.token(Scope.COMPANIES_WRITE)
    assert outcomes(put(secret, "companies", COMPANY)) == ["created"]
    before = Leaf.objects.count()
    same = put(secret, "companies", COMPANY)
    assert (outcomes(same), same["results"][0]["receipts"], Leaf.objects.count()) == (["unchanged"], [], before)
    renamed = put(secret, "companies", COMPANY | {"name": "Алатау Құрылыс", "activity": "41.20"}, as_of="2026-03-02")
    assert (outcomes(renamed), len(renamed["results"][0]["receipts"])) == (["changed"], 1)
    leaf = Leaf.objects.get(reference=renamed["results"][0]["receipts"][0])
    assert (leaf.act, leaf.holder) == ("kernel.record.change", token.pk)
    company = Company.objects.get()
    assert (company.name, company.activity, company.legal_form) == ("Алатау Құрылыс", "41.20", "too")
    assert set(FormerValue.objects.filter(record_id=company.pk).values_list("field", "value")) == {
        ("name", "Алатау"),
        ("activity", ""),
    }
    assert outcomes(put(secret, "companies", COMPANY)) == ["older-than-the-register"]
    closed = COMPANY | {"name": "Алатау Құрылыс", "closed": "2026-03-03"}
    assert outcomes(put(secret, "companies", closed, closed, as_of="2026-03-04")) == ["changed", "unchanged"]


def test_a_refused_row_stops_no_other_and_is_answered_with_its_number_and_a_problem() -> None:
    _, secret = factories.token(Scope.COMPANIES_WRITE)
    found = put(secret, "companies", COMPANY, 7, COMPANY | {"identifier": "1", "legal_form": "moon"}, {"name": "x"})
    assert (found["created"], found["refused"]) == (1, 3)
    assert [(one["row"], one["status"]) for one in found["results"]] == [(1, 201), (2, 422), (3, 422), (4, 422)]
    assert outcomes(found)[1:] == ["not-in-order", "unknown-code", "not-in-order"]
    assert found["results"][2]["problem"]["type"] == "urn:adaldyq:problem:unknown-code"
    assert found["results"][3]["problem"]["errors"][0] == {"field": "identifier", "detail": "It is missing."}
    assert Company.objects.count() == 1


def test_the_whole_sent_again_under_its_key_acts_once_and_gives_the_same_receipts() -> None:
    _, secret = factories.token(Scope.COMPANIES_WRITE)
    first = put(secret, "companies", COMPANY, {"name": "x"}, key="night-1")
    before = Leaf.objects.count()
    mended = put(secret, "companies", COMPANY, COMPANY | {"identifier": "2"}, key="night-1")
    assert [one["replayed"] for one in mended["results"]] == [True, False]
    assert mended["results"][0]["receipts"] == first["results"][0]["receipts"]
    assert Leaf.objects.count() == before + 1
    assert outcomes(put(secret, "companies", COMPANY | {"name": "other"}, key="night-1")) == ["key-of-another-request"]


def test_rows_of_people_families_and_residence_follow_the_registers_own_numbers() -> None:
    _, secret = factories.token(Scope.PEOPLE_WRITE, Scope.FAMILIES_WRITE)
    relative = factories.person()
    factories.territory()
    assert outcomes(put(secret, "people", PERSON, PERSON)) == ["created", "unchanged"]
    one = Person.objects.get(identifiers__value=IIN)
    married = PERSON | {"names": [NAME | {"text": "Асан Айгерім"}], "sex": "f"}
    assert outcomes(put(secret, "people", married, as_of="2026-03-02")) == ["changed"]
    one.refresh_from_db()
    assert (one.sex, set(one.names.values_list("text", "valid_to__year"))) == (
        "f",
        {("Серікқызы Айгерім", 2026), ("Асан Айгерім", None)},
    )
    home = {"person": IIN, "territory_id": "KZ-75", "dwelling": "D1", "since": "2020-01-01"}
    moved = home | {"dwelling": "D2", "since": "2025-01-01"}
    assert outcomes(put(secret, "residences", home, moved, moved, home | {"dwelling": "D3"})) == [
        "created",
        "created",
        "unchanged",
        "differs-from-the-register",
    ]
    assert Residence.objects.filter(person=one, valid_to=None).get().dwelling == "D2"
    tie = {"person": IIN, "relative": relative.pk, "kind": "spouse", "since": "2020-05-16"}
    ended = tie | {"until": "2025-05-16"}
    assert outcomes(put(secret, "ties", tie, ended, ended)) == ["created", "changed", "unchanged"]
    assert FamilyTie.objects.filter(valid_to="2025-05-16").count() == 2


def test_rows_of_rights_and_shares_begin_end_and_pass() -> None:
    _, secret = factories.token(Scope.COMPANIES_WRITE, Scope.LAND_WRITE, Scope.VEHICLES_WRITE, Scope.PEOPLE_WRITE)
    put(secret, "people", PERSON)
    put(secret, "companies", COMPANY)
    owner = {"company": BIN, "owner_person": IIN, "share": "60", "since": "2020-01-01"}
    assert outcomes(put(secret, "owners", owner, owner, owner | {"owner_person": "0"}, owner | {"share": "70"})) == [
        "created",
        "unchanged",
        "refers-to-nothing",
        "differs-from-the-register",
    ]
    assert outcomes(put(secret, "owners", owner | {"share": "70", "since": "2024-01-01"})) == ["created"]
    assert Ownership.objects.get(valid_to=None).share == 70
    right = {"object_number": "03:1", "kind": "house", "basis": "purchase", "owner_person": IIN, "since": "2019-01-01"}
    bought = {**right, "owner_person": None, "owner_company": BIN, "since": "2025-01-01"}
    assert outcomes(put(secret, "land", right, bought)) == ["created", "rights-above-the-whole"]
    passed = put(secret, "land", right | {"until": "2024-12-31", "area": "64.5"}, bought, as_of="2026-03-02")
    assert outcomes(passed) == ["changed", "created"]
    assert LandRight.objects.get(valid_to=None).owner_company is not None
    car = {"object_number": "XTA", "kind": "car", "make": "Lada", "owner_person": IIN, "since": "2019-01-01"}
    assert outcomes(put(secret, "vehicles", car, car | {"make": "Lada Niva"}, as_of="2026-03-02")) == [
        "created",
        "changed",
    ]
    assert VehicleRight.objects.get().make == "Lada Niva"


def test_rows_reach_no_farther_than_the_events_of_the_same_token() -> None:
    own, foreign = factories.body("own"), factories.body("foreign")
    _, secret = factories.token(Scope.APPOINTMENTS_WRITE, of=own)
    person = factories.person()
    row = {"person": person.pk, "since": "2026-01-01", "act_number": "1-k"}
    mine, theirs = (row | {"post_id": factories.post(one).pk} for one in (own, foreign))
    found = put(secret, "appointments", mine, theirs, mine | {"until": "2026-02-01"})
    assert outcomes(found) == ["created", "register-not-kept", "changed"]
    assert [one["status"] for one in found["results"]] == [201, 403, 200]
    assert Appointment.objects.get().valid_to is not None
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "1"}
    given = {**ORIGIN, "rows": [COMPANY]}
    refused = Client().post("/api/v1/rows/companies", given, content_type="application/json", headers=headers)
    assert (refused.status_code, refused.json()["scope"]) == (403, "companies:write")
