"""Events of companies: their beginning, their owners, their end."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.db.models import Model
from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import companies
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api.values import PRINTABLE, Day, RecordId, Text
from adaldyq.kernel.models import Company, Person
from adaldyq.portal.api.events.kinds import event
from adaldyq.portal.api.events.recording import Event, record_of, territory_of

router = Router(tags=["events: companies"])

Code = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=20)]
MOST_PERCENT, PLACES = 100, 6


class CompanyIn(Event):
    """A company is registered."""

    name: Text
    legal_form: Code = Field(description="From the country pack's list.")
    registered: Day
    identifier: Code | None = Field(None, description="Registration number, such as the BIN.")
    activity: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=10)] = ""
    territory_id: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=12)] | None = None
    head_id: RecordId | None = None


class OwnerNamed(Event):
    """An event with an owner; exactly one is named."""

    owner_person_id: RecordId | None = None
    owner_company_id: RecordId | None = None


class OwnerIn(OwnerNamed):
    """Somebody owns a share from a day; exactly one owner is named."""

    company_id: RecordId
    kind: Literal["direct", "beneficial"]
    share: Decimal | None = Field(
        None, gt=0, le=MOST_PERCENT, decimal_places=PLACES, max_digits=9, description="In percent."
    )
    since: Day


class OwnerEndIn(Event):
    """A share ends."""

    ownership_id: RecordId
    until: Day = Field(description="Last day.")


class CompanyEndIn(Event):
    """A company is struck off; shares in it end with that day."""

    company_id: RecordId
    until: Day = Field(description="Last day.")


@event(router, "companies", route="api-events-company", summary="A company is registered")
def register_company(given: CompanyIn, by: Actor, at: datetime) -> Model:
    """Register a company."""
    return companies.register_company(
        name=given.name,
        legal_form=given.legal_form,
        registered=given.registered,
        facts=facts_of(given),
        origin=given.origin,
        by=by,
        at=at,
    )


def facts_of(given: CompanyIn) -> dict[str, Any]:
    """Facts of a company where they are known.

    Raises:
        DomainError: `no-such-record` for the head or the territory.
    """
    facts: dict[str, Any] = {"activity": given.activity, "identifier": given.identifier or ""}
    if given.head_id:
        facts["head"] = record_of("person", given.head_id, "head_id")
    if given.territory_id:
        facts["territory"] = territory_of(given.territory_id)
    return facts


@event(router, "owners", route="api-events-owner", summary="Somebody owns a share")
def record_owner(given: OwnerIn, by: Actor, at: datetime) -> Model:
    """Record what somebody owns of a company from a day; their share before ends the day before."""
    return companies.record_ownership(
        company=record_of("company", given.company_id, "company_id"),
        owner=owner_of(given),
        share=given.share,
        kind=given.kind,
        since=given.since,
        origin=given.origin,
        by=by,
        at=at,
    )


def owner_of(given: OwnerNamed) -> Person | Company:
    """The one owner who is named.

    Raises:
        DomainError: `one-owner` when none or two are named, `no-such-record`.
    """
    if bool(given.owner_person_id) == bool(given.owner_company_id):
        raise DomainError("one-owner", field="owner_person_id")
    if given.owner_person_id:
        person: Person = record_of("person", given.owner_person_id, "owner_person_id")
        return person
    company: Company = record_of("company", given.owner_company_id or "", "owner_company_id")
    return company


@event(router, "owner-ends", route="api-events-owner-end", summary="A share ends")
def end_owner(given: OwnerEndIn, by: Actor, at: datetime) -> Model:
    """End a share, as when it is sold."""
    return companies.end_ownership(
        ownership=record_of("ownership", given.ownership_id, "ownership_id"),
        until=given.until,
        origin=given.origin,
        by=by,
        at=at,
    )


@event(
    router, "company-ends", route="api-events-company-end", summary="A company ends", changes=("company", "company_id")
)
def end_company(given: CompanyEndIn, by: Actor, at: datetime) -> Model:
    """Strike a company off."""
    return companies.close_company(
        company=record_of("company", given.company_id, "company_id"),
        until=given.until,
        origin=given.origin,
        by=by,
        at=at,
    )
