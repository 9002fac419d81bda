"""Finds bodies, companies and people by what a person types: a number, a record's id, or the beginning of a name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from adaldyq.base.ids import ALPHABET, LENGTH
from adaldyq.kernel.models import Body, Company, Merge, Person, PersonIdentifier, PersonName
from adaldyq.kernel.queries.history import MERGED, resolve

MOST_FOUND = 200
FEWEST_LETTERS = 2


def is_id(text: str) -> bool:
    """Whether a text can be the id of a record."""
    return len(text) == LENGTH and all(letter in ALPHABET for letter in text)


def bodies(text: str = "", level: str = "") -> QuerySet[Body]:
    """State bodies, narrowed by number, name or level."""
    found = Body.objects.exclude(pk__in=merged("body"))
    if level:
        found = found.filter(level=level)
    return found.filter(named(text)) if text else found


def companies(text: str = "") -> QuerySet[Company]:
    """Companies, narrowed by number or name."""
    found = Company.objects.exclude(pk__in=merged("company"))
    return found.filter(named(text)) if text else found


def merged(register: str) -> QuerySet[Merge, str]:
    """Ids of records that were merged into others."""
    return Merge.objects.filter(register=register, state__in=MERGED).values_list("merged_id", flat=True)


def named(text: str) -> Q:
    """The condition that a number is `text`, or a name holds it.

    Databases disagree about capital letters beyond ASCII, so that the usual ways to write a word are tried.
    """
    spellings = {text, text.lower(), text.upper(), text.capitalize(), text.title()}
    condition = Q(identifier=text)
    for spelling in spellings:
        condition |= Q(name__contains=spelling)
    return condition | Q(pk=resolve_either(text)) if is_id(text.upper()) else condition


def resolve_either(text: str) -> str:
    """The id that a typed one of a body or company leads to."""
    typed = text.upper()
    body = resolve("body", typed)
    return body if body != typed else resolve("company", typed)


def body(text: str) -> Body | None:
    """The one body that a number or id names."""
    typed = text.strip()
    if is_id(typed.upper()):
        by_id = Body.objects.filter(pk=resolve("body", typed.upper())).first()
        if by_id is not None:
            return by_id
    return Body.objects.filter(identifier=typed).first() if typed else None


def company(text: str) -> Company | None:
    """The one company that a registration number or id names."""
    typed = text.strip()
    if is_id(typed.upper()):
        by_id = Company.objects.filter(pk=resolve("company", typed.upper())).first()
        if by_id is not None:
            return by_id
    return Company.objects.filter(identifier=typed).first() if typed else None


def person(text: str) -> Person | None:
    """The one person whom a number or id names; none when a number belongs to two under different schemes."""
    typed = text.strip()
    if is_id(typed.upper()):
        by_id = Person.objects.filter(pk=resolve("person", typed.upper())).first()
        if by_id is not None:
            return by_id
    owners = PersonIdentifier.objects.filter(value=typed).values_list("person_id", flat=True).distinct()[:2]
    found = list(owners) if typed else []
    return Person.objects.get(pk=found[0]) if len(found) == 1 else None


def people(text: str) -> list[Person]:
    """People whom a number or id names, or whose name begins with `text`; at most two hundred."""
    typed = text.strip()
    if len(typed) < FEWEST_LETTERS:
        return []
    if exact := person(typed):
        return [exact]
    begins = Q(text__startswith=typed) | Q(text__startswith=typed.title())
    ids = PersonName.objects.filter(begins).values_list("person_id", flat=True).distinct()[:MOST_FOUND]
    return list(Person.objects.filter(pk__in={resolve("person", one) for one in ids}).order_by("birth_date", "id"))
