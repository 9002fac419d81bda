"""Finds bodies, companies and people by what a person types: a number, a record's id, or words of a name."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from adaldyq.base.ids import ALPHABET, LENGTH
from adaldyq.base.name_keys import asked_keys, beginnings, loose_keys, may_be_one, name_words
from adaldyq.base.names import comparison_key
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Body, Company, Merge, NameKey, Person, PersonIdentifier, PersonName
from adaldyq.kernel.queries.history import MERGED, resolve

MOST_FOUND = 200
MOST_LOOKED_AT = 2000
MOST_NAMESAKES = 20
FEWEST_LETTERS = 2
BODY = Compiled(lambda key: Body.objects.filter(pk=key), str)
BODY_OF_NUMBER = Compiled(lambda number: Body.objects.filter(identifier=number).order_by("pk"), str)


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
        by_id = BODY.first(resolve("body", typed.upper()))
        if by_id is not None:
            return by_id
    return BODY_OF_NUMBER.first(typed) if typed else None


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
    """People whom a number or id names, or whose name has every word of `text`; at most two hundred.

    In any order, script and spelling; the last word may be a beginning, and an initial stands for any word that
    begins so. Those whose name compares equal come first.
    """
    typed = text.strip()
    if len(typed) < FEWEST_LETTERS:
        return []
    if exact := person(typed):
        return [exact]
    ids = list(called(typed).values_list("person_id", flat=True).distinct()[:MOST_LOOKED_AT])
    kept = dict.fromkeys(resolve("person", one) for one in best(typed, ids)[:MOST_FOUND])
    found = Person.objects.in_bulk(kept)
    return [found[one] for one in kept if one in found]


def called(text: str) -> QuerySet[NameKey]:
    """Keys of people whose name has every word of a text; none when it has no word of a name."""
    words = name_words(text)
    groups = [Q(key__in=keys) for keys in asked_keys(text)]
    if len(groups) != len(words) or not groups:
        return NameKey.objects.none()
    if len(words[-1]) >= FEWEST_LETTERS:
        groups[-1] |= begun(beginnings(words[-1]))
    groups = [begun(loose_keys(word)) if len(word) == 1 else group for word, group in zip(words, groups, strict=True)]
    first, *others = groups
    found = NameKey.objects.filter(first)
    for group in others:
        found = found.filter(person__in=NameKey.objects.filter(group).values("person"))
    return found


def begun(starts: Iterable[str]) -> Q:
    """The condition that a key begins in one of some ways; as a range, for which every database has its index."""
    condition = Q(pk__in=())
    for start in starts:
        condition |= Q(key__gte=start, key__lt=start[:-1] + chr(ord(start[-1]) + 1))
    return condition


def best(text: str, ids: Iterable[str]) -> list[str]:
    """People with those first whose name has more words that compare equal to those of a text."""
    wanted = set(comparison_key(text).split())
    equal: dict[str, int] = dict.fromkeys(ids, 0)
    for key, name in PersonName.objects.filter(person_id__in=equal).values_list("person_id", "text"):
        equal[key] = max(equal[key], len(wanted.intersection(comparison_key(name).split())))
    return sorted(equal, key=lambda key: (-equal[key], key))


def namesakes(one: Person) -> list[Person]:
    """People who may be the same as one by name and birth, for a registrar to look at; at most twenty.

    The day of birth must be equal or unknown, and each word of the shorter name must meet one of the other
    (`base.name_keys.may_be_one`).
    """
    names = list(PersonName.objects.filter(person=one).values_list("text", flat=True))
    words = [keys for name in names for keys in asked_keys(name)]
    near = NameKey.objects.filter(key__in={key for keys in words for key in keys}).exclude(person=one)
    if one.birth_date:
        near = near.filter(Q(person__birth_date=one.birth_date) | Q(person__birth_date=None))
    shared = near.values("person").annotate(shared=Count("key")).order_by("-shared", "person")
    ids = list(shared.values_list("person", flat=True)[:MOST_FOUND])
    theirs: dict[str, list[str]] = {}
    for person_id, text in PersonName.objects.filter(person_id__in=ids).values_list("person_id", "text"):
        theirs.setdefault(person_id, []).append(text)
    alike = [key for key in ids if any(may_be_one(name, other) for other in theirs.get(key, ()) for name in names)]
    gone = set(merged("person").filter(merged_id__in=alike))
    kept = Person.objects.in_bulk([key for key in alike if key not in gone][:MOST_NAMESAKES])
    return [found for found in kept.values() if not {found.sex, one.sex} >= {"f", "m"}]
