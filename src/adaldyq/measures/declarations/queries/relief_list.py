"""Whom a decision about many people means."""

from __future__ import annotations

from collections.abc import Sequence

from adaldyq.kernel.models import Person, PersonIdentifier
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.queries.lookup import is_id
from adaldyq.measures.declarations.models import Obligation

MOST = 500
"""People about whom one act decides; of more there are several lists."""


def named_people(typed: Sequence[str]) -> dict[str, str]:
    """Ids of the people whom numbers or ids name; a number of two people names nobody."""
    owners: dict[str, set[str]] = {}
    for value, person in PersonIdentifier.objects.filter(value__in=typed).values_list("value", "person_id"):
        owners.setdefault(value, set()).add(person)
    found = {value: people.pop() for value, people in owners.items() if len(people) == 1}
    ids = {one: resolve("person", one.upper()) for one in typed if one not in found and is_id(one.upper())}
    there = set(Person.objects.filter(pk__in=set(ids.values())).values_list("pk", flat=True))
    return found | {one: person for one, person in ids.items() if person in there}


def owed_in(body: str, year: int) -> list[Obligation]:
    """What people of a body have still to file for a year; not what their spouses have."""
    found = Obligation.objects.filter(body=body, year=year, as_spouse=False, filed_date=None)
    return list(found.select_related("body").order_by("person_id", "form"))


def owed_by(person: str, year: int) -> list[Obligation]:
    """What a person had to file for a year, filed or not."""
    return list(Obligation.objects.filter(person=person, year=year).select_related("body").order_by("form"))
