"""Finds many records at once by the keys that a source gives: its own, a number, or our id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Body, Company, Person, PersonIdentifier, SourceKey
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.queries.lookup import is_id
from adaldyq.kernel.registry import register_named

BY_KEY = Compiled(
    lambda register, source, keys: SourceKey.objects.filter(
        register=register, source=source, key__any_of=keys
    ).values_list("key", "record_id"),
    str,
    str,
    list,
)
BY_NUMBER = Compiled(
    lambda numbers: PersonIdentifier.objects.filter(value__any_of=numbers).values_list("value", "person_id"), list
)
PEOPLE = Compiled(lambda keys: Person.objects.filter(pk__any_of=keys).values_list("pk", flat=True), list)


def records_by_key(register: str, source: str, keys: Collection[str]) -> dict[str, str]:
    """Ids of records by the source's own keys."""
    return dict(BY_KEY(register, source, list(set(keys))))


def records_by_others(register: str, source: str, keys: Collection[str]) -> dict[str, str]:
    """Ids of records by our own ids, and by keys under which other sources know exactly one."""
    wanted = set(keys)
    known = SourceKey.objects.filter(register=register, key__in=wanted).exclude(source=source)
    owners: dict[str, set[str]] = defaultdict(set)
    for key, record_id in known.values_list("key", "record_id"):
        owners[key].add(record_id)
    found = {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}
    rows = register_named(register).records._default_manager.filter(pk__in=[one for one in wanted if is_id(one)])
    return found | {str(pk): resolve(register, str(pk)) for pk in rows.values_list("pk", flat=True)}


def records_by_number(register: str, numbers: Collection[str]) -> dict[str, str]:
    """Ids of people, bodies or companies by numbers that belong to exactly one."""
    wanted = set(numbers)
    rows: Iterable[tuple[str, str]]
    if register == "person":
        rows = BY_NUMBER(list(wanted))
    elif register == "body":
        rows = Body.objects.filter(identifier__in=wanted).values_list("identifier", "id")
    elif register == "company":
        rows = Company.objects.filter(identifier__in=wanted).values_list("identifier", "id")
    else:
        return {}
    owners: dict[str, set[str]] = defaultdict(set)
    for number, record_id in rows:
        owners[number].add(record_id)
    return {number: next(iter(ids)) for number, ids in owners.items() if len(ids) == 1}


def references(register: str, source: str, texts: Collection[str]) -> dict[str, str]:
    """Ids of records that a file refers to, by what it calls them: the source's key, a number, or our id."""
    wanted = {text for text in texts if text}
    found = records_by_key(register, source, wanted)
    found |= records_by_number(register, wanted - set(found))
    ids = [text for text in wanted - set(found) if is_id(text)]
    if register == "person":
        found |= {key: key for key in PEOPLE(ids)}
    elif ids:
        rows = register_named(register).records._default_manager.filter(pk__in=ids)
        found |= {str(pk): str(pk) for pk in rows.values_list("pk", flat=True)}
    return found
