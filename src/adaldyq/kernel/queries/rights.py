"""Rights to real estate and vehicles: of an object over time, and of an owner."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.kernel.queries import lookup

MOST_FOUND = 500


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
