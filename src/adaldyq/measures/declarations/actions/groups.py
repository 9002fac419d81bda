"""Counting who has filed of everybody whom the law obliges: by its groups, by region and by way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import add
from typing import Any, cast

from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from adaldyq.kernel import naming
from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Residence
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.models import Declaration, FrozenCount, Obligation
from adaldyq.measures.declarations.models.frozen import (
    GROUP,
    IN_THE_OPEN,
    OF_EVERYBODY,
    REGION_OF_ALL,
    UNFILED,
    WAY_OF_ALL,
)
from adaldyq.measures.declarations.queries.frozen import frozen_years
from adaldyq.measures.declarations.statistics import SUMS, counts

ACT = "declarations.group.count"


def counted(rows: Sequence[FrozenCount]) -> Recorded:
    """The ledger line: how many numbers, and a digest of them."""
    said = sorted(f"{one.year} {one.key} {one.owed} {one.on_time} {one.late} {one.missing}" for one in rows)
    return Recorded([{"rows": len(said), "digest": digest(said)}], {"rows": len(said)})


@act(ACT, leaves=Leaves.PER_BATCH, records=counted)
def count_groups(*, by: Actor, at: datetime) -> Sequence[FrozenCount]:
    """Count obligations of everybody by year and whether they are public, in the place of what was counted before.

    They are counted by group of the law, by region and by the way on which they were answered. It goes through the
    obligations of everybody, so it is done by night. Of years whose numbers were kept, since their records go, nothing is
    counted any more.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ACT)
    hold_names("frozen_count", OF_EVERYBODY)
    gone = frozen_years()
    rows = [
        FrozenCount(year=year, of=of, key=f"{key}:{public}", frozen_at=at, **dict(zip(SUMS, numbers, strict=True)))
        for of in OF_EVERYBODY
        for (year, key, public), numbers in sums_of(of, gone, at).items()
    ]
    FrozenCount.objects.filter(of__in=OF_EVERYBODY).exclude(year__in=gone).delete()
    return FrozenCount.objects.bulk_create(rows)


def sums_of(of: str, gone: Collection[int], at: datetime) -> dict[tuple[int, str, str], list[int]]:
    """Numbers by year, what is counted by, and whether they are public."""
    regions = naming.region_by_territory() if of == REGION_OF_ALL else {}
    found = Obligation.objects.exclude(year__in=gone).annotate(told=EXPRESSIONS[of])
    listed = found.order_by().values_list("year", "told", "is_public").annotate(**counts(day_of(at)))
    sums: dict[tuple[int, str, str], list[int]] = {}
    for year, told, public, *numbers in cast("Iterable[Any]", listed):
        key = regions.get(told, "") if of == REGION_OF_ALL else told
        kept = sums.setdefault((year, key, IN_THE_OPEN if public else ""), [0] * len(SUMS))
        kept[:] = map(add, kept, numbers)
    return sums


NOTHING = Value("")
LIVES = Residence.objects.filter(person=OuterRef("person"), valid_to=None).order_by("-valid_from", "pk")
CAME = Declaration.objects.filter(
    person=OuterRef("person"), form=OuterRef("form"), year=OuterRef("year"), version=1
).values("way")
EXPRESSIONS: dict[str, Any] = {
    GROUP: F("group"),
    REGION_OF_ALL: Coalesce(
        "body__territory", Subquery(LIVES.values("territory")[:1]), NOTHING, output_field=CharField()
    ),
    WAY_OF_ALL: Case(When(filed_date=None, then=Value(UNFILED)), default=Coalesce(Subquery(CAME[:1]), NOTHING)),
}
"""What obligations are counted by: an official counts in the region of the body, everybody else where they live."""
