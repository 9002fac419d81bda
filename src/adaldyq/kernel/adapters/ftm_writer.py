"""Registry records as FollowTheMoney entities (schemata of followthemoney 3.8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from adaldyq.kernel.models import Appointment, Body, Company, FamilyTie, Ownership, Post
from adaldyq.kernel.queries.exports import ExportedPerson

Entity = dict[str, Any]
GENDERS = {"f": "female", "m": "male"}


def entity(record_id: str, schema: str, **properties: object) -> Entity:
    """An entity; properties without a value are left out."""
    found: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = given if isinstance(given, list) else [given]
        if texts := [text(one) for one in values if one not in (None, "")]:
            found[name] = list(dict.fromkeys(texts))
    return {"id": record_id, "schema": schema, "properties": found}


def text(value: object) -> str:
    """A value as FollowTheMoney writes it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def spoken(main: str, others: Mapping[str, str]) -> dict[str, object]:
    """A name with its other languages as aliases."""
    return {"name": main, "alias": [one for one in others.values() if one and one != main]}


def body(one: Body, country: str) -> Entity:
    """A state body."""
    return entity(
        one.pk,
        "PublicBody",
        **spoken(one.name, one.names),
        registrationNumber=one.identifier,
        classification=one.kind,
        keywords=one.level,
        parent=one.parent_id,
        country=country.lower(),
        incorporationDate=one.opened_date,
        dissolutionDate=one.closed_date,
        publisher=one.source,
        modifiedAt=one.as_of,
    )


def post(one: Post, country: str) -> Entity:
    """A post of a body."""
    return entity(
        one.pk,
        "Position",
        **spoken(one.title, one.titles),
        organization=one.body_id,
        keywords=one.category,
        country=country.lower(),
        publisher=one.source,
    )


def appointment(one: Appointment) -> list[Entity]:
    """An appointment: as the occupancy of a post, and as employment for readers that know no posts."""
    days = {"startDate": one.valid_from, "endDate": one.valid_to, "recordId": one.act_number}
    stated = {"publisher": one.source, "modifiedAt": one.as_of}
    return [
        entity(one.pk, "Occupancy", holder=one.person_id, post=one.post_id, **days, **stated),
        entity(
            f"{one.pk}-employment",
            "Employment",
            employee=one.person_id,
            employer=one.post.body_id,
            role=one.post.title,
            **days,
            **stated,
        ),
    ]


def company(one: Company, country: str) -> list[Entity]:
    """A company, and who manages it."""
    found = [
        entity(
            one.pk,
            "Company",
            name=one.name,
            registrationNumber=one.identifier,
            legalForm=one.legal_form,
            sector=one.activity,
            jurisdiction=country.lower(),
            incorporationDate=one.registered_date,
            dissolutionDate=one.closed_date,
            publisher=one.source,
            modifiedAt=one.as_of,
        )
    ]
    if one.head_id:
        head = {"director": one.head_id, "organization": one.pk, "role": "head"}
        found.append(entity(f"{one.pk}-head", "Directorship", **head, publisher=one.source, modifiedAt=one.as_of))
    return found


def share(one: Ownership) -> Entity:
    """A share in a company."""
    return entity(
        one.pk,
        "Ownership",
        owner=one.owner_person_id or one.owner_company_id,
        asset=one.company_id,
        percentage=one.share,
        ownershipType=one.kind,
        startDate=one.valid_from,
        endDate=one.valid_to,
        publisher=one.source,
        modifiedAt=one.as_of,
    )


def tie(one: FamilyTie) -> Entity:
    """A family tie, from one side."""
    return entity(
        one.pk,
        "Family",
        person=one.person_id,
        relative=one.relative_id,
        relationship=one.kind,
        startDate=one.valid_from,
        endDate=one.valid_to,
        publisher=one.source,
        modifiedAt=one.as_of,
    )


def person(one: ExportedPerson) -> Entity:
    """A person: names, and the rest in an export of everything."""
    names = [name.text for name in one.names]
    main = names[0] if names else one.person.pk
    facts: dict[str, object] = {}
    if one.whole:
        facts = {
            "birthDate": one.person.birth_date,
            "deathDate": one.person.death_date,
            "gender": GENDERS.get(one.person.sex, ""),
            "citizenship": one.person.country.lower(),
            "idNumber": [number.value for number in one.identifiers],
            "publisher": one.person.source,
            "modifiedAt": one.person.as_of,
        }
    return entity(one.person.pk, "Person", name=main, alias=names[1:], **facts)
