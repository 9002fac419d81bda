"""The end of the log of reads: rows whose term has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from adaldyq.kernel import reads
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import kept_since


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows went, and which instant they were older than."""

    rows: int
    before: datetime


def forgotten(one: Forgotten) -> Recorded:
    """The ledger line: how many rows of the log are gone, and before which day."""
    facts: dict[str, object] = {"rows": one.rows, "before": one.before.date().isoformat()}
    return Recorded([facts], facts)


@act("kernel.reads.forget", records=forgotten)
def forget_reads(*, by: Actor, at: datetime) -> Forgotten:
    """Remove from the log of reads what has been kept for its term.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, "kernel.reads.forget")
    rows, _ = reads.expired(at).delete()
    return Forgotten(rows, kept_since(at, reads.LOG))
