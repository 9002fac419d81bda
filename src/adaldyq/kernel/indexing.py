"""Filling the search anew from what the registers hold, for a database that was filled before there was a search.

A room names what it makes findable in its app's config as `searchables`, the dotted name of a tuple of `Searchable`.
How far each kind has come is a row, written with each batch: a rebuild that was stopped goes on there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from adaldyq.kernel.models import SearchEntry, SearchRebuild
from adaldyq.kernel.search import take_out

KEYS_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Searchable:
    """One kind of public things that the search finds.

    Attributes:
        kind: as in its entries.
        title: of many, a lazy translation.
        count: how many there are.
        keys_after: at most so many of their ids after one, in the order of the database.
        put: lets the search find those with some ids.
        register: base registry of whose records their ids are, so that they follow when two records become one; empty
            for ids of their own, and where merges say it themselves.
    """

    kind: str
    title: object
    count: Callable[[], int]
    keys_after: Callable[[str, int], list[str]]
    put: Callable[[Sequence[str]], None]
    register: str = ""


def searchables() -> list[Searchable]:
    """What every room makes findable."""
    configs = [config for config in apps.get_app_configs() if hasattr(config, "searchables")]
    return [one for config in configs for one in import_string(config.searchables)]


def follow(register: str, gone: Collection[str], kept: Collection[str]) -> None:
    """Let the search find what is told of records of a registry under their ids of now. Part of the caller's transaction."""
    for one in searchables():
        if one.register == register:
            take_out(one.kind, gone)
            one.put(list(kept))


def lacking() -> list[Searchable]:
    """Kinds of which the search has fewer than there are, or whose rebuild was stopped."""
    stopped = set(SearchRebuild.objects.filter(finished_at=None).values_list("kind", flat=True))
    return [
        one
        for one in searchables()
        if one.kind in stopped or SearchEntry.objects.filter(kind=one.kind).count() < one.count()
    ]


def rebuild(one: Searchable, *, at: datetime) -> Iterator[int]:
    """Put everything of a kind into the search and take out what is no longer there; yields how many are done.

    Goes on where a rebuild of this kind was stopped.
    """
    with transaction.atomic():
        state, _new = SearchRebuild.objects.get_or_create(kind=one.kind, finished_at=None, defaults={"started_at": at})
    while True:
        with transaction.atomic():
            held = SearchRebuild.objects.select_for_update().get(pk=state.pk)
            keys = one.keys_after(held.reached, KEYS_TOGETHER)
            clear(one.kind, held.reached, keys)
            if keys:
                one.put(keys)
                held.reached, held.done = keys[-1], held.done + len(keys)
            else:
                held.finished_at = at
            held.save()
        yield held.done
        if not keys:
            return


def clear(kind: str, after: str, keys: Sequence[str]) -> None:
    """Take entries out that lie between two ids and are no longer among the things there."""
    rows = SearchEntry.objects.filter(kind=kind, key__gt=after).exclude(key__in=keys)
    if keys:
        rows = rows.filter(key__lt=keys[-1])
    if gone := list(rows.values_list("key", flat=True)):
        take_out(kind, gone)
