"""Institutions read rights to land and vehicles by object and by owner, and record what becomes of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from adaldyq.kernel.models import Company, LandRight, Read, VehicleRight
from adaldyq.kernel.scopes import Scope
from tests import factories

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
ORIGIN = {"source": "cadastre, 20-12", "as_of": "2026-03-01"}
FLAT = {"object_number": "20-313-002", "kind": "apartment", "area": "61.5", "basis": "purchase", "since": "2026-01-05"}
CAR = {
    "object_number": "XTA210990Y2766389",
    "kind": "car",
    "make": "Lada",
    "production_year": 2025,
    "since": "2026-01-05",
}


@pytest.fixture(autouse=True)
def own_counts(settings: Settings, tmp_path: Path) -> None:
    """Requests of other tests do not count."""
    settings.DATA_DIR = tmp_path


class Program:
    """A program with a token."""

    def __init__(self, *scopes: Scope) -> None:
        self.headers = {"Authorization": f"Bearer {factories.token(*scopes)[1]}", "Accept-Language": "en"}

    def get(self, path: str, **query: object) -> Any:
        return Client().get(f"{ROOT}{path}", query_params=query, headers=self.headers)

    def post(self, path: str, given: dict[str, Any]) -> Any:
        headers = self.headers | {"Idempotency-Key": str(uuid4())}
        return Client().post(f"{ROOT}/events{path}", given | ORIGIN, content_type="application/json", headers=headers)


def company() -> Company:
    made = Company(name="Алатау", legal_form="too", source=factories.SOURCE, as_of=factories.AS_OF)
    factories.loaded("company", made)
    return made


def test_rights_are_read_by_object_and_by_owner_on_a_day() -> None:
    before, owner, firm = factories.person(), factories.person(("Иесі", "Владелец", "Owner")), company()
    ended = factories.land(before, valid_to=date(2019, 12, 31), price=Decimal("100.50"), currency="KZT")
    lasts = factories.land(owner, valid_from=date(2020, 1, 1), previous_owner=before)
    office = factories.land(owner, object_number="20-313-009", owner_person=None, owner_company=firm)
    asks = Program(Scope.LAND_READ)
    history = asks.get("/registers/land", object_number=[ended.object_number, "nothing"]).json()
    assert [one["id"] for one in history["items"]] == [lasts.pk, ended.pk]
    assert (history["items"][1]["price"], history["items"][1]["currency"]) == ("100.50", "KZT")
    day = asks.get("/registers/land", object_number=ended.object_number, day="2015-05-01").json()
    assert [one["id"] for one in day["items"]] == [ended.pk]
    assert asks.get(f"/registers/land/{lasts.pk}").json()["share"] == "100.000000"
    of_person = asks.get(f"/registers/people/{owner.pk}/land")
    assert ([one["id"] for one in of_person.json()["items"]], of_person["X-Total-Count"]) == ([lasts.pk], "1")
    assert asks.get(f"/registers/people/{before.pk}/land").json()["total"] == 0
    assert asks.get(f"/registers/people/{before.pk}/land", day="2015-05-01").json()["total"] == 1
    assert asks.get(f"/registers/companies/{firm.pk}/land").json()["items"][0]["id"] == office.pk
    assert asks.get("/registers/land").json()["field"] == "object_number"
    assert asks.get("/registers/land/00000000ZZZZ").status_code == 404
    assert asks.get(f"/registers/people/{owner.pk}/vehicles").json()["scope"] == "vehicles:read"


def test_every_owner_who_is_shown_is_noted() -> None:
    before, owner = factories.person(), factories.person(("Иесі", "Владелец", "Owner"))
    right = factories.land(owner, previous_owner=before)
    Program(Scope.LAND_READ).get(f"/registers/land/{right.pk}")
    assert set(Read.objects.values_list("person_id", "purpose")) == {
        (before.pk, "api-land-right"),
        (owner.pk, "api-land-right"),
    }


def test_real_estate_begins_passes_in_part_and_ends() -> None:
    owner, other = factories.person(), factories.person(("Иесі", "Владелец", "Owner"))
    asks = Program(Scope.LAND_READ, Scope.LAND_WRITE)
    made = asks.post("/land", FLAT | {"owner_person_id": owner.pk, "price": "25000000"}).json()["id"]
    right = LandRight.objects.get(pk=made)
    assert (right.area, right.share) == (Decimal("61.5"), Decimal(100))
    assert (right.price, right.currency) == (Decimal(25_000_000), "KZT")
    part = {"right_id": made, "owner_person_id": other.pk, "basis": "gift", "share": "40", "since": "2026-02-01"}
    begun = asks.post("/land-transfers", part).json()["id"]
    shares = asks.get("/registers/land", object_number=FLAT["object_number"], day="2026-02-01").json()["items"]
    assert {(one["owner_person_id"], one["share"]) for one in shares} == {
        (owner.pk, "60.000000"),
        (other.pk, "40.000000"),
    }
    again = asks.post("/land-transfers", part)
    assert (again.status_code, again.json()["code"]) == (422, "ended-already")
    assert asks.post("/land-ends", {"right_id": begun, "until": "2026-02-28"}).status_code == 201
    assert LandRight.objects.get(pk=begun).valid_to == date(2026, 2, 28)
    assert asks.post("/land", FLAT).json()["code"] == "one-owner"
    assert asks.post("/vehicles", CAR | {"owner_person_id": owner.pk}).json()["scope"] == "vehicles:write"


def test_a_vehicle_is_registered_passes_and_is_struck_off() -> None:
    owner, firm = factories.person(), company()
    asks = Program(Scope.VEHICLES_READ, Scope.VEHICLES_WRITE)
    made = asks.post("/vehicles", CAR | {"owner_person_id": owner.pk}).json()["id"]
    assert asks.post("/vehicles", CAR | {"owner_person_id": owner.pk}).json()["code"] == "vehicle-has-an-owner"
    passes = {"right_id": made, "owner_company_id": firm.pk, "since": "2026-02-01", "price": "5000000.50"}
    begun = asks.post("/vehicle-transfers", passes).json()["id"]
    owned = asks.get(f"/registers/companies/{firm.pk}/vehicles", day="2026-02-01").json()["items"]
    assert [(one["id"], one["previous_owner_id"], one["price"]) for one in owned] == [(begun, owner.pk, "5000000.50")]
    assert asks.post("/vehicle-ends", {"right_id": begun, "until": "2026-02-27"}).status_code == 201
    assert VehicleRight.objects.get(pk=begun).valid_to == date(2026, 2, 27)
    assert asks.get(f"/registers/vehicles/{made}").json()["valid_to"] == "2026-01-31"
    assert asks.get("/registers/vehicles", object_number=CAR["object_number"]).json()["total"] == 2
    assert asks.get(f"/registers/people/{owner.pk}/vehicles", day="2026-01-10").json()["total"] == 1
