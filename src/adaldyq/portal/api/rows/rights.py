"""Rows of rights to land and vehicles."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from ninja import Field, Router

from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actions import rights
from adaldyq.kernel.actions.companies import WHOLE, owner_columns
from adaldyq.kernel.api.values import Day, Line, Number
from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.portal.api.events.recording import territory_of
from adaldyq.portal.api.events.rights import (
    Area,
    Basis,
    Currency,
    LandKind,
    Make,
    Price,
    Share,
    TerritoryId,
    VehicleKind,
    YearBuilt,
)
from adaldyq.portal.api.rows.companies import OwnerNamedRow
from adaldyq.portal.api.rows.taking import Outcome, Stated, Told, again, rows

router = Router(tags=["rows"])


class RightRow(OwnerNamedRow):
    """A right to an object; it is found again by object, owner and first day. One that passes is two rows."""

    since: Day = Field(description="First day of the right.")
    until: Day | None = Field(None, description="Last day of the right.")
    price: Price | None = Field(None, description="Paid for it, where there was a price.")
    currency: Currency | None = Field(None, description="Of the price, ISO 4217; the country's when left out.")

    def paid(self) -> Money | None:
        """The price, if there was one.

        Raises:
            DomainError: what `Money` says.
        """
        return None if self.price is None else Money(self.price, self.currency or naming.pack().currency)


class LandRow(RightRow):
    """A right to a piece of real estate."""

    object_number: Number = Field(description="Cadastral number.")
    kind: LandKind
    basis: Basis
    share: Share | None = Field(None, description="In percent; the whole when left out.")
    territory_id: TerritoryId | None = None
    address: Line | None = None
    area: Area | None = Field(None, description="In square metres.")


class VehicleRow(RightRow):
    """A right to a vehicle."""

    object_number: Number = Field(description="Identification number of the vehicle.")
    kind: VehicleKind
    make: Make = Field(description="Make and model.")
    production_year: YearBuilt | None = Field(None, description="Year it was built.")


def held(given: LandRow | VehicleRow, owner: Any) -> dict[str, Any]:
    """By what a right is found again, as columns."""
    return {"object_number": given.object_number.strip(), "valid_from": given.since, **owner_columns(owner)}


@rows(router, "land", route="api-rows-land", summary="Rows of rights to real estate")
def put_land(given: LandRow, told: Told) -> Stated:
    """Bring rights to real estate up to rows: the row of who had it, with `until`, before that of who has it now."""
    owner, territory = given.owner(), territory_of(given.territory_id) if given.territory_id else None
    present = LandRight.objects.filter(**held(given, owner)).first()

    def end() -> Model:
        return rights.end_land(right=present or begun, until=given.until or given.since, **told.who)

    if present is not None:
        facts = {"kind": given.kind, "address": given.address, "area": given.area, "price": given.price}
        changed = told.change("land_register", present, facts)
        kept = {"territory_id": territory.pk if territory else None, "basis": given.basis, "share": given.share}
        return again(present, kept, given.until, end, changed=changed)
    estate = rights.Estate(given.object_number, given.kind, territory, given.address or "", given.area)
    acquired = rights.Acquisition(owner, given.since, given.share or WHOLE, given.basis, given.paid())
    begun: Any = rights.register_land(estate=estate, acquired=acquired, **told.who)
    return Stated(end() if given.until else begun, Outcome.CREATED)


@rows(router, "vehicles", route="api-rows-vehicles", summary="Rows of rights to vehicles")
def put_vehicle(given: VehicleRow, told: Told) -> Stated:
    """Bring rights to vehicles up to rows: the row of who had it, with `until`, before that of who has it now."""
    owner = given.owner()
    present = VehicleRight.objects.filter(**held(given, owner)).first()

    def end() -> Model:
        return rights.end_vehicle(right=present or begun, until=given.until or given.since, **told.who)

    if present is not None:
        changed = told.change(
            "vehicle_register", present, {"make": given.make, "production_year": given.production_year}
        )
        return again(present, {"kind": given.kind, "price": given.price}, given.until, end, changed=changed)
    named: dict[str, Any] = {"number": given.object_number, "kind": given.kind, "make": given.make}
    acquired = rights.Acquisition(owner, given.since, price=given.paid())
    begun: Any = rights.register_vehicle(**named, production_year=given.production_year, acquired=acquired, **told.who)
    return Stated(end() if given.until else begun, Outcome.CREATED)
