"""Events of people and families: births, names, numbers, moves, ties."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.db.models import Model
from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.kernel.actions import people
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api.values import PRINTABLE, Country, Day, Given, Number, RecordId, Short, Text
from adaldyq.kernel.models import Person
from adaldyq.portal.api.events.kinds import event
from adaldyq.portal.api.events.recording import Event, record_of, territory_of

router = Router(tags=["events: people and families"])

Language = Annotated[str, StringConstraints(pattern="^[a-z]{2,3}$")]
Script = Annotated[str, StringConstraints(pattern="^[A-Z][a-z]{3}$")]
MOST_NAMES = 20


class NameIn(Given):
    """What a person is called in one language and script."""

    language: Language = Field(description="BCP 47, such as kk.")
    script: Script = Field(description="ISO 15924, such as Cyrl.")
    text: Text = Field(description="The name in full.")
    family_name: Short = ""
    given_name: Short = ""
    patronymic: Short = ""

    @property
    def spelling(self) -> people.Spelling:
        """The same for an act."""
        return people.Spelling(**self.model_dump())


class NumberIn(Given):
    """A number that a scheme of a country gave."""

    scheme: Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=30)]
    country: Country
    value: Number


class PersonIn(Event):
    """A person enters the register, as by birth."""

    names: list[NameIn] = Field(min_length=1, max_length=MOST_NAMES)
    number: NumberIn | None = None
    birth_date: Day | None = None
    sex: Literal["f", "m", ""] = ""
    country: Country | None = Field(None, description="Citizenship, ISO 3166-1.")


class AboutPerson(Event):
    """An event about a person who is in the register."""

    person_id: RecordId


class PersonNameIn(AboutPerson):
    """A person is called otherwise from a day."""

    name: NameIn
    since: Day


class PersonNumberIn(AboutPerson):
    """A scheme gave a person a number."""

    number: NumberIn
    since: Day | None = None


class ResidenceIn(AboutPerson):
    """A person moves."""

    territory_id: Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=12)]
    dwelling: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=20)] = Field(
        "", description="Opaque; equal for those who live together."
    )
    since: Day


class TieIn(AboutPerson):
    """Two people become a family."""

    relative_id: RecordId
    kind: Literal["spouse", "child", "parent", "sibling"] = Field(description="What the relative is to the person.")
    since: Day | None = None


class TieEndIn(Event):
    """A tie ends, as by divorce."""

    tie_id: RecordId
    until: Day = Field(description="Last day.")


def person_of(given: AboutPerson) -> Person:
    """The person whom an event is about.

    Raises:
        DomainError: `no-such-record`.
    """
    person: Person = record_of("person", given.person_id, "person_id")
    return person


@event(router, "people", route="api-events-person", summary="A person is registered")
def register_person(given: PersonIn, by: Actor, at: datetime) -> Model:
    """Register a person; ties and a residence follow as events of their own."""
    number = people.Number(**given.number.model_dump()) if given.number else None
    return people.register_person(
        names=[one.spelling for one in given.names],
        number=number,
        birth_date=given.birth_date,
        sex=given.sex,
        country=given.country or "",
        origin=given.origin,
        by=by,
        at=at,
    )


@event(router, "names", route="api-events-name", summary="A name changes", changes=("person", "person_id"))
def record_name(given: PersonNameIn, by: Actor, at: datetime) -> Model:
    """Record that a person is called otherwise from a day."""
    return people.record_name(
        person=person_of(given), name=given.name.spelling, since=given.since, origin=given.origin, by=by, at=at
    )


@event(router, "numbers", route="api-events-identifier", summary="A number is given", changes=("person", "person_id"))
def record_number(given: PersonNumberIn, by: Actor, at: datetime) -> Model:
    """Record a number that a scheme gave a person."""
    number = people.Number(**given.number.model_dump())
    return people.record_identifier(
        person=person_of(given), number=number, since=given.since, origin=given.origin, by=by, at=at
    )


@event(router, "residences", route="api-events-residence", summary="A person moves", changes=("person", "person_id"))
def record_residence(given: ResidenceIn, by: Actor, at: datetime) -> Model:
    """Record where a person is registered to live from a day."""
    return people.record_residence(
        person=person_of(given),
        territory=territory_of(given.territory_id),
        dwelling=given.dwelling,
        since=given.since,
        origin=given.origin,
        by=by,
        at=at,
    )


@event(router, "ties", route="api-events-tie", summary="Two become a family")
def record_tie(given: TieIn, by: Actor, at: datetime) -> Model:
    """Record a tie, as by marriage or birth, on both sides; the id is of the side that was named first."""
    return people.record_tie(
        person=person_of(given),
        relative=record_of("person", given.relative_id, "relative_id"),
        kind=given.kind,
        since=given.since,
        origin=given.origin,
        by=by,
        at=at,
    ).of


@event(router, "tie-ends", route="api-events-tie-end", summary="A tie ends")
def end_tie(given: TieEndIn, by: Actor, at: datetime) -> Model:
    """End a tie, as by divorce, on both sides."""
    return people.end_tie(
        tie=record_of("family_tie", given.tie_id, "tie_id"),
        until=given.until,
        origin=given.origin,
        by=by,
        at=at,
    ).of
