"""Operations of the registers of people and families, for institutions. Every record shown is noted as read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import reads
from adaldyq.kernel.api.values import Day, Given, Number
from adaldyq.kernel.models import FamilyTie, Person
from adaldyq.kernel.queries import history, keys, lookup

router = Router(tags=["people"])
PERSON = "person"
MOST_NUMBERS = 100


class DayAsked(Schema):
    """The day of which is asked."""

    day: Day | None = Field(None, description="The registers as they were on it; today when left out.")

    def chosen(self) -> date:
        """The day, today when none was given."""
        return self.day or timezone.localdate()


class NameOut(Schema):
    """What a person is called in one language and script."""

    language: str
    script: str
    text: str = Field(description="The name in full.")
    family_name: str
    given_name: str
    patronymic: str
    valid_from: date | None


class NumberOut(Schema):
    """A number that a scheme of a country gave."""

    scheme: str
    country: str
    value: str
    valid_from: date | None


class ResidenceOut(Schema):
    """Where a person is registered to live."""

    territory_id: str
    dwelling: str = Field(description="Opaque; equal for those who live together.")
    valid_from: date | None


class PersonOut(Schema):
    """A person as the register has them on a day."""

    id: str
    names: list[NameOut]
    numbers: list[NumberOut]
    birth_date: date | None
    death_date: date | None
    sex: str = Field(description="f, m, or empty.")
    country: str = Field(description="Citizenship, ISO 3166-1; empty when unknown.")
    residence: ResidenceOut | None
    source: str
    as_of: date


class NumbersIn(Given):
    """Whom to look up. Numbers go in the body of the request, so that no log of addresses keeps them."""

    numbers: list[Number] = Field(min_length=1, max_length=MOST_NUMBERS)


class FoundOut(Schema):
    """Whom a number names."""

    number: str
    person_id: str | None = Field(description="Null when nobody has it, or two have it under different schemes.")


class RelativeOut(Schema):
    """A tie of a person."""

    id: str = Field(description="Of the tie.")
    relative_id: str
    kind: str = Field(description="What the relative is to the person: spouse, child, parent or sibling.")
    valid_from: date | None
    valid_to: date | None


@router.post("/people-lookup", response=list[FoundOut], url_name="api-people-lookup", summary="People by their numbers")
def look_up(request: HttpRequest, given: NumbersIn) -> list[dict[str, Any]]:
    """Find people by their numbers, at most a hundred at once."""
    found = keys.records_by_number(PERSON, given.numbers)
    reads.note(request, PERSON, [(one, one) for one in found.values()])
    return [{"number": one, "person_id": found.get(one)} for one in dict.fromkeys(given.numbers)]


@router.get("/people/{person_id}", response=PersonOut, url_name="api-person", summary="A person on a day")
def person(request: HttpRequest, person_id: str, asked: Query[DayAsked]) -> dict[str, Any]:
    """A person as the register has them on a day; the id of one that was merged leads to the one that is kept.

    Raises:
        Http404: there is none.
    """
    one = kept(person_id)
    reads.note(request, PERSON, [(one.pk, one.pk)])
    return facts_of(one, asked.chosen())


def facts_of(one: Person, day: date) -> dict[str, Any]:
    """A person on a day as an answer."""
    facts = history.facts_on(PERSON, one.pk, day)
    return {
        "id": one.pk,
        "names": list(history.names_of(one.pk, day)),
        "numbers": list(history.identifiers_of(one.pk, day)),
        **{name: facts[name] for name in ("birth_date", "death_date", "sex", "country")},
        "residence": history.residence_of(one.pk, day),
        "source": one.source,
        "as_of": one.as_of,
    }


def kept(person_id: str) -> Person:
    """The person with this id, or the one whom they were merged into.

    Raises:
        Http404: there is none.
    """
    known = history.resolve(PERSON, person_id) if lookup.is_id(person_id) else ""
    found = Person.objects.filter(pk=known).first() if known else None
    if found is None:
        raise Http404(person_id)
    return found


@router.get(
    "/people/{person_id}/family", response=list[RelativeOut], url_name="api-family", summary="Family of a person"
)
def family(request: HttpRequest, person_id: str, asked: Query[DayAsked]) -> Iterable[FamilyTie]:
    """The family of a person on a day: spouse, parents, children, siblings as the register has them.

    Raises:
        Http404: there is no such person.
    """
    one = kept(person_id)
    ties = list(history.family_of(one.pk, asked.chosen()))
    shown = [one.pk, *(tie.relative_id for tie in ties)]
    reads.note(request, PERSON, [(person_id, person_id) for person_id in shown])
    return ties
