"""Statements of the Beneficial Ownership Data Standard 0.4 as rows of a register's file (standard.openownership.org).

The standard keeps no language of a name, so that it is told by its letters as for FollowTheMoney. A day that is said
to the month or year only is left out, never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel.adapters.ftm import by_language

RECORDS: Mapping[str, str] = {"people": "person", "companies": "entity", "ownership": "relationship"}
"""The `recordType` behind each kind of file."""

COMPANY_TYPES = frozenset({"registeredEntity", "legalEntity"})
SHARE_TYPES = frozenset({"shareholding"})
WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER_OF = re.compile(r"(?P<country>[A-Z]{2}) (?P<scheme>\S{1,30})")
"""How our export writes the kind of a person's number: country and scheme."""


def is_statement(thing: Any) -> bool:
    """Whether a JSON value is meant as a statement, of this or an older version of the standard."""
    return isinstance(thing, dict) and bool({"statementId", "statementID"} & thing.keys())


def rows_of(statement: Mapping[str, Any], kind: str) -> Iterator[dict[str, str]]:
    """A statement as rows of a kind of file: none when it is of another kind, one for each share it tells of.

    Raises:
        DomainError: `older-statement` before version 0.4, `not-a-statement`, or `party-unspecified`.
    """
    if "statementID" in statement or "statementType" in statement:
        raise DomainError("older-statement")
    details, record = statement.get("recordDetails"), statement.get("recordId")
    if not isinstance(details, dict) or not isinstance(record, str) or not record:
        raise DomainError("not-a-statement")
    if statement.get("recordType") != RECORDS.get(kind):
        return
    common = {"key": record, "as_of": stated_on(statement)}
    if kind == "people":
        yield common | person(details)
    elif kind == "companies" and part(details, "entityType").get("type") in COMPANY_TYPES:
        yield common | company(details)
    elif kind == "ownership":
        closed = common["as_of"] if statement.get("recordStatus") == "closed" else ""
        for place, one in enumerate(shares(details, closed)):
            yield common | one | ({"key": f"{record}#{place + 1}"} if place else {})


def stated_on(statement: Mapping[str, Any]) -> str:
    """The day on which the source said so, else that of publication."""
    return day(statement, "statementDate") or day(part(statement, "publicationDetails"), "publicationDate")


def part(thing: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object within an object; an empty one when there is none."""
    found = thing.get(name)
    return found if isinstance(found, dict) else {}


def parts(thing: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list within an object."""
    found = thing.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def text(thing: Mapping[str, Any], name: str) -> str:
    """A text within an object; empty when there is none."""
    found = thing.get(name)
    return found.strip() if isinstance(found, str) else ""


def day(thing: Mapping[str, Any], name: str) -> str:
    """A whole day; empty when the source says less."""
    found = text(thing, name)[:10]
    return found if WHOLE_DAY.fullmatch(found) else ""


def person(details: Mapping[str, Any]) -> dict[str, str]:
    """What a statement says of a person."""
    spelt = [full for one in parts(details, "names") if (full := text(one, "fullName"))]
    country = next((code for one in parts(details, "nationalities") if (code := text(one, "code"))), "")
    return {
        **by_language(spelt, "name"),
        "birth_date": day(details, "birthDate"),
        "death_date": day(details, "deathDate"),
        "country": country[:2].upper(),
        **number(details),
    }


def number(details: Mapping[str, Any]) -> dict[str, str]:
    """The first number of a person whose kind and country are said as our export says them."""
    for one in parts(details, "identifiers"):
        kind = NUMBER_OF.fullmatch(text(one, "schemeName"))
        if kind and text(one, "id"):
            return {"identifier": text(one, "id"), "scheme": kind["scheme"], "scheme_country": kind["country"]}
    return {}


def company(details: Mapping[str, Any]) -> dict[str, str]:
    """What a statement says of a company."""
    return {
        "name": text(details, "name"),
        "identifier": next((number for one in parts(details, "identifiers") if (number := text(one, "id"))), ""),
        "legal_form": text(part(details, "entityType"), "details"),
        "registered_date": day(details, "foundingDate"),
        "closed_date": day(details, "dissolutionDate"),
    }


def shares(details: Mapping[str, Any], closed: str) -> Iterator[dict[str, str]]:
    """Shares of a relationship; interests of other kinds are passed over.

    Args:
        closed: the day on which the relationship was said to be over; empty while it lasts.

    Raises:
        DomainError: `party-unspecified` when the statement says only why a party is not known.
    """
    found = [one for one in parts(details, "interests") if one.get("type") in SHARE_TYPES]
    if not found:
        return
    parties = {"company": text(details, "subject"), "owner": text(details, "interestedParty")}
    for column, name in (("company", "subject"), ("owner", "interestedParty")):
        if not parties[column]:
            raise DomainError("party-unspecified", field=column, reason=text(part(details, name), "reason") or "—")
    for one in found:
        beneficial = one.get("beneficialOwnershipOrControl") is True
        yield {
            **parties,
            "share": exact(part(one, "share")),
            "kind": "beneficial" if beneficial else "direct",
            "valid_from": day(one, "startDate"),
            "valid_to": day(one, "endDate") or closed,
        }


def exact(share: Mapping[str, Any]) -> str:
    """A share in percent as text; empty when the source knows only a range."""
    low, high = share.get("minimum"), share.get("maximum")
    found = share.get("exact", low if low == high else None)
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""
