"""Open declarations in the order in which they were filed, for those who follow the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import CURRENT, OPEN
from adaldyq.measures.declarations.queries import register
from adaldyq.measures.declarations.queries.register import Entry

ENTRIES = 100
"""Entries of a part: a reader that asks once an hour misses none while fewer than this are filed, else follows `next`."""


class UnknownEntry(LookupError):
    """Nothing open was filed under the id after which the feed was to go on."""


@dataclass(frozen=True, slots=True)
class Began:
    """The first version of a declaration that was amended, and the version that is replaced.

    Attributes:
        id: of the first version, by which the declaration is known in all its versions.
        filed_at: when it was filed; none when the source does not say.
        replaced: id of the version before.
    """

    id: str
    filed_at: datetime | None
    replaced: str


@dataclass(frozen=True, slots=True)
class Filings:
    """A part of the filings, newest first; `last` is the id to go on after, empty when there are no more.

    Attributes:
        began: of those that are amendments, what they amend, by id.
    """

    entries: Sequence[Entry]
    last: str
    began: Mapping[str, Began] = field(default_factory=dict)


def filings(body_id: str = "", after: str = "") -> Filings:
    """Open declarations in force whose instant of filing is known, newest first.

    Args:
        body_id: of one body only.
        after: id of the declaration that ended the part before.

    Raises:
        UnknownEntry: `after` is no open declaration with an instant of filing.
    """
    found = Declaration.objects.filter(CURRENT, filed_at__isnull=False)
    if body_id:
        found = found.filter(body_id=body_id)
    if after:
        told = Declaration.objects.filter(OPEN, pk=after, filed_at__isnull=False).only("filed_at").first()
        if told is None:
            raise UnknownEntry(after)
        found = found.filter(filed_at__lte=told.filed_at).exclude(Q(filed_at=told.filed_at, pk__lte=told.pk))
    rows = list(found.order_by("-filed_at", "id")[: ENTRIES + 1])
    part = rows[:ENTRIES]
    return Filings(register.entries(part), part[-1].pk if len(rows) > ENTRIES else "", began(part))


def began(part: Sequence[Declaration]) -> dict[str, Began]:
    """What amendments amend, by their id; only open versions are told of."""
    amended = [one for one in part if one.version > 1]
    earlier: dict[tuple[str, str, int], list[Declaration]] = {}
    people = {one.person_id for one in amended}
    for one in Declaration.objects.filter(OPEN, person_id__in=people, is_current=False).order_by("version"):
        earlier.setdefault((one.person_id, one.form, one.year), []).append(one)
    found = {}
    for one in amended:
        if before := earlier.get((one.person_id, one.form, one.year)):
            found[one.pk] = Began(before[0].pk, before[0].filed_at, before[-1].pk)
    return found
