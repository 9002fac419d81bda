"""What a room does when a person is erased. It names its `Eraser` in its app's config as `eraser`, a dotted name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.apps import apps
from django.utils.module_loading import import_string

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id

REMOVED, STAYED = "removed", "stayed"


@dataclass(slots=True)
class Erasing:
    """An erasure on its way.

    Attributes:
        people: ids of the person and of the records that were merged into theirs.
        at: instant of the act.
        stand_in: id that stands wherever theirs must stay; it leads to nobody.
        ids: what must be found nowhere afterwards: the people, and their accounts that are removed.
        removed: keys of the records that went, by `app.Model`.
        stayed: how many records stay under the stand-in, by `app.Model`.
        lines: ids of other records whose lines of the ledger are forgotten too, since what they say has changed.
    """

    people: frozenset[str]
    at: datetime
    stand_in: str = field(default_factory=new_id)
    ids: set[str] = field(default_factory=set)
    removed: dict[str, set[str]] = field(default_factory=dict)
    stayed: dict[str, int] = field(default_factory=dict)
    lines: set[str] = field(default_factory=set)

    def note_removed(self, kind: str, keys: Iterable[object]) -> None:
        """Remember that records went."""
        if listed := {str(key) for key in keys}:
            self.removed.setdefault(kind, set()).update(listed)

    def note_stayed(self, kind: str, count: int) -> None:
        """Remember that records stay without the person."""
        if count:
            self.stayed[kind] = self.stayed.get(kind, 0) + count


@dataclass(frozen=True, slots=True)
class Eraser:
    """How a room lets a person go.

    Rows that lead to a person by a key need none of this: they go, or stay under the stand-in where the key protects
    the person. Nor does an id in a text or in JSON: it gives way to the stand-in.

    Attributes:
        forbids: what of these people the law still keeps on a day; each is a refusal with its sentence.
        erase: removes what the kernel cannot know, in the transaction of the act: names in texts, files, indexes.
        stays: columns, as `app.Model.column`, whose rows stay under the stand-in though the key would let them go.
            Where such rows are dated, nobody is erased while one of them lasts.
    """

    forbids: Callable[[Collection[str], date], Iterable[DomainError]]
    erase: Callable[[Erasing], None]
    stays: frozenset[str] = frozenset()


def erasers() -> Iterator[Eraser]:
    """Those of every room of this installation."""
    for config in apps.get_app_configs():
        if named := getattr(config, "eraser", ""):
            yield import_string(named)
