"""Events of land and vehicles: a right begins, passes to another owner, and ends."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Model
from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actions import rights
from adaldyq.kernel.actions.companies import WHOLE
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api.values import PRINTABLE, Day, Line, Number, RecordId, Whole
from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.portal.api.events.companies import MOST_PERCENT, PLACES, OwnerNamed, owner_of
from adaldyq.portal.api.events.kinds import event
from adaldyq.portal.api.events.recording import Event, record_of, territory_of

router = Router(tags=["events: land and vehicles"])

Share = Annotated[Decimal, Field(gt=0, le=MOST_PERCENT, decimal_places=PLACES, max_digits=9)]
Basis = Literal["purchase", "gift", "inheritance", "privatisation", "construction"]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Price = Annotated[Decimal, Field(ge=0, lt=10**13, decimal_places=2)]
LandKind = Literal["apartment", "house", "land", "garage", "commercial", "other"]
VehicleKind = Literal["car", "truck", "motorcycle", "boat", "aircraft", "other"]
Make = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=100)]
Area = Annotated[Decimal, Field(gt=0, decimal_places=PLACES, max_digits=18)]
TerritoryId = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=12)]
YearBuilt = Annotated[Whole, Field(ge=rights.FIRST_BUILT, le=2200)]


class Acquired(OwnerNamed):
    """Somebody comes by a right; exactly one owner is named."""

    since: Day = Field(description="First day of the right.")
    price: Price | None = Field(None, description="Paid for it, where there was a price.")
    currency: Currency | None = Field(None, description="Of the price, ISO 4217; the country's when left out.")

    def acquired(self, **more: Any) -> rights.Acquisition:
        """The same for an act.

        Args:
            more: share and basis, where the register has them.

        Raises:
            DomainError: `one-owner`, `no-such-record`, or what `Acquisition` and `Money` say.
        """
        paid = None if self.price is None else Money(self.price, self.currency or naming.pack().currency)
        return rights.Acquisition(owner=owner_of(self), since=self.since, price=paid, **more)


class LandIn(Acquired):
    """A right to a piece of real estate begins, such as to a new building, or to a further share in one."""

    object_number: Number = Field(description="Cadastral number.")
    kind: LandKind
    territory_id: TerritoryId | None = None
    address: Line = ""
    area: Area | None = Field(None, description="In square metres.")
    basis: Basis
    share: Share = Field(WHOLE, description="In percent.")


class LandTransferIn(Acquired):
    """A right to real estate, or a part of the share, passes to another owner."""

    right_id: RecordId
    basis: Basis
    share: Share | None = Field(None, description="In percent; all that the owner has, when left out.")


class RightEndIn(Event):
    """A right ends, and nobody takes it over."""

    right_id: RecordId
    until: Day = Field(description="Last day.")


class VehicleIn(Acquired):
    """A vehicle enters the register."""

    object_number: Number = Field(description="Identification number of the vehicle.")
    kind: VehicleKind
    make: Make = Field(description="Make and model.")
    production_year: YearBuilt | None = Field(None, description="Year it was built.")


class VehicleTransferIn(Acquired):
    """A vehicle passes to another owner."""

    right_id: RecordId


@event(router, "land", route="api-events-land", summary="A right to real estate begins")
def register_land(given: LandIn, by: Actor, at: datetime) -> Model:
    """Register a first right to a piece of real estate, or a further share in one."""
    estate = rights.Estate(
        number=given.object_number,
        kind=given.kind,
        territory=territory_of(given.territory_id) if given.territory_id else None,
        address=given.address,
        area=given.area,
    )
    acquired = given.acquired(share=given.share, basis=given.basis)
    return rights.register_land(estate=estate, acquired=acquired, origin=given.origin, by=by, at=at)


@event(
    router,
    "land-transfers",
    route="api-events-land-transfer",
    summary="Real estate passes to another",
    changes=("land_register", "right_id"),
)
def transfer_land(given: LandTransferIn, by: Actor, at: datetime) -> Model:
    """Let a right pass from a day; the id is of the right that begins. What remains of a share begins anew beside it."""
    right: LandRight = record_of("land_register", given.right_id, "right_id")
    acquired = given.acquired(share=given.share or right.share or WHOLE, basis=given.basis)
    return rights.transfer_land(right=right, acquired=acquired, origin=given.origin, by=by, at=at).begun


@event(
    router,
    "land-ends",
    route="api-events-land-end",
    summary="A right to real estate ends",
    changes=("land_register", "right_id"),
)
def end_land(given: RightEndIn, by: Actor, at: datetime) -> Model:
    """End a right that nobody takes over, as when a building is pulled down."""
    right: LandRight = record_of("land_register", given.right_id, "right_id")
    return rights.end_land(right=right, until=given.until, origin=given.origin, by=by, at=at)


@event(router, "vehicles", route="api-events-vehicle", summary="A vehicle is registered")
def register_vehicle(given: VehicleIn, by: Actor, at: datetime) -> Model:
    """Register a vehicle with its first owner."""
    return rights.register_vehicle(
        number=given.object_number,
        kind=given.kind,
        make=given.make,
        production_year=given.production_year,
        acquired=given.acquired(),
        origin=given.origin,
        by=by,
        at=at,
    )


@event(
    router,
    "vehicle-transfers",
    route="api-events-vehicle-transfer",
    summary="A vehicle passes to another",
    changes=("vehicle_register", "right_id"),
)
def transfer_vehicle(given: VehicleTransferIn, by: Actor, at: datetime) -> Model:
    """Let a vehicle pass to another owner from a day; the id is of the right that begins."""
    right: VehicleRight = record_of("vehicle_register", given.right_id, "right_id")
    return rights.transfer_vehicle(right=right, acquired=given.acquired(), origin=given.origin, by=by, at=at).begun


@event(
    router,
    "vehicle-ends",
    route="api-events-vehicle-end",
    summary="A vehicle is struck off",
    changes=("vehicle_register", "right_id"),
)
def end_vehicle(given: RightEndIn, by: Actor, at: datetime) -> Model:
    """Strike a vehicle off, as when it is scrapped or taken abroad."""
    right: VehicleRight = record_of("vehicle_register", given.right_id, "right_id")
    return rights.end_vehicle(right=right, until=given.until, origin=given.origin, by=by, at=at)
