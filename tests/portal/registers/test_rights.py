"""Land and vehicles on pages: who may record what, and what the owner sees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from adaldyq.kernel.models import Account, LandRight, Read, Residence, VehicleRight
from adaldyq.kernel.roles import Registry, Role
from tests import factories
from tests.kernel.registry import day
from tests.portal.registers.test_pages import SOURCE, address, dated, text_of

pytestmark = pytest.mark.django_db


def keeper(registry: Registry) -> Client:
    account = factories.account(f"keeper-{registry}")
    factories.grant(account, Role.REGISTRAR, registry=registry)
    browser = Client()
    browser.force_login(Account.objects.get(pk=account.pk))
    return browser


def test_a_flat_is_registered_transferred_and_ended(client: Client) -> None:
    land, owner, buyer = keeper(Registry.LAND), factories.person(), factories.person()
    flat = {"object_number": "20-313-001", "kind": "apartment", "basis": "purchase", "owner_person": owner.pk}
    made = land.post(
        address("registers-begin", "land"), {**flat, "price": "9000000", **dated("since", "2015-01-01"), **SOURCE}
    )
    assert made.headers["Location"] == f"{address('registers-rights')}?q=20-313-001"
    right = LandRight.objects.get()
    assert (right.share, right.price, right.currency) == (Decimal(100), Decimal(9000000), "KZT")
    sold = {"basis": "purchase", "owner_person": buyer.pk, "share": "40", **dated("since", "2020-01-01"), **SOURCE}
    land.post(address("registers-event", "transfer-land", right.pk), sold)
    page = text_of(land, "registers-rights", query="?q=20-313-001")
    assert page.count(address("registers-person", owner.pk)) == 2
    assert "Transfer" in page
    kept = LandRight.objects.get(owner_person=owner, valid_to=None)
    assert kept.share == 60
    land.post(address("registers-event", "end-land", kept.pk), {**dated("until", "2021-01-01"), **SOURCE})
    kept.refresh_from_db()
    assert kept.valid_to == day("2021-01-01")


def test_what_is_wrong_in_a_transfer_is_told_beside_its_field() -> None:
    land, owner = keeper(Registry.LAND), factories.person()
    flat = {"object_number": "1", "kind": "house", "basis": "gift", "owner_person": owner.pk, "share": "30"}
    land.post(address("registers-begin", "land"), {**flat, **dated("since", "2015-01-01"), **SOURCE})
    right = LandRight.objects.get()
    event = address("registers-event", "transfer-land", right.pk)
    buyer = {"owner_person": factories.person().pk, "basis": "gift", **dated("since", "2016-01-01"), **SOURCE}
    answer = land.post(event, {**buyer, "share": "31"})
    assert answer.status_code == 422
    assert "no more than that can pass" in answer.content.decode()
    assert 'value="31"' in answer.content.decode()
    nobody = land.post(event, {**buyer, "owner_person": ""})
    assert "Name one owner" in nobody.content.decode()


def test_a_vehicle_passes_to_another_and_is_struck_off() -> None:
    traffic, owner, buyer = keeper(Registry.VEHICLES), factories.person(), factories.person()
    car = {"object_number": "VIN1", "kind": "car", "make": "Toyota", "production_year": "2014"}
    traffic.post(
        address("registers-begin", "vehicle"),
        {**car, "owner_person": owner.pk, **dated("since", "2015-01-01"), **SOURCE},
    )
    right = VehicleRight.objects.get()
    sold = {"owner_person": buyer.pk, **dated("since", "2020-01-01"), **SOURCE}
    traffic.post(address("registers-event", "transfer-vehicle", right.pk), sold)
    new = VehicleRight.objects.get(owner_person=buyer)
    traffic.post(address("registers-event", "end-vehicle", new.pk), {**dated("until", "2022-01-01"), **SOURCE})
    assert not VehicleRight.objects.filter(valid_to=None).exists()


def test_looking_an_owner_up_is_logged_and_needs_the_role(client: Client) -> None:
    land, owner = keeper(Registry.LAND), factories.person()
    factories.land(owner, object_number="20-1")
    assert "20-1" in text_of(land, "registers-rights", query=f"?q={owner.pk}")
    assert Read.objects.get(person_id=owner.pk).purpose == "registers-rights"
    client.force_login(factories.account("citizen", Role.CITIZEN))
    assert client.get(address("registers-rights")).status_code == 403


def test_a_registrar_of_civil_status_is_told_that_land_and_companies_are_others() -> None:
    civil, owner = keeper(Registry.CIVIL_STATUS), factories.person()
    right = factories.land(owner)
    for page in (
        address("registers-begin", "land"),
        address("registers-begin", "company"),
        address("registers-event", "transfer-land", right.pk),
    ):
        for answer in (civil.get(page), civil.post(page, SOURCE)):
            assert answer.status_code == 403
            assert "This record belongs to the registry" in answer.content.decode()
    offered = text_of(civil, "registers-people")
    assert "Register a person" in offered
    assert "Register a company" not in offered
    assert "Record a name" in text_of(civil, "registers-person", owner.pk)
    assert "Record a name" not in text_of(keeper(Registry.LAND), "registers-person", owner.pk)


def test_a_registrar_sees_only_requests_about_the_own_registers() -> None:
    person = factories.person()
    account = factories.account("citizen", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=person)
    citizen = Client()
    citizen.force_login(Account.objects.get(pk=account.pk))
    claim = {"field": "sex", "value": "m", "evidence": "Passport 1"}
    made = citizen.post(address("registers-claim", "person", person.pk), claim)
    assert citizen.get(made.headers["Location"]).status_code == 200
    assert keeper(Registry.LAND).get(made.headers["Location"]).status_code == 404
    assert keeper(Registry.CIVIL_STATUS).get(made.headers["Location"]).status_code == 200


def test_my_data_shows_where_i_live_and_what_i_own() -> None:
    person = factories.person()
    factories.land(person, object_number="20-313-777")
    factories.loaded("residence", Residence(person=person, territory=factories.territory(), dwelling="D-55"))
    factories.appointment(person, factories.post())
    account = factories.account("citizen", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=person)
    browser = Client()
    browser.force_login(Account.objects.get(pk=account.pk))
    page = text_of(browser, "registers-mine")
    for said in ("20-313-777", "apartment", "D-55", "Director of a department"):
        assert said in page


def test_a_residence_is_ended_on_its_page() -> None:
    civil, person = keeper(Registry.CIVIL_STATUS), factories.person()
    home = Residence(person=person, territory=factories.territory(), dwelling="D-55", valid_from=day("2010-01-01"))
    factories.loaded("residence", home)
    page = address("registers-event", "end-residence", home.pk)
    assert page in text_of(civil, "registers-person", person.pk)
    civil.post(page, {**dated("until", "2020-01-01"), **SOURCE})
    home.refresh_from_db()
    assert home.valid_to == day("2020-01-01")
