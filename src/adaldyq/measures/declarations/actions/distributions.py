"""Counting how what officials declare is distributed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.actions.groups import count_groups
from adaldyq.measures.declarations.actions.settling import BATCH
from adaldyq.measures.declarations.models import Distribution
from adaldyq.measures.declarations.queries.distributions import counted
from adaldyq.measures.declarations.queries.frozen import frozen_years

ACT = "declarations.distribution.keep"


def kept(rows: Sequence[Distribution]) -> Recorded:
    """The ledger line: how many rows, and a digest of what they say."""
    said = sorted(f"{one.year} {one.name} {one.by} {one.key} {one.officials} {one.median}" for one in rows)
    return Recorded([{"rows": len(rows), "digest": digest(said)}], {"rows": len(rows)})


@act(ACT, leaves=Leaves.PER_BATCH, records=kept)
def keep_distributions(*, rows: Sequence[Distribution], by: Actor, at: datetime) -> Sequence[Distribution]:
    """Put distributions in the place of those that were counted before, but of years whose declarations have gone.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ACT)
    hold_names("distribution", ["all"])
    gone = frozen_years()
    Distribution.objects.exclude(year__in=gone).delete()
    fresh = [one for one in rows if one.year not in gone]
    Distribution.objects.bulk_create(fresh, batch_size=BATCH)
    return fresh


def count_distributions(*, by: Actor, at: datetime) -> Sequence[Distribution]:
    """Count the distributions of all years from the register, and keep them; nobody waits while they are counted.

    With them everybody is counted by group of the law.
    """
    count_groups(by=by, at=at)
    return keep_distributions(rows=counted(at, day_of(at)), by=by, at=at)
