"""Rows of people, of where they live, and of their families."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.kernel.actions import people
from adaldyq.kernel.api.values import PRINTABLE, Country, Day, Given
from adaldyq.kernel.models import FamilyTie, Person, PersonIdentifier, Residence
from adaldyq.kernel.queries.history import names_of
from adaldyq.portal.api.events.people import MOST_NAMES, NameIn, NumberIn
from adaldyq.portal.api.events.recording import record_of, territory_of
from adaldyq.portal.api.rows.taking import Outcome, Reference, Stated, Told, again, meant, rows

router = Router(tags=["rows"])


class PersonRow(Given):
    """A person; they are found again by the number."""

    number: NumberIn
    names: list[NameIn] = Field(min_length=1, max_length=MOST_NAMES, description="As they are now.")
    names_since: Day | None = Field(None, description="First day of names that differ; `as_of` when left out.")
    birth_date: Day | None = None
    death_date: Day | None = None
    sex: Literal["f", "m"] | None = None
    country: Country | None = Field(None, description="Citizenship, ISO 3166-1.")


class ResidenceRow(Given):
    """Where a person is registered to live; it is found again by the person and the first day."""

    person: Reference = Field(description="Number or id of the person.")
    territory_id: Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=12)]
    dwelling: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=20)] = Field(
        "", description="Opaque; equal for those who live together."
    )
    since: Day
    until: Day | None = Field(None, description="Last day, when no other residence follows.")


class TieRow(Given):
    """A tie between two people, stated from one side; it is found again by both, the kind and the first day."""

    person: Reference = Field(description="Number or id of the person.")
    relative: Reference = Field(description="Number or id of the relative.")
    kind: Literal["spouse", "child", "parent", "sibling"] = Field(description="What the relative is to the person.")
    since: Day | None = None
    until: Day | None = Field(None, description="Last day, as of a marriage.")


@rows(router, "people", route="api-rows-people", summary="Rows of people")
def put_person(given: PersonRow, told: Told) -> Stated:
    """Bring people up to rows: registered when new, facts changed where they differ, names that differ begun."""
    number = people.Number(**given.number.model_dump())
    known = PersonIdentifier.objects.filter(**given.number.model_dump()).first()
    if known is not None:
        return put_known(record_of("person", known.person_id, "number"), given, told)
    names = [one.spelling for one in given.names]
    facts: dict[str, Any] = {"birth_date": given.birth_date, "sex": given.sex or "", "country": given.country or ""}
    made = people.register_person(names=names, number=number, **facts, **told.who)
    told.change("person", made, {"death_date": given.death_date})
    return Stated(made, Outcome.CREATED)


def put_known(present: Person, given: PersonRow, told: Told) -> Stated:
    """Bring a person who is registered up to their row.

    Raises:
        DomainError: what the acts refuse.
    """
    facts: dict[str, Any] = {name: getattr(given, name) for name in ("birth_date", "death_date", "sex", "country")}
    changed = told.change("person", present, facts)
    since = given.names_since or told.origin.as_of
    held = {(one.language, one.script): one.text for one in names_of(present.pk, told.origin.as_of)}
    for name in given.names:
        if held.get((name.language, name.script)) != name.text.strip():
            people.record_name(person=present, name=name.spelling, since=since, **told.who)
            changed = True
    return Stated(present, Outcome.CHANGED if changed else Outcome.UNCHANGED)


@rows(router, "residences", route="api-rows-residences", summary="Rows of residence")
def put_residence(given: ResidenceRow, told: Told) -> Stated:
    """Bring residences up to rows: a later one ends the one before, `until` ends one that no other follows."""
    person, territory = meant("person", given.person, "person"), territory_of(given.territory_id)
    present = Residence.objects.filter(person=person, valid_from=given.since).first()

    def end() -> Residence:
        return people.end_residence(residence=present or begun, until=given.until or given.since, **told.who)

    if present is not None:
        return again(present, {"territory_id": territory.pk, "dwelling": given.dwelling}, given.until, end)
    place: dict[str, Any] = {"territory": territory, "dwelling": given.dwelling, "since": given.since}
    begun = people.record_residence(person=person, **place, **told.who)
    return Stated(end() if given.until else begun, Outcome.CREATED)


@rows(router, "ties", route="api-rows-ties", summary="Rows of family ties")
def put_tie(given: TieRow, told: Told) -> Stated:
    """Bring family ties up to rows; the other side is written by itself."""
    person, relative = meant("person", given.person, "person"), meant("person", given.relative, "relative")
    named: dict[str, Any] = {"person": person, "relative": relative, "kind": given.kind}
    present = FamilyTie.objects.filter(**named, valid_from=given.since).first()

    def end() -> FamilyTie:
        until = given.until or told.origin.as_of
        return people.end_tie(tie=present or begun, until=until, **told.who).of

    if present is not None:
        return again(present, {}, given.until, end)
    begun = people.record_tie(**named, since=given.since, **told.who).of
    return Stated(end() if given.until else begun, Outcome.CREATED)
