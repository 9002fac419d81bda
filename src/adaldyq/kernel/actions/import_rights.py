"""Import of rights to real estate and vehicles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actions.companies import WHOLE
from adaldyq.kernel.actions.import_ownership import Owner, owner_of
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.plans import Loader, Row, renew
from adaldyq.kernel.actions.rights import BASES
from adaldyq.kernel.models import LandRight, Territory, VehicleRight
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.queries.keys import references
from adaldyq.kernel.registry import LAND_KINDS, VEHICLE_KINDS

AnyRight = LandRight | VehicleRight


class RightLoader(Loader):
    """Rights to objects; found again by the object's number, the owner and the first day.

    Attributes:
        model: of the rights.
        kinds: of objects.
        facts: columns of the file that a newer row may change.
    """

    model: ClassVar[type[AnyRight]]
    kinds: ClassVar[tuple[str, ...]]
    facts: ClassVar[tuple[str, ...]]

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find owners, and the rights to the objects."""
        source = self.plan.source.name
        self.people = references("person", source, self.texts(rows, "owner_person", "owner", "previous_owner"))
        self.companies = references("company", source, self.texts(rows, "owner_company", "owner"))
        self.territories = set(Territory.objects.values_list("id", flat=True))
        self.touched: set[str] = set()
        self.rights: dict[str, list[Any]] = defaultdict(list)
        numbers = self.texts(rows, "object_number")
        hold_names(self.model._meta.db_table, numbers)
        for one in self.model._default_manager.filter(object_number__in=numbers):
            self.rights[one.object_number].append(one)

    def take(self, row: Row) -> None:
        """A new right, news of one that is there, or its end."""
        owner, number = owner_of(row, self.people, self.companies), row.values["object_number"]
        since, until = row.values.get("valid_from"), row.values.get("valid_to")
        self.check(row)
        if since and until and until < since:
            raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)
        facts = self.columns(row)
        for one in self.rights[number]:
            if getattr(one, owner[0]) == owner[1] and one.valid_from == since:
                self.go_on(row, one, facts)
                return
        former = self.meant(self.people, row, "previous_owner")
        self.make_room(row, owner, former)
        period = {"valid_from": since, "valid_to": until, "previous_owner_id": former}
        made = self.model(object_number=number, **{owner[0]: owner[1]}, **facts, **period, **self.plan.columns(row))
        self.rights[number].append(made)
        self.plan.create(row, made)

    def check(self, row: Row) -> None:
        """Refuse kinds, places and sums that cannot be.

        Raises:
            DomainError: `unknown-object-kind`, `refers-to-nothing`, `price-below-zero`, or what `Money` says.
        """
        kind, territory = row.values["kind"], row.values.get("territory")
        if kind not in self.kinds:
            raise DomainError("unknown-object-kind", field="kind", value=kind, known=", ".join(self.kinds))
        if territory and territory not in self.territories:
            raise DomainError("refers-to-nothing", field="territory", value=territory)
        for column in ("price", "market_value"):
            amount = row.values.get(column)
            if amount is not None and Money(amount, self.currency(row)).amount < 0:
                raise DomainError("price-below-zero", field=column)

    def currency(self, row: Row) -> str:
        """The currency of the sums of a row."""
        return row.values.get("currency") or naming.pack().currency

    def columns(self, row: Row) -> dict[str, Any]:
        """Columns of the right that the row states."""
        found = {name: row.values[name] for name in self.facts if name in row.values}
        if "price" in found or "market_value" in found:
            found["currency"] = self.currency(row)
        return found

    def go_on(self, row: Row, present: Any, facts: Mapping[str, Any]) -> None:
        """News of a right that is there: other facts, or its last day.

        Raises:
            DomainError: `differs-from-the-register`, or `twice-in-the-file`.
        """
        until, before = row.values.get("valid_to"), len(self.plan.changes)
        ends: date | None = until if until != present.valid_to else None
        if ends is not None and present.valid_to is not None:
            raise DomainError("differs-from-the-register", field="valid_to")
        if present.pk in self.touched or present.pk in self.plan.fresh:
            if ends is not None or any(getattr(present, name) != value for name, value in facts.items()):
                raise DomainError("twice-in-the-file", field="object_number")
        else:
            renew(self.plan, row, present, facts)
        if ends is not None:
            self.plan.end(row, present, ends)
            present.valid_to = ends
        elif len(self.plan.changes) == before:
            self.plan.unchanged += 1
            return
        self.touched.add(present.pk)
        self.plan.changed += 1
        self.plan.tell(row, present.pk)

    def make_room(self, row: Row, owner: Owner, former: str | None) -> None:
        """End what a new right takes over.

        Raises:
            DomainError: `period-overlaps`, or what another owner's right makes impossible.
        """
        since, until = row.values.get("valid_from"), row.values.get("valid_to")
        beside = [one for one in self.rights[row.values["object_number"]] if shares_a_day(one, since, until)]
        leaving = [one for one in beside if getattr(one, owner[0]) == owner[1] or self.gives_way(one, former)]
        ends = [(one, last_day(one, since)) for one in leaving]
        self.check_room(row, [one for one in beside if one not in leaving])
        for one, last in ends:
            if one.pk not in self.plan.fresh:
                self.plan.end(row, one, last)
            one.valid_to = last

    def check_room(self, row: Row, beside: Sequence[Any]) -> None:
        """Refuse a right for which the rights that stay beside it leave no room."""

    def gives_way(self, present: Any, former: str | None) -> bool:
        """Whether another owner's right ends when a new one begins."""
        raise NotImplementedError


