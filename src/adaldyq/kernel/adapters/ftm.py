"""FollowTheMoney: entities as rows of a register's file. Schemata of FollowTheMoney 3.8 (followthemoney.tech)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adaldyq.base.errors import DomainError

SCHEMATA: Mapping[str, frozenset[str]] = {
    "people": frozenset({"Person"}),
    "bodies": frozenset({"PublicBody"}),
    "posts": frozenset({"Position"}),
    "appointments": frozenset({"Occupancy"}),
    "companies": frozenset({"Company"}),
    "ownership": frozenset({"Ownership"}),
    "ties": frozenset({"Family"}),
}
PROPERTIES: Mapping[str, Mapping[str, str]] = {
    "people": {"birth_date": "birthDate", "death_date": "deathDate", "identifier": "idNumber"},
    "bodies": {
        "identifier": "registrationNumber",
        "parent": "parent",
        "kind": "classification",
        "level": "keywords",
        "territory": "jurisdiction",
        "opened_date": "incorporationDate",
        "closed_date": "dissolutionDate",
    },
    "posts": {"body": "organization", "category": "keywords"},
    "appointments": {"person": "holder", "post": "post", "valid_from": "startDate", "valid_to": "endDate"},
    "companies": {
        "identifier": "registrationNumber",
        "name": "name",
        "legal_form": "legalForm",
        "activity": "sector",
        "registered_date": "incorporationDate",
        "closed_date": "dissolutionDate",
    },
    "ownership": {
        "company": "asset",
        "share": "percentage",
        "kind": "ownershipType",
        "valid_from": "startDate",
        "valid_to": "endDate",
    },
    "ties": {
        "person": "person",
        "relative": "relative",
        "kind": "relationship",
        "valid_from": "startDate",
        "valid_to": "endDate",
    },
}
"""Property behind each column of our files, by kind of file."""

GENDERS = {"female": "f", "male": "m", "": "", "other": ""}
KAZAKH_LETTERS = frozenset("әғқңөұүһіӘҒҚҢӨҰҮҺІ")
CYRILLIC = range(0x400, 0x530)
DATED = frozenset({"modifiedAt", "retrievedAt"})


def row_of(entity: Any, kind: str) -> dict[str, str] | None:
    """An entity as a row of a kind of file; None when its schema is of another kind.

    Raises:
        DomainError: `not-an-entity` when it has not the shape of one.
    """
    if not (isinstance(entity, dict) and isinstance(entity.get("id"), str) and isinstance(entity.get("schema"), str)):
        raise DomainError("not-an-entity")
    if entity["schema"] not in SCHEMATA.get(kind, frozenset()):
        return None
    properties = entity.get("properties")
    if not isinstance(properties, dict):
        raise DomainError("not-an-entity")
    row = {"key": entity["id"]}
    for column, name in PROPERTIES[kind].items():
        if value := first(properties, name):
            row[column] = value
    row |= particular(kind, properties)
    if changed := first(properties, "modifiedAt") or first(properties, "retrievedAt"):
        row["as_of"] = changed[:10]
    return row


def values_of(properties: Mapping[str, Any], name: str) -> list[str]:
    """Values of a property; entities nested in it by their id."""
    listed = properties.get(name)
    found = listed if isinstance(listed, list) else [listed] if listed else []
    texts = [one.get("id") if isinstance(one, dict) else one for one in found]
    return [one for one in texts if isinstance(one, str) and one.strip()]


def first(properties: Mapping[str, Any], name: str) -> str:
    """The first value of a property; empty when there is none."""
    return next(iter(values_of(properties, name)), "")


def particular(kind: str, properties: Mapping[str, Any]) -> dict[str, str]:
    """Columns that are more than the value of one property."""
    if kind == "people":
        names = by_language([*values_of(properties, "name"), *values_of(properties, "alias")], "name")
        gender = GENDERS.get(first(properties, "gender"), first(properties, "gender"))
        country = (first(properties, "citizenship") or first(properties, "nationality")).upper()
        return names | {"sex": gender, "country": country[:2]}
    if kind == "bodies":
        return by_language([*values_of(properties, "name"), *values_of(properties, "alias")], "name") | {
            "territory": first(properties, "jurisdiction").upper()
        }
    if kind == "posts":
        return by_language([*values_of(properties, "name"), *values_of(properties, "alias")], "title")
    if kind == "ownership":
        owner = first(properties, "owner")
        return {"owner": owner}
    if kind == "appointments":
        return {"act_number": first(properties, "recordId")}
    return {}


def by_language(texts: list[str], prefix: str) -> dict[str, str]:
    """Names by the language that their letters tell; the first of each stays.

    FollowTheMoney keeps no language of a name: Latin letters are taken for English, Kazakh letters for Kazakh,
    other Cyrillic for Russian when a Kazakh name is there, and else for Kazakh.
    """
    found: dict[str, str] = {}
    plain = [one for one in texts if any(ord(letter) in CYRILLIC for letter in one)]
    kazakh = next((one for one in plain if KAZAKH_LETTERS & set(one)), "")
    if kazakh:
        found[f"{prefix}_kk"] = kazakh
    for one in plain:
        if one != kazakh:
            found.setdefault(f"{prefix}_ru" if f"{prefix}_kk" in found else f"{prefix}_kk", one)
    latin = next((one for one in texts if one not in plain), "")
    if latin:
        found[f"{prefix}_en"] = latin
    return found
