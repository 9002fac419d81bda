"""Counting who has filed of everybody whom the law obliges, by its groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.models import FrozenCount, Obligation
from adaldyq.measures.declarations.models.frozen import GROUP, IN_THE_OPEN
from adaldyq.measures.declarations.queries.frozen import frozen_years
from adaldyq.measures.declarations.statistics import SUMS, counts

ACT = "declarations.group.count"


def counted(rows: Sequence[FrozenCount]) -> Recorded:
    """The ledger line: how many numbers, and a digest of them."""
    said = sorted(f"{one.year} {one.key} {one.owed} {one.on_time} {one.late} {one.missing}" for one in rows)
    return Recorded([{"rows": len(said), "digest": digest(said)}], {"rows": len(said)})


@act(ACT, leaves=Leaves.PER_BATCH, records=counted)
def count_groups(*, by: Actor, at: datetime) -> Sequence[FrozenCount]:
    """Count obligations by year, group of the law and whether they are public, in the place of what was counted before.

    It goes through the obligations of everybody, so it is done by night. Of years whose numbers were kept, since their
    records go, nothing is counted any more.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ACT)
    hold_names("frozen_count", [GROUP])
    gone = frozen_years()
    found = Obligation.objects.exclude(year__in=gone).values_list("year", "group", "is_public")
    rows = [
        FrozenCount(
            year=year,
            of=GROUP,
            key=f"{group}:{IN_THE_OPEN if public else ''}",
            frozen_at=at,
            **dict(zip(SUMS, numbers, strict=True)),
        )
        for year, group, public, *numbers in cast("Iterable[Any]", found.annotate(**counts(day_of(at))))
    ]
    FrozenCount.objects.filter(of=GROUP).exclude(year__in=gone).delete()
    return FrozenCount.objects.bulk_create(rows)
