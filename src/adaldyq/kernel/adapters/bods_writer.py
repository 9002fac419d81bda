"""Registry records as statements of the Beneficial Ownership Data Standard 0.4 (standard.openownership.org).

A statement's id is a hash of what it says, so that the same statement has the same id in every export and a
changed one has another.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from adaldyq.kernel.models import Company, Ownership
from adaldyq.kernel.queries.exports import ExportedPerson

VERSION = "0.4"
Statement = dict[str, Any]
NAME_TYPES = ("legal", "translation")


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes, on which day, in which country."""

    publisher: str
    day: date
    country: str
    country_name: str

    def statement(
        self, record: str, kind: str, details: dict[str, object], *, about: str, stated: date, source: str
    ) -> Statement:
        """A statement about a record.

        Args:
            record: id of the record.
            kind: entity, person or relationship.
            details: what it says; values of None are left out.
            about: id of the record whose ownership it is about.
            stated: day on which the source said so.
        """
        said = {name: value for name, value in details.items() if value not in (None, "", [])}
        core = {"recordId": record, "recordType": kind, "declarationSubject": about, "recordDetails": said}
        core["statementDate"] = stated.isoformat()
        written = json.dumps(core, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return {
            "statementId": hashlib.sha256(written.encode()).hexdigest(),
            **core,
            "recordStatus": "closed" if is_closed(said) else "new",
            "publicationDetails": {
                "publicationDate": self.day.isoformat(),
                "bodsVersion": VERSION,
                "publisher": {"name": self.publisher},
            },
            "source": {"type": ["officialRegister"], **({"description": source} if source else {})},
        }

    def company(self, one: Company) -> Statement:
        """A company as an entity."""
        number = {"id": one.identifier, "schemeName": f"{self.country_name}: register of companies"}
        details: dict[str, object] = {
            "isComponent": False,
            "entityType": {"type": "registeredEntity", "details": one.legal_form},
            "name": one.name,
            "jurisdiction": {"name": self.country_name, "code": self.country},
            "identifiers": [number] if one.identifier else [],
            "foundingDate": iso(one.registered_date),
            "dissolutionDate": iso(one.closed_date),
        }
        return self.statement(one.pk, "entity", details, about=one.pk, stated=one.as_of, source=one.source)

    def person(self, one: ExportedPerson) -> Statement:
        """An owner as a person: names, and the rest in an export of everything."""
        names = [{"type": NAME_TYPES[place > 0], "fullName": name.text} for place, name in enumerate(one.names)]
        details: dict[str, object] = {
            "isComponent": False,
            "personType": "knownPerson" if names else "unknownPerson",
            "names": names,
        }
        if one.whole:
            details |= {
                "birthDate": iso(one.person.birth_date),
                "deathDate": iso(one.person.death_date),
                "nationalities": [{"name": one.person.country, "code": one.person.country}]
                if one.person.country
                else [],
                "identifiers": [
                    {"id": number.value, "schemeName": f"{number.country} {number.scheme}"}
                    for number in one.identifiers
                ],
            }
        stated = one.person.as_of
        return self.statement(
            one.person.pk, "person", details, about=one.person.pk, stated=stated, source=one.person.source
        )

    def share(self, one: Ownership) -> Statement:
        """A share as a relationship between the company and its owner.

        A share of which no day is known is stated on the day of its company, since the standard requires one.
        """
        is_beneficial = one.kind == "beneficial"
        interest: dict[str, object] = {
            "type": "shareholding",
            "directOrIndirect": "unknown" if is_beneficial else "direct",
            "beneficialOwnershipOrControl": is_beneficial,
        }
        if one.share is not None:
            interest["share"] = dict.fromkeys(("exact", "minimum", "maximum"), float(one.share))
        for name, day in (("startDate", one.valid_from), ("endDate", one.valid_to)):
            if day is not None:
                interest[name] = day.isoformat()
        details: dict[str, object] = {
            "isComponent": False,
            "subject": one.company_id,
            "interestedParty": one.owner_person_id or one.owner_company_id,
            "interests": [interest],
        }
        stated = one.as_of or one.valid_from or one.company.as_of
        return self.statement(one.pk, "relationship", details, about=one.company_id, stated=stated, source=one.source)


def is_closed(details: dict[str, Any]) -> bool:
    """Whether what is described has ended."""
    interests = details.get("interests") or [{}]
    return bool(details.get("dissolutionDate") or interests[0].get("endDate"))


def iso(day: date | None) -> str | None:
    """A day as ISO 8601."""
    return day.isoformat() if day else None
