"""The registries as a stream of records with the names they need, for files that leave the house.

Without `everything` only what is public comes: bodies, posts and who holds those whose holder the law names,
companies, shares and who owns them. People come with their names only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from adaldyq.kernel.models import (
    Appointment,
    Body,
    Company,
    FamilyTie,
    Ownership,
    Person,
    PersonIdentifier,
    PersonName,
    Post,
)

Row = TypeVar("Row", bound=Model)
TOGETHER = 2000
NAMED_HOLDER = Q(post__declares=True) | Q(post__heads_body=True)


@dataclass(slots=True)
class ExportedPerson:
    """A person with what may leave: names, and the rest only in an export of everything."""

    person: Person
    names: list[PersonName] = field(default_factory=list)
    identifiers: list[PersonIdentifier] = field(default_factory=list)
    whole: bool = False


def chunks(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Rows in the order of their ids, some thousands at a time, so that memory stays the same."""
    stream = rows.order_by("pk").iterator(TOGETHER)
    while chunk := list(islice(stream, TOGETHER)):
        yield chunk


def bodies() -> Iterator[Body]:
    """State bodies."""
    for chunk in chunks(Body.objects.all()):
        yield from chunk


def posts() -> Iterator[Post]:
    """Posts."""
    for chunk in chunks(Post.objects.all()):
        yield from chunk


def companies() -> Iterator[Company]:
    """Companies."""
    for chunk in chunks(Company.objects.all()):
        yield from chunk


def appointments(*, everything: bool) -> Iterator[Appointment]:
    """Who holds and held posts; of the posts whose holder the law names, unless everything is asked for."""
    rows = Appointment.objects.select_related("post")
    for chunk in chunks(rows if everything else rows.filter(NAMED_HOLDER)):
        yield from chunk


def shares() -> Iterator[Ownership]:
    """Shares in companies."""
    for chunk in chunks(Ownership.objects.select_related("company")):
        yield from chunk


def ties() -> Iterator[FamilyTie]:
    """Family ties, from each side; never public."""
    for chunk in chunks(FamilyTie.objects.all()):
        yield from chunk


def people(*, everything: bool) -> Iterator[list[ExportedPerson]]:
    """People, some thousands at a time: those whom something public names, or everybody."""
    rows = Person.objects.all()
    if not everything:
        named = Q(pk__in=Appointment.objects.filter(NAMED_HOLDER).values("person_id"))
        named |= Q(pk__in=Ownership.objects.filter(owner_person__isnull=False).values("owner_person_id"))
        named |= Q(pk__in=Company.objects.filter(head__isnull=False).values("head_id"))
        rows = rows.filter(named)
    for chunk in chunks(rows):
        yield with_names(chunk, everything=everything)


def with_names(chunk: Collection[Person], *, everything: bool) -> list[ExportedPerson]:
    """People with their present names, and with numbers where everything is asked for."""
    ids = [one.pk for one in chunk]
    names: dict[str, list[PersonName]] = defaultdict(list)
    for name in PersonName.objects.filter(person_id__in=ids, valid_to__isnull=True).order_by("language", "id"):
        names[name.person_id].append(name)
    numbers: dict[str, list[PersonIdentifier]] = defaultdict(list)
    if everything:
        for number in PersonIdentifier.objects.filter(person_id__in=ids, valid_to__isnull=True).order_by("id"):
            numbers[number.person_id].append(number)
    return [ExportedPerson(one, names[one.pk], numbers[one.pk], everything) for one in chunk]
