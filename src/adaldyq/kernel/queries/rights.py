"""Rights to real estate and vehicles: of an object over time, and of an owner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from adaldyq.kernel.models import Company, LandRight, Person, VehicleRight
from adaldyq.kernel.periods import on
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.queries.history import merged_into

MOST_FOUND = 500
Right = TypeVar("Right", LandRight, VehicleRight)


def land(text: str) -> QuerySet[LandRight]:
    """Rights to the real estate that a cadastral number names, or to all that an owner has had; the newest first."""
    rows = LandRight.objects.filter(named(text)).select_related("owner_company")
    return rows.order_by("object_number", "-valid_from", "id")[:MOST_FOUND]


def vehicles(text: str) -> QuerySet[VehicleRight]:
    """Rights to the vehicle that an identification number names, or to all that an owner has had; the newest first."""
    rows = VehicleRight.objects.filter(named(text)).select_related("owner_company")
    return rows.order_by("object_number", "-valid_from", "id")[:MOST_FOUND]


def named(text: str) -> Q:
    """The condition that a text is the number of the object, or the number or id of its owner."""
    typed = text.strip()
    condition = Q(object_number=typed)
    if person := lookup.person(typed):
        condition |= Q(owner_person=person)
    if company := lookup.company(typed):
        condition |= Q(owner_company=company)
    return condition


def to_objects(model: type[Right], numbers: Collection[str], day: date | None) -> QuerySet[Right]:
    """Rights to the objects of these numbers, an object's newest first: those of a day, or all."""
    rows: QuerySet[Right] = model._default_manager.filter(on(day) if day else Q(), object_number__in=numbers)
    return rows.order_by("object_number", "-valid_from", "id")


def of_owner(model: type[Right], owner: Person | Company, day: date) -> QuerySet[Right]:
    """Rights that an owner has on a day, also under records that were merged into theirs."""
    register = "person" if isinstance(owner, Person) else "company"
    owned = Q(**{f"owner_{register}__in": merged_into(register, owner.pk)})
    rows: QuerySet[Right] = model._default_manager.filter(owned, on(day))
    return rows.order_by("object_number", "-valid_from", "id")
