"""What the worker does now and then: forgetting what has been kept for its term."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel import reads
from adaldyq.kernel.actions.reads import forget_reads
from adaldyq.kernel.actor import system

CHORES = system("clock")


def due_chores(*, at: datetime) -> None:
    """Do whatever has something to do."""
    if reads.expired(at).exists():
        forget_reads(by=CHORES, at=at)
