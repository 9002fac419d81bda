"""How long bodies take to decide, and how: by body and permit, of the last twelve months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from adaldyq.measures.permits.models import PermitApplication, PermitEntry
from adaldyq.measures.permits.states import GRANTED, NOTED, PENDING, REFUSED, RETURNED, UPHELD

YEAR = timedelta(365)
DECIDED = (GRANTED, NOTED, REFUSED, RETURNED, UPHELD)


@dataclass(frozen=True, slots=True)
class Duration:
    """How applications for a permit went at a body.

    Attributes:
        median: working days; None when none was decided.
    """

    body: str
    entry: str
    names: Mapping[str, str]
    open: int
    decided: int
    granted: int
    refused: int
    deemed: int
    median: float | None
    late: int


def durations(day: date) -> list[Duration]:
    """By body and permit, the slowest first."""
    since = day - YEAR
    groups: dict[tuple[str, str], list[tuple[str, bool, int | None, int]]] = defaultdict(list)
    rows = PermitApplication.objects.filter(sent_date__gte=since).values_list(
        "body_id", "entry_id", "state", "deemed", "days_taken", "version__days"
    )
    for body, entry, state, deemed, taken, limit in rows.iterator():
        groups[body, entry].append((state, deemed, taken, limit))
    entries = PermitEntry.objects.in_bulk([entry for _body, entry in groups])
    found = [of_group(body, entries[entry], some) for (body, entry), some in groups.items()]
    return sorted(found, key=lambda one: (-(one.median or 0), one.entry))


def of_group(body: str, entry: PermitEntry, some: list[tuple[str, bool, int | None, int]]) -> Duration:
    """The counts of one body and permit."""
    taken = [(days, limit) for state, _deemed, days, limit in some if state in DECIDED and days is not None]
    return Duration(
        body=body,
        entry=entry.number,
        names=entry.names,
        open=sum(state in PENDING for state, *_rest in some),
        decided=len(taken),
        granted=sum(state in {GRANTED, NOTED} for state, *_rest in some),
        refused=sum(state in {REFUSED, UPHELD} for state, *_rest in some),
        deemed=sum(deemed for _state, deemed, *_rest in some),
        median=float(median(days for days, _limit in taken)) if taken else None,
        late=sum(days > limit for days, limit in taken),
    )
