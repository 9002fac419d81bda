"""Open declarations in the order in which they came into the register, for those who follow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from adaldyq.measures.declarations.models import Declaration, ReceivedPaper
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
        published_at: when it came into the register; none when the source does not say.
        replaced: id of the version before.
    """

    id: str
    published_at: datetime | None
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
    """Open declarations in force whose instant of filing is known, those that came into the register last first.

    That is the instant of filing, of what came on paper when it had been keyed in twice, and of what was filed as closed
    when it opened: their filing lies before, and in the order of filing nobody who follows the register would see them.

    Args:
        body_id: of one body only.
        after: id of the declaration that ended the part before.

    Raises:
        UnknownEntry: `after` is no open declaration with an instant of filing.
    """
    found = Declaration.objects.filter(CURRENT, filed_at__isnull=False)
    if body_id:
        found = found.filter(body_id=body_id)
    opened = found.filter(opened_at__isnull=False)
    filed = found.filter(~Exists(ReceivedPaper.objects.filter(declaration=OuterRef("pk"))), opened_at=None)
    keyed = found.filter(paper__closed_at__isnull=False, opened_at=None)
    if after:
        told = Declaration.objects.filter(OPEN, pk=after, filed_at__isnull=False).only("filed_at", "opened_at").first()
        if told is None:
            raise UnknownEntry(after)
        at = published([told])[told.pk]
        filed = filed.filter(filed_at__lte=at).exclude(Q(filed_at=at, pk__lte=told.pk))
        keyed = keyed.filter(paper__closed_at__lte=at).exclude(Q(paper__closed_at=at, pk__lte=told.pk))
        opened = opened.filter(opened_at__lte=at).exclude(Q(opened_at=at, pk__lte=told.pk))
    rows = [
        *filed.order_by("-filed_at", "id")[: ENTRIES + 1],
        *keyed.order_by("-paper__closed_at", "id")[: ENTRIES + 1],
        *opened.order_by("-opened_at", "id")[: ENTRIES + 1],
    ]
    instants = published(rows)
    rows.sort(key=lambda one: one.pk)
    rows.sort(key=lambda one: instants[one.pk], reverse=True)
    part = rows[:ENTRIES]
    listed = [replace(one, published_at=instants[one.id]) for one in register.entries(part)]
    return Filings(listed, part[-1].pk if len(rows) > ENTRIES else "", began(part))


def published(rows: Collection[Declaration]) -> dict[str, datetime]:
    """When declarations with an instant of filing came into the register, by id."""
    papers = ReceivedPaper.objects.filter(declaration__in=rows, closed_at__isnull=False)
    keyed = dict(papers.values_list("declaration_id", "closed_at"))
    return {one.pk: at for one in rows if (at := one.opened_at or keyed.get(one.pk) or one.filed_at)}


def began(part: Sequence[Declaration]) -> dict[str, Began]:
    """What amendments amend, by their id; only open versions are told of."""
    amended = [one for one in part if one.version > 1]
    earlier: dict[tuple[str, str, int], list[Declaration]] = {}
    people = {one.person_id for one in amended}
    for one in Declaration.objects.filter(OPEN, person_id__in=people, is_current=False).order_by("version"):
        earlier.setdefault((one.person_id, one.form, one.year), []).append(one)
    found, instants = {}, published([one for listed in earlier.values() for one in listed])
    for one in amended:
        if before := earlier.get((one.person_id, one.form, one.year)):
            found[one.pk] = Began(before[0].pk, instants.get(before[0].pk), before[-1].pk)
    return found
