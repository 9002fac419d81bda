"""What base registries hold about an applicant, so that nobody is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.kernel.naming import names_of
from adaldyq.measures.permits.models import PermitApplication, PermitVersion

Lines = list[list[str]]
MOST_LINES = 20


def in_force(day: date) -> Q:
    """Condition on rights: in force on a day."""
    return Q(valid_to=None) | Q(valid_to__gte=day)


def owner(application: PermitApplication) -> dict[str, Any]:
    """Condition on rights: of the applicant."""
    if application.company_id:
        return {"owner_company": application.company_id}
    return {"owner_person": application.person_id}


def of_company(application: PermitApplication, day: date) -> Lines:
    """What the register of companies says: name, number, day of registration, head."""
    one = application.company
    if one is None or one.closed_date:
        return []
    head = names_of([one.head_id]).get(one.head_id, "") if one.head_id else ""
    registered = one.registered_date.isoformat() if one.registered_date else ""
    lines = [["name", one.name], ["identifier", one.identifier], ["registered_date", registered], ["head", head]]
    return [line for line in lines if line[1]]


def of_land(application: PermitApplication, day: date) -> Lines:
    """Real estate of the applicant."""
    found = LandRight.objects.filter(in_force(day), **owner(application)).order_by("object_number")[:MOST_LINES]
    return [[one.kind, ", ".join(filter(None, (one.object_number, one.address)))] for one in found]


def of_vehicles(application: PermitApplication, day: date) -> Lines:
    """Vehicles of the applicant."""
    found = VehicleRight.objects.filter(in_force(day), **owner(application)).order_by("object_number")[:MOST_LINES]
    return [[one.kind, f"{one.make}, {one.object_number}"] for one in found]


SOURCES: Mapping[str, Callable[[PermitApplication, date], Lines]] = {
    "company": of_company,
    "land_register": of_land,
    "vehicle_register": of_vehicles,
}


def held(application: PermitApplication, day: date) -> list[dict[str, Any]]:
    """For each document that a registry holds: its place in the list, the register, and what it says now."""
    found = []
    for place, one in enumerate(application.version.documents):
        if one["held_by"]:
            ask = SOURCES.get(one["held_by"])
            lines = ask(application, day) if ask and (application.company_id or application.person_id) else []
            found.append({"place": place, "register": one["held_by"], "lines": lines})
    return found


def to_bring(application: PermitApplication, day: date) -> list[int]:
    """Places of the documents that the applicant brings: those of no register, and those of which the register knows nothing."""
    known = {one["place"] for one in held(application, day) if one["lines"]}
    return [place for place in range(len(application.version.documents)) if place not in known]


def papers_of(version: PermitVersion) -> list[Mapping[str, Any]]:
    """Documents of an entry."""
    return list(version.documents)
