"""The act that keeps the numbers of a year before its records leave the public, or go.

They name nobody, so no term ends them: without them the years would fall out of the published series one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.actions.settling import BATCH
from adaldyq.measures.declarations.models import FrozenCount, Review
from adaldyq.measures.declarations.models.frozen import CATEGORY, OUTCOME, REVIEW, WAY
from adaldyq.measures.declarations.queries.frozen import frozen_years
from adaldyq.measures.declarations.statistics import Outcomes

FREEZE = "declarations.statistics.freeze"


@dataclass(frozen=True, slots=True)
class Frozen:
    """Numbers of a year that were kept."""

    year: int
    rows: Sequence[FrozenCount]


def kept(done: Frozen) -> Recorded:
    """The ledger line: which year, how many numbers, and a digest of them."""
    said = sorted(
        f"{one.of} {one.key} {one.form} {one.body_id or ''} {one.owed} {one.on_time} {one.late} {one.missing}"
        for one in done.rows
    )
    return Recorded([{"year": done.year, "rows": len(said), "digest": digest(said)}], {"year": done.year})


@act(FREEZE, leaves=Leaves.PER_BATCH, records=kept)
def freeze_year(*, year: int, of: str, by: Actor, at: datetime) -> Frozen:
    """Keep the numbers of a year: of who has filed (`OUTCOME`), or of what came of reviews (`REVIEW`); once.

    Raises:
        NotAllowed: `by` is not a process of the system.
    """
    require(by.system, FREEZE)
    hold_names("frozen_count", [f"{of} {year}"])
    if year in frozen_years(of):
        return Frozen(year, ())
    rows = list(outcomes_of(year, at) if of == OUTCOME else reviews_of(year, at))
    FrozenCount.objects.bulk_create(rows, batch_size=BATCH)
    return Frozen(year, rows)


def outcomes_of(year: int, at: datetime) -> Iterator[FrozenCount]:
    """Who has filed, by form and body, by category of post and by way."""
    today = day_of(at)
    for one in statistics.counted(today, year):
        yield row(year, OUTCOME, one.outcomes, at, form=one.form, body=one.body_id)
    for category in statistics.by_category(today, year):
        yield row(year, CATEGORY, category, at, key=str(category.key))
    for way in statistics.by_way(year):
        sums = Outcomes(way.key, "", way.filed, way.on_time, way.filed - way.on_time)
        yield row(year, WAY, sums, at, key=way.key)


def reviews_of(year: int, at: datetime) -> Iterator[FrozenCount]:
    """How many reviews ended in which state, by risk and by lot."""
    states = Counter(Review.objects.filter(selection__year=year).values_list("part", "state"))
    for (part, state), count in sorted(states.items()):
        yield row(year, REVIEW, Outcomes(None, "", count), at, key=f"{part}:{state}")


def row(
    year: int, of: str, sums: Outcomes, at: datetime, *, key: str = "", form: str = "", body: str = ""
) -> FrozenCount:
    """A number to be kept."""
    return FrozenCount(
        year=year,
        of=of,
        key=key,
        form=form,
        body_id=body or None,
        owed=sums.owed,
        on_time=sums.on_time,
        late=sums.late,
        missing=sums.missing,
        awaited=sums.awaited,
        frozen_at=at,
    )
