"""Whose obligation to declare a change of the registers may touch."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from adaldyq.kernel.models import (
    Appointment,
    Company,
    CorrectionRequest,
    FamilyTie,
    LandRight,
    Ownership,
    VehicleRight,
)
from adaldyq.kernel.registry import register_named
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.declarations.queries.company_heads import former_heads

People = set[str | None]
CORRECTED = ("accepted", "overturned")
"""States of a request to correct a record in which the record holds what was claimed."""


def of_company(record: str) -> People:
    """The head and the owners of a company, also those that were."""
    heads = Company.objects.filter(pk=record).values_list("head_id", flat=True)
    owners = Ownership.objects.filter(company_id=record).values_list("owner_person_id", flat=True)
    return {*heads, *former_heads(record), *owners}


def of_body(record: str) -> People:
    """Whoever holds or held a post of a body."""
    return set(Appointment.objects.filter(post__body_id=record).values_list("person_id", flat=True))


BY_REGISTER: Mapping[str, Callable[[str], People]] = {
    "person": lambda record: {record},
    "company": of_company,
    "body": of_body,
    "land_register": lambda record: set(LandRight.objects.filter(pk=record).values_list("owner_person_id", flat=True)),
    "vehicle_register": lambda record: set(
        VehicleRight.objects.filter(pk=record).values_list("owner_person_id", flat=True)
    ),
}
"""People whom a record concerns whose event names none."""


def concerned(payload: Payload) -> set[str]:
    """People whom an event of the base registries concerns, and whoever is or was married to one of them.

    Args:
        payload: with `register`, `record` and `person`, as the acts of the registries say it.
    """
    record = str(payload.get("record") or "")
    find = BY_REGISTER.get(str(payload.get("register") or ""))
    found: People = find(record) if find else set()
    people = {one for one in (*found, str(payload.get("person") or "")) if one}
    spouses = FamilyTie.objects.filter(person_id__in=people, kind="spouse").values_list("relative_id", flat=True)
    return people | set(spouses)


def record_of(request: CorrectionRequest) -> Payload:
    """What the acts of the registries would say of a record that was corrected on request."""
    register = register_named(request.register)
    found = register.records._default_manager.filter(pk=request.record_id).first()
    person = str(getattr(found, register.person, "") or "") if found and register.person else ""
    return {"register": register.name, "record": request.record_id, "person": person, "fields": [request.field]}
