"""Finds many records at once by the keys that a source gives: its own, a number, or our id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from adaldyq.kernel.models import Body, Company, PersonIdentifier, SourceKey
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.queries.lookup import is_id
from adaldyq.kernel.registry import register_named


def records_by_key(register: str, source: str, keys: Collection[str]) -> dict[str, str]:
    """Ids of records by the source's own keys."""
    known = SourceKey.objects.filter(register=register, source=source, key__in=set(keys))
    return dict(known.values_list("key", "record_id"))


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
        rows = PersonIdentifier.objects.filter(value__in=wanted).values_list("value", "person_id")
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
    if ids:
        rows = register_named(register).records._default_manager.filter(pk__in=ids)
        found |= {str(pk): str(pk) for pk in rows.values_list("pk", flat=True)}
    return found
