"""Operations of the registers of land and vehicles, for institutions. Every person named is noted as read.

Nothing is listed but what the numbers of objects or an owner are given for: a token reads what an inquiry needs, and
not a register from end to end.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import reads
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.api.values import Day, Number
from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.kernel.queries import lookup, rights
from adaldyq.portal.api.companies import company
from adaldyq.portal.api.people import PERSON, DayAsked, kept

router = Router(tags=["land and vehicles"])

MOST_NUMBERS = 100
LAND, VEHICLE = LandRight, VehicleRight
AnyRight = LandRight | VehicleRight


class RightsAsked(Slice):
    """Which rights are asked for."""

    object_number: Annotated[list[Number], Field(min_length=1, max_length=MOST_NUMBERS)] = Field(
        description="Numbers of objects; may be given up to a hundred times."
    )
    day: Day | None = Field(None, description="Rights that last on it; all, also those that ended, when left out.")


class OwnerAsked(Slice, DayAsked):
    """Which rights of an owner are asked for."""


class RightOut(Schema):
    """A right to an object."""

    id: str
    object_number: str
    kind: str
    owner_person_id: str | None
    owner_company_id: str | None
    previous_owner_id: str | None = Field(description="Person who had it before; null when unknown or no person.")
    valid_from: date | None
    valid_to: date | None = Field(description="Last day; null while it lasts.")
    price: Decimal | None = Field(description="Paid for it; null when nothing was, or the source does not say.")
    market_value: Decimal | None = Field(description="On the day of acquisition.")
    currency: str = Field(description="Of the sums, ISO 4217; empty when there are none.")
    source: str
    as_of: date


class LandOut(RightOut):
    """A right to a piece of real estate."""

    territory_id: str | None
    address: str
    area: Decimal | None = Field(description="In square metres.")
    share: Decimal | None = Field(description="In percent.")
    basis: str = Field(description="purchase, gift, inheritance, privatisation, construction, or empty.")


class VehicleOut(RightOut):
    """A right to a vehicle."""

    make: str
    production_year: int | None


def part_of(request: HttpRequest, response: HttpResponse, asked: Slice, found: QuerySet[Any]) -> dict[str, Any]:
    """A part of a list of rights, with the people in it noted."""
    rows = list(found[asked.offset : asked.offset + asked.limit])
    noted(request, rows)
    return page_of(request, response, asked, found.count(), rows)


def noted(request: HttpRequest, rows: Iterable[AnyRight]) -> None:
    """Note that people were shown as owners, present or former."""
    shown = {person for one in rows for person in (one.owner_person_id, one.previous_owner_id) if person}
    reads.note(request, PERSON, [(one, one) for one in sorted(shown)])


def right_of(request: HttpRequest, model: type[Any], right_id: str) -> Any:
    """One right, noted.

    Raises:
        Http404: there is none.
    """
    found = model.objects.filter(pk=right_id).first() if lookup.is_id(right_id) else None
    if found is None:
        raise Http404(right_id)
    noted(request, [found])
    return found


@router.get("/land", response=Page[LandOut], url_name="api-land", summary="Rights to pieces of real estate")
def land(request: HttpRequest, response: HttpResponse, asked: Query[RightsAsked]) -> dict[str, Any]:
    """Rights to the objects with these cadastral numbers, an object's newest first."""
    return part_of(request, response, asked, rights.to_objects(LAND, asked.object_number, asked.day))


@router.get("/land/{right_id}", response=LandOut, url_name="api-land-right", summary="A right to real estate")
def land_right(request: HttpRequest, right_id: str) -> LandRight:
    """One right to a piece of real estate.

    Raises:
        Http404: there is none.
    """
    right: LandRight = right_of(request, LAND, right_id)
    return right


@router.get(
    "/people/{person_id}/land", response=Page[LandOut], url_name="api-person-land", summary="Real estate of a person"
)
def land_of_person(
    request: HttpRequest, response: HttpResponse, person_id: str, asked: Query[OwnerAsked]
) -> dict[str, Any]:
    """Rights to real estate that a person has on a day.

    Raises:
        Http404: there is no such person.
    """
    one = kept(person_id)
    return part_of(request, response, asked, rights.of_owner(LAND, one, asked.chosen()))


@router.get(
    "/companies/{company_id}/land",
    response=Page[LandOut],
    url_name="api-company-land",
    summary="Real estate of a company",
)
def land_of_company(
    request: HttpRequest, response: HttpResponse, company_id: str, asked: Query[OwnerAsked]
) -> dict[str, Any]:
    """Rights to real estate that a company has on a day.

    Raises:
        Http404: there is no such company.
    """
    one = company(request, company_id)
    return part_of(request, response, asked, rights.of_owner(LAND, one, asked.chosen()))


@router.get("/vehicles", response=Page[VehicleOut], url_name="api-vehicles", summary="Rights to vehicles")
def vehicles(request: HttpRequest, response: HttpResponse, asked: Query[RightsAsked]) -> dict[str, Any]:
    """Rights to the vehicles with these identification numbers, a vehicle's newest first."""
    return part_of(request, response, asked, rights.to_objects(VEHICLE, asked.object_number, asked.day))


@router.get("/vehicles/{right_id}", response=VehicleOut, url_name="api-vehicle-right", summary="A right to a vehicle")
def vehicle_right(request: HttpRequest, right_id: str) -> VehicleRight:
    """One right to a vehicle.

    Raises:
        Http404: there is none.
    """
    right: VehicleRight = right_of(request, VEHICLE, right_id)
    return right


@router.get(
    "/people/{person_id}/vehicles",
    response=Page[VehicleOut],
    url_name="api-person-vehicles",
    summary="Vehicles of a person",
)
def vehicles_of_person(
    request: HttpRequest, response: HttpResponse, person_id: str, asked: Query[OwnerAsked]
) -> dict[str, Any]:
    """Vehicles that a person has on a day.

    Raises:
        Http404: there is no such person.
    """
    one = kept(person_id)
    return part_of(request, response, asked, rights.of_owner(VEHICLE, one, asked.chosen()))


@router.get(
    "/companies/{company_id}/vehicles",
    response=Page[VehicleOut],
    url_name="api-company-vehicles",
    summary="Vehicles of a company",
)
def vehicles_of_company(
    request: HttpRequest, response: HttpResponse, company_id: str, asked: Query[OwnerAsked]
) -> dict[str, Any]:
    """Vehicles that a company has on a day.

    Raises:
        Http404: there is no such company.
    """
    one = company(request, company_id)
    return part_of(request, response, asked, rights.of_owner(VEHICLE, one, asked.chosen()))
