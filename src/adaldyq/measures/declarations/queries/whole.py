"""All open declarations, or a part of the register, with their open rows: for files, in memory for a few at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language, override

from adaldyq.kernel import naming
from adaldyq.kernel.models import Appointment, Body, Person
from adaldyq.kernel.queries.exports import ExportedPerson, with_names
from adaldyq.kernel.queries.history import kept_ids, merged_into
from adaldyq.measures.declarations.adapters.entities import Told
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import CURRENT
from adaldyq.measures.declarations.queries.sections import Contents

PEOPLE_AT_ONCE = 200

Part = QuerySet[Declaration]
"""A part of the register: open declarations in force."""


@dataclass(frozen=True)
class Some:
    """Open declarations in force of some people, oldest year first, with their rows and what the people are called."""

    declarations: Sequence[Declaration]
    contents: Contents
    names: dict[str, str]

    @property
    def people(self) -> list[str]:
        """Ids of the declarants."""
        return list(dict.fromkeys(one.person_id for one in self.declarations))


def declared(found: Part) -> Iterator[Some]:
    """A part of the register person by person, in the language of now."""
    language, last = get_language(), ""
    while people := following(found, last):
        rows = list(found.filter(person_id__in=people).order_by("person_id", "year", "form"))
        kept = kept_ids("person", people)
        for one in rows:
            one.person_id = kept.get(one.person_id, one.person_id)  # told, and never written
        with override(language):
            names = naming.names_of([*people, *kept.values()])
        yield Some(rows, Contents(rows), names)
        last = people[-1]


def following(found: Part, last: str) -> list[str]:
    """The next people of a part of the register by id."""
    after = found.filter(person_id__gt=last).order_by("person_id")
    return list(after.values_list("person_id", flat=True).distinct()[:PEOPLE_AT_ONCE])


def of_person(person_id: str) -> Part:
    """Open declarations in force of one person, also those that stayed with a record merged into theirs."""
    return Declaration.objects.filter(CURRENT, person_id__in=merged_into("person", person_id))


def declarants(people: Sequence[str]) -> list[ExportedPerson]:
    """People who declare openly, with their names and nothing else."""
    return with_names(list(Person.objects.filter(pk__in=people).order_by("pk")), everything=False)


def posts_held(people: Sequence[str]) -> list[Appointment]:
    """Posts that they hold and held, as their pages show."""
    rows = Appointment.objects.filter(person_id__in=people).select_related("post__body")
    return list(rows.order_by("person_id", "valid_from", "id"))


def bodies(ids: set[str]) -> list[Body]:
    """State bodies by id."""
    return list(Body.objects.filter(pk__in=ids).order_by("pk"))


def told_of(one: Declaration, some: Some, page: str) -> Told:
    """A declaration as the public may see it."""
    return Told(
        id=one.pk,
        person_id=one.person_id,
        name=some.names.get(one.person_id, one.declarant_name),
        year=one.year,
        body_id=one.body_id or "",
        post=one.post_title,
        page=page,
        sections=some.contents.opened(one),
    )
