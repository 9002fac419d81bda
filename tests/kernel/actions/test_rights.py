"""What belongs to whom: land and vehicles begin, pass on, and end, each on a day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.base.money import Money
from adaldyq.kernel.actions import people, rights
from adaldyq.kernel.actions.rights import Acquisition, Estate
from adaldyq.kernel.models import LandRight, Person, VehicleRight
from adaldyq.kernel.queries import history
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.kernel.registry import AT, CITIZEN, ORIGIN, REGISTRAR, day

pytestmark = pytest.mark.django_db
HOW: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}


def bought(owner: Person, since: str, share: str = "100") -> Acquisition:
    return Acquisition(owner, day(since), Decimal(share), "purchase", Money(Decimal(9_000_000), "KZT"))


def flat(owner: Person, since: str = "2010-01-01", share: str = "100", number: str = "20-313-001") -> Any:
    return rights.register_land(estate=Estate(number, "apartment"), acquired=bought(owner, since, share), **HOW)


def car(owner: Person, since: str = "2015-01-01") -> Any:
    return rights.register_vehicle(number="VIN1", kind="car", make="Toyota", acquired=bought(owner, since), **HOW)


def held(number: str, on: str) -> dict[str | None, Decimal | None]:
    rows = LandRight.objects.filter(object_number=number, valid_from__lte=day(on)).exclude(valid_to__lt=day(on))
    return {one.owner_person_id: one.share for one in rows}


def test_a_flat_passes_whole_and_both_owners_stay_in_its_history() -> None:
    seller, buyer = factories.person(), factories.person()
    right = flat(seller)
    passed = rights.transfer_land(right=right, acquired=bought(buyer, "2020-05-01"), **HOW)
    assert held("20-313-001", "2020-04-30") == {seller.pk: 100}
    assert held("20-313-001", "2020-05-01") == {buyer.pk: 100}
    assert passed.begun.previous_owner_id == seller.pk
    assert passed.begun.price == 9_000_000
    assert Leaf.objects.filter(act="kernel.land.transfer").count() == 1


def test_of_a_share_that_passes_in_part_the_owner_keeps_the_rest() -> None:
    owner, child = factories.person(), factories.person()
    gift = Acquisition(child, day("2020-01-01"), Decimal(25), "gift")
    rights.transfer_land(right=flat(owner, share="60"), acquired=gift, **HOW)
    assert held("20-313-001", "2020-01-01") == {owner.pk: 35, child.pk: 25}


@pytest.mark.parametrize(
    ("code", "acquired"),
    [
        ("more-than-the-share", lambda _owner: Acquisition(factories.person(), day("2020-01-01"), basis="gift")),
        ("begins-before-the-present", lambda _owner: bought(factories.person(), "2010-01-01", "50")),
        ("passes-to-oneself", lambda owner: bought(owner, "2020-01-01", "50")),
        ("unknown-basis", lambda _owner: Acquisition(factories.person(), day("2020-01-01"), Decimal(5), "theft")),
    ],
)
def test_what_cannot_pass_does_not(code: str, acquired: Any) -> None:
    owner = factories.person()
    right = flat(owner, share="50")
    with pytest.raises(DomainError, match=code):
        rights.transfer_land(right=right, acquired=acquired(owner), **HOW)
    assert held("20-313-001", "2021-01-01") == {owner.pk: 50}


def test_shares_of_one_object_are_at_most_the_whole() -> None:
    flat(factories.person(), share="60")
    flat(factories.person(), share="40")
    with pytest.raises(DomainError, match="rights-above-the-whole"):
        flat(factories.person(), share="0.5")


def test_a_right_that_ended_cannot_pass() -> None:
    right = flat(factories.person())
    rights.end_land(right=right, until=day("2019-12-31"), **HOW)
    with pytest.raises(DomainError, match="ended-already"):
        rights.transfer_land(right=right, acquired=bought(factories.person(), "2020-01-01"), **HOW)


def test_nobody_acquires_after_death() -> None:
    dead = factories.person(death_date=day("2019-01-01"))
    with pytest.raises(DomainError, match="owner-dead-or-closed"):
        bought(dead, "2020-01-01")


def test_a_vehicle_has_one_owner_at_a_time() -> None:
    first, second = factories.person(), factories.person()
    right = car(first)
    with pytest.raises(DomainError, match="vehicle-has-an-owner"):
        car(second, "2016-01-01")
    passed = rights.transfer_vehicle(right=right, acquired=bought(second, "2018-03-01"), **HOW)
    right.refresh_from_db()
    assert right.valid_to == day("2018-02-28")
    assert passed.begun.owner_person_id == second.pk
    gone = VehicleRight.objects.get(pk=passed.begun.pk)
    rights.end_vehicle(right=gone, until=day("2022-01-01"), **HOW)
    assert not VehicleRight.objects.filter(valid_to=None).exists()


def test_a_vehicle_is_not_older_than_vehicles() -> None:
    with pytest.raises(DomainError, match="built-when"):
        rights.register_vehicle(
            number="V",
            kind="car",
            make="Toyota",
            production_year=2031,
            acquired=bought(factories.person(), "2020-01-01"),
            **HOW,
        )


def test_a_residence_ends_when_a_person_leaves() -> None:
    person = factories.person()
    lived = people.record_residence(
        person=person, territory=factories.territory(), dwelling="D1", since=day("2015-01-01"), **HOW
    )
    people.end_residence(residence=lived, until=day("2020-06-30"), **HOW)
    assert history.residence_of(person.pk, day("2020-06-30")) == lived
    assert history.residence_of(person.pk, day("2020-07-01")) is None


def test_only_registrars_write_the_registers_of_land_and_vehicles() -> None:
    with pytest.raises(NotAllowed):
        rights.end_land(right=flat(factories.person()), until=day("2020-01-01"), **{**HOW, "by": CITIZEN})
