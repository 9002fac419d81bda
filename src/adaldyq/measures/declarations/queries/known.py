"""What registers say of people whose declarations are filed, read once for all that is made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from adaldyq.kernel import naming
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Body, PersonName

TOGETHER = 500
"""Keys in one statement."""


class Name(NamedTuple):
    """A name of a person: its language, its text, and whether it is in force."""

    language: str
    text: str
    current: bool


@dataclass(frozen=True)
class Known:
    """Names of people, in the order in which they were given, and bodies; by id."""

    names: Mapping[str, Sequence[Name]] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)

    def texts(self, person: str) -> list[str]:
        """All names that somebody has had."""
        return [one.text for one in self.names.get(person, ())]

    def current(self, person: str) -> dict[str, str]:
        """Names in force by language; of two in a language the one that was given first."""
        return {one.language: one.text for one in reversed(self.names.get(person, ())) if one.current}

    def called(self, person: str) -> str:
        """What somebody is called in the country's first language, else in any; their id when they have no name."""
        texts = {one.language: one.text for one in self.names.get(person, ()) if one.current}
        ranked = [texts[language] for language in naming.pack().languages if language in texts]
        return next(iter([*ranked, *texts.values()]), person)

    def with_body(self, body: str | None) -> Known:
        """The same, and one body more, unless it is there."""
        if not body or body in self.bodies:
            return self
        return Known(self.names, {**self.bodies, **bodies_of({body})})


def known_of(people: Collection[str], bodies: Iterable[str | None]) -> Known:
    """What registers say of people, and these bodies."""
    listed, rows = sorted(people), list[tuple[str, str, str, date | None]]()
    for start in range(0, len(listed), TOGETHER):
        some = listed[start : start + TOGETHER]
        rows += NAMES_OF_ONE(some[0]) if len(some) == 1 else NAMES(some)
    return known_from(rows, bodies_of({one for one in bodies if one}).values())


def known_from(rows: Iterable[tuple[str, str, str, date | None]], bodies: Iterable[Body]) -> Known:
    """The same, of rows of names and of bodies that were read."""
    names: dict[str, list[Name]] = {}
    for person, language, text, ended in rows:
        names.setdefault(person, []).append(Name(language, text, ended is None))
    return Known(names, {one.pk: one for one in bodies})


def bodies_of(keys: Collection[str]) -> dict[str, Body]:
    """Bodies by id."""
    if len(keys) == 1:
        return {one.pk: one for one in BODY(*keys)}
    return Body.objects.in_bulk(keys) if keys else {}


BODY = Compiled(lambda key: Body.objects.filter(pk=key), str)


def names_of(people: Sequence[str]) -> QuerySet[PersonName, tuple[str, str, str, date | None]]:
    """Names of people: whose, language, text, and the last day on which it was in force."""
    rows = PersonName.objects.filter(person_id__any_of=people).order_by("id")
    return rows.values_list("person_id", "language", "text", "valid_to")


NAMES = Compiled(names_of, list)
NAMES_OF_ONE = Compiled(
    lambda person: (
        PersonName.objects.filter(person=person).order_by("id").values_list("person_id", "language", "text", "valid_to")
    ),
    str,
)
