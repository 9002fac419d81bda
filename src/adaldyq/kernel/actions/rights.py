"""Acts on the registers of land and vehicles: a right begins, passes to another owner, and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.kernel.actions.companies import WHOLE, owner_columns
from adaldyq.kernel.actions.periods import (
    Provenance,
    end,
    hold,
    hold_names,
    length_of,
    recorded,
)
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Company, LandRight, Person, Territory, VehicleRight
from adaldyq.kernel.periods import day_before, overlapping
from adaldyq.kernel.policies import require_registrar
from adaldyq.kernel.registry import LAND_KINDS, VEHICLE_KINDS

BASES = ("purchase", "gift", "inheritance", "privatisation", "construction")
FIRST_BUILT = 1880

Right = TypeVar("Right", LandRight, VehicleRight)


def owner_field(owner: Person | Company) -> str:
    """The field in which an owner is named."""
    return "owner_person" if isinstance(owner, Person) else "owner"


@dataclass(frozen=True, slots=True)
class Acquisition:
    """How somebody comes by a right.

    Attributes:
        owner: who.
        since: first day.
        share: of a piece of real estate, in percent; a vehicle has one owner.
        basis: of a right to real estate, one of `BASES`.
        price: paid for it, where there was one.

    Raises:
        DomainError: `share-out-of-range`, `owner-dead-or-closed`, or `price-below-zero`.
    """

    owner: Person | Company
    since: date
    share: Decimal = WHOLE
    basis: str = ""
    price: Money | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share <= WHOLE:
            raise DomainError("share-out-of-range", field="share", value=self.share)
        ended = self.owner.death_date if isinstance(self.owner, Person) else self.owner.closed_date
        if ended is not None and ended < self.since:
            raise DomainError("owner-dead-or-closed", field=owner_field(self.owner), day=ended)
        if self.price is not None and self.price.amount < 0:
            raise DomainError("price-below-zero", field="price")

    @property
    def columns(self) -> dict[str, Any]:
        """As columns that both registers have."""
        paid = {"price": self.price.amount, "currency": self.price.currency} if self.price else {}
        return {"valid_from": self.since, **owner_columns(self.owner), **paid}


@dataclass(frozen=True, slots=True)
class Estate:
    """A piece of real estate.

    Attributes:
        number: cadastral number.
        kind: one of `LAND_KINDS`.
        area: in square metres.
    """

    number: str
    kind: str
    territory: Territory | None = None
    address: str = ""
    area: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """A right that has passed: what ended, what began, and what the former owner keeps of a share."""

    ended: LandRight | VehicleRight
    begun: LandRight | VehicleRight
    kept: LandRight | None = None


def right_line(right: LandRight | VehicleRight) -> Recorded:
    """The ledger line of a right."""
    register = right._meta.db_table.removeprefix("kernel_")
    owner = right.owner_person_id or right.owner_company_id
    facts = {"object": right.object_number, "owner": owner, "begins": right.valid_from, "ends": right.valid_to}
    share = {"share": right.share} if isinstance(right, LandRight) else {}
    return recorded(register, right, right.owner_person_id or "", **facts, **share)


def passed_line(passed: Passed) -> Recorded:
    """The ledger line of a transfer: the right that began, and the one that it ended."""
    begun = right_line(passed.begun)
    return Recorded([{**begun.payloads[0], "ended": passed.ended.pk}], begun.event)


def check_object(model: type[LandRight | VehicleRight], number: str, kind: str, kinds: tuple[str, ...]) -> str:
    """The number of an object, without blanks around it.

    Raises:
        DomainError: `value-missing`, `text-too-long`, or `unknown-object-kind`.
    """
    stated, limit = number.strip(), length_of(model, "object_number")
    if not stated:
        raise DomainError("value-missing", field="object_number")
    if len(stated) > limit:
        raise DomainError("text-too-long", field="object_number", length=len(stated), limit=limit)
    if kind not in kinds:
        raise DomainError("unknown-object-kind", field="kind", value=kind, known=", ".join(kinds))
    return stated


def check_basis(basis: str) -> None:
    """Refuse a basis that there is not.

    Raises:
        DomainError: `unknown-basis`.
    """
    if basis not in BASES:
        raise DomainError("unknown-basis", field="basis", value=basis, known=", ".join(BASES))


def rights_to(model: type[Right], number: str, since: date) -> QuerySet[Right]:
    """Rights to an object that last to a day or beyond, locked with their object for the rest of the transaction."""
    hold_names(model._meta.db_table, [number])
    rows: QuerySet[Right] = model._default_manager.filter(overlapping(since, None), object_number=number)
    return rows.select_for_update()


def check_whole(number: str, share: Decimal, since: date) -> None:
    """Refuse a share of real estate that does not fit beside those that others hold from a day.

    Raises:
        DomainError: `rights-above-the-whole`.
    """
    rows = list(rights_to(LandRight, number, since).values_list("share", flat=True))
    held = sum((one for one in rows if one is not None), Decimal(0))
    if held + share > WHOLE:
        raise DomainError("rights-above-the-whole", field="share", held=held.normalize(), share=share.normalize())


@act("kernel.land.register", records=right_line)
def register_land(*, estate: Estate, acquired: Acquisition, origin: Provenance, by: Actor, at: datetime) -> LandRight:
    """Register a first right to a piece of real estate, such as to a new building, or a further share in one.

    Raises:
        NotAllowed: `by` does not keep the register of land.
        DomainError: what `check_object` and `check_basis` say, `area-out-of-range`, or `rights-above-the-whole`.
    """
    require_registrar(by, "kernel.land.register", territory=estate.territory)
    stated = check_object(LandRight, estate.number, estate.kind, LAND_KINDS)
    check_basis(acquired.basis)
    if estate.area is not None and estate.area <= 0:
        raise DomainError("area-out-of-range", field="area", value=estate.area)
    check_whole(stated, acquired.share, acquired.since)
    return LandRight.objects.create(
        object_number=stated,
        kind=estate.kind,
        territory=estate.territory,
        address=estate.address.strip(),
        area=estate.area,
        share=acquired.share,
        basis=acquired.basis,
        **acquired.columns,
        **origin.columns,
    )


@act("kernel.land.transfer", records=passed_line)
def transfer_land(*, right: LandRight, acquired: Acquisition, origin: Provenance, by: Actor, at: datetime) -> Passed:
    """Let a right to real estate, or a part of the share, pass to another owner from a day.

    What the owner had ends the day before. When less than the whole share passes, the rest begins anew with the
    former owner.

    Raises:
        NotAllowed: `by` does not keep the register of land.
        DomainError: `ended-already`, `begins-before-the-present`, `passes-to-oneself`, `unknown-basis`, or
            `more-than-the-share`.
    """
    require_registrar(by, "kernel.land.transfer", territory=right.territory)
    check_basis(acquired.basis)
    held = hold(right)
    share = held.share if held.share is not None else WHOLE
    if acquired.share > share:
        raise DomainError("more-than-the-share", field="share", held=share.normalize())
    ended = give_up(held, acquired, origin)
    same = {name: getattr(ended, name) for name in ("object_number", "kind", "territory_id", "address", "area")}
    begun = LandRight.objects.create(
        **same,
        share=acquired.share,
        basis=acquired.basis,
        previous_owner_id=ended.owner_person_id,
        **acquired.columns,
        **origin.columns,
    )
    kept = None
    if acquired.share < share:
        owner = {"owner_person_id": ended.owner_person_id, "owner_company_id": ended.owner_company_id}
        kept = LandRight.objects.create(
            **same,
            **owner,
            share=share - acquired.share,
            basis=ended.basis,
            valid_from=acquired.since,
            **origin.columns,
        )
    return Passed(ended, begun, kept)


@act("kernel.land.end", records=right_line)
def end_land(*, right: LandRight, until: date, origin: Provenance, by: Actor, at: datetime) -> LandRight:
    """End a right to real estate that nobody takes over, as when a building is pulled down; `until` is the last day.

    Raises:
        NotAllowed: `by` does not keep the register of land.
        DomainError: `ended-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.land.end", territory=right.territory)
    return end(right, until, **origin.columns)


@act("kernel.vehicle.register", records=right_line)
def register_vehicle(
    *,
    number: str,
    kind: str,
    make: str,
    acquired: Acquisition,
    origin: Provenance,
    by: Actor,
    at: datetime,
    production_year: int | None = None,
) -> VehicleRight:
    """Register a vehicle with its first owner.

    Args:
        number: identification number of the vehicle.

    Raises:
        NotAllowed: `by` does not keep the register of vehicles.
        DomainError: what `check_object` says, `value-missing` or `text-too-long` of the make,
            `built-when`, or `vehicle-has-an-owner`.
    """
    require_registrar(by, "kernel.vehicle.register")
    stated = check_object(VehicleRight, number, kind, VEHICLE_KINDS)
    check_make(make, production_year, acquired.since)
    if rights_to(VehicleRight, stated, acquired.since).exists():
        raise DomainError("vehicle-has-an-owner", field="object_number", value=stated)
    facts = {"object_number": stated, "kind": kind, "make": make.strip(), "production_year": production_year}
    return VehicleRight.objects.create(**facts, **acquired.columns, **origin.columns)


def check_make(make: str, year: int | None, since: date) -> None:
    """Refuse a vehicle that cannot be.

    Raises:
        DomainError: `value-missing`, `text-too-long`, or `built-when`.
    """
    limit = length_of(VehicleRight, "make")
    if not make.strip():
        raise DomainError("value-missing", field="make")
    if len(make) > limit:
        raise DomainError("text-too-long", field="make", length=len(make), limit=limit)
    if year is not None and not FIRST_BUILT <= year <= since.year + 1:
        raise DomainError("built-when", field="production_year", value=year)


@act("kernel.vehicle.transfer", records=passed_line)
def transfer_vehicle(
    *, right: VehicleRight, acquired: Acquisition, origin: Provenance, by: Actor, at: datetime
) -> Passed:
    """Let a vehicle pass to another owner from a day; the former owner's right ends the day before.

    Raises:
        NotAllowed: `by` does not keep the register of vehicles.
        DomainError: `ended-already`, `begins-before-the-present`, `passes-to-oneself`.
    """
    require_registrar(by, "kernel.vehicle.transfer")
    ended = give_up(hold(right), acquired, origin)
    same = {name: getattr(ended, name) for name in ("object_number", "kind", "make", "production_year")}
    begun = VehicleRight.objects.create(
        **same, previous_owner_id=ended.owner_person_id, **acquired.columns, **origin.columns
    )
    return Passed(ended, begun)


@act("kernel.vehicle.end", records=right_line)
def end_vehicle(*, right: VehicleRight, until: date, origin: Provenance, by: Actor, at: datetime) -> VehicleRight:
    """Strike a vehicle off, as when it is scrapped or taken abroad; `until` is the last day.

    Raises:
        NotAllowed: `by` does not keep the register of vehicles.
        DomainError: `ended-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.vehicle.end")
    return end(right, until, **origin.columns)


def give_up(held: Right, acquired: Acquisition, origin: Provenance) -> Right:
    """End a right on the day before another takes it over.

    Raises:
        DomainError: `ended-already`, `begins-before-the-present`, `passes-to-oneself`.
    """
    if all(getattr(held, column) == value for column, value in owner_columns(acquired.owner).items()):
        raise DomainError("passes-to-oneself", field=owner_field(acquired.owner))
    if held.valid_to is not None:
        raise DomainError("ended-already", field="valid_to")
    if held.valid_from is not None and held.valid_from >= acquired.since:
        raise DomainError("begins-before-the-present", field="since", since=held.valid_from)
    return end(held, day_before(acquired.since), **origin.columns)
