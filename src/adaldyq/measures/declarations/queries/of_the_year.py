"""What happened to property in a year by the registers: what was given, and what was bought for much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.models import LandRight, Person, VehicleRight
from adaldyq.measures.declarations.queries.prefilled import LAND, VEHICLES, Prefilled, row
from adaldyq.measures.declarations.queries.worth import worth

GIVEN, BOUGHT, LIMIT = "gift", "purchase", "large_acquisition"
Family = Sequence[tuple[Person, str]]
Thing = tuple[LandRight | VehicleRight, str]


def happened(family: Family, year: int) -> Iterator[Prefilled]:
    """Gifts and large acquisitions of a year, of the declarant and of those of the family whose things are shown."""
    of_year = {"valid_from__year": year, "owner_person__in": [person.pk for person, _whose in family]}
    whose = {person.pk: owner for person, owner in family}
    land = list(LandRight.objects.filter(**of_year).order_by("valid_from", "pk"))
    vehicles = list(VehicleRight.objects.filter(**of_year).order_by("valid_from", "pk"))
    yield from gifts([one for one in land if one.basis == GIVEN], whose)
    bought: list[Thing] = [
        *((one, LAND) for one in land if one.basis == BOUGHT),
        *((one, VEHICLES) for one in vehicles),
    ]
    paid = [(one, register) for one, register in bought if one.price]
    pack, day = naming.pack(), date(year, 12, 31)
    if sum(worth(one.price, one.currency, pack, day) for one, _register in paid) > from_which_sum(year):
        yield from acquisitions(paid, whose)


def gifts(rights: Sequence[LandRight], whose: dict[str, str]) -> Iterator[Prefilled]:
    """Real estate that was given, with the giver where that is a person."""
    givers = naming.names_of([one.previous_owner_id for one in rights if one.previous_owner_id])
    for one in rights:
        values = {
            "owner": whose[str(one.owner_person_id)],
            "giver": givers.get(one.previous_owner_id or "", ""),
            "giver_id": one.previous_owner_id,
            "kind": "thing",
            "received_date": one.valid_from,
            "value": one.market_value,
            "currency": one.currency or naming.pack().currency,
        }
        yield row("gift", values, LAND, one.pk)


def acquisitions(bought: Sequence[Thing], whose: dict[str, str]) -> Iterator[Prefilled]:
    """Purchases; where the money came from only the declarant knows."""
    for one, register in bought:
        values = {
            "owner": whose[str(one.owner_person_id)],
            "kind": "real estate" if register == LAND else "vehicle",
            "description": one.address if isinstance(one, LandRight) else one.make,
            "acquired_date": one.valid_from,
            "price": one.price,
            "currency": one.currency or naming.pack().currency,
        }
        yield row("acquisition", values, register, one.pk)


def from_which_sum(year: int) -> Decimal:
    """Above which sum the purchases of a year are declared; 0 when the pack has no threshold."""
    try:
        return naming.pack().threshold_amount(LIMIT, date(year, 12, 31)).amount
    except DomainError:
        return Decimal(0)