class VehicleLoader(RightLoader):
    """Vehicles: each has one owner at a time."""

    register, model, kinds = "vehicle_register", VehicleRight, VEHICLE_KINDS
    facts = ("kind", "make", "production_year", "price", "market_value")

    def columns(self, row: Row) -> dict[str, Any]:
        """Columns of the right; the year as a whole number.

        Raises:
            DomainError: `not-a-number`.
        """
        found = super().columns(row)
        year = found.get("production_year")
        if year is not None:
            if year != int(year):
                raise DomainError("not-a-number", field="production_year", value=year)
            found["production_year"] = int(year)
        return found

    def gives_way(self, present: Any, former: str | None) -> bool:
        """Always: a vehicle that another has is no longer the former owner's."""
        return True


class LandLoader(RightLoader):
    """Real estate: many may own shares in one object, together at most the whole."""

    register, model, kinds = "land_register", LandRight, LAND_KINDS
    facts = ("kind", "address", "area", "share", "basis", "price", "market_value")

    def check(self, row: Row) -> None:
        """Refuse also shares, areas and bases that cannot be.

        Raises:
            DomainError: as `RightLoader.check`, `unknown-basis`, `share-out-of-range` or `area-out-of-range`.
        """
        super().check(row)
        basis, share, area = (row.values.get(name) for name in ("basis", "share", "area"))
        if basis not in BASES:
            raise DomainError("unknown-basis", field="basis", value=basis, known=", ".join(BASES))
        if share is not None and not 0 < share <= WHOLE:
            raise DomainError("share-out-of-range", field="share", value=share)
        if area is not None and area <= 0:
            raise DomainError("area-out-of-range", field="area", value=area)

    def columns(self, row: Row) -> dict[str, Any]:
        """Columns of the right; without a share, the whole."""
        found = {"share": WHOLE, **super().columns(row)}
        if territory := row.values.get("territory"):
            found["territory_id"] = territory
        return found

    def gives_way(self, present: Any, former: str | None) -> bool:
        """Only the right of the owner from whom it comes."""
        return former is not None and present.owner_person_id == former

    def check_room(self, row: Row, beside: Sequence[Any]) -> None:
        """See that the shares of every day fit into the whole.

        Raises:
            DomainError: `rights-above-the-whole`.
        """
        first, share = row.values.get("valid_from") or date.min, row.values.get("share") or WHOLE
        days = {first, *(one.valid_from for one in beside if one.valid_from is not None and one.valid_from > first)}
        held = max(sum_on(beside, one) for one in days)
        if held + share > WHOLE:
            raise DomainError("rights-above-the-whole", field="share", held=held.normalize(), share=share.normalize())


def last_day(right: AnyRight, since: date | None) -> date:
    """The last day of a right that ends because another begins.

    Raises:
        DomainError: `period-overlaps` when it has an end already, or did not begin before.
    """
    if right.valid_to is not None or since is None or (right.valid_from is not None and right.valid_from >= since):
        raise DomainError(
            "period-overlaps", field="valid_from", since=right.valid_from or "…", until=right.valid_to or "…"
        )
    return day_before(since)


def shares_a_day(right: AnyRight, since: date | None, until: date | None) -> bool:
    """Whether a right and a period have a day in common."""
    begins, ends = right.valid_from or date.min, right.valid_to or date.max
    return begins <= (until or date.max) and ends >= (since or date.min)


def sum_on(rights: Sequence[Any], day: date) -> Decimal:
    """Shares that are held on a day, in percent."""
    return sum((one.share or Decimal(0) for one in rights if shares_a_day(one, day, day)), Decimal(0))
