"""What the worker does for verification."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from adaldyq.base.locks import held_alone
from adaldyq.ledger.leaves import Payload
from adaldyq.verification.runs import LOCK, forget_old_snapshots, verify_country, verify_dataset


def start_requested(payload: Payload, at: datetime) -> None:
    """Start the run that an analyst asked for; one that is under way is waited for by trying again."""
    dataset = str(payload.get("dataset") or "")
    if dataset:
        verify_dataset(dataset, data=settings.DATA_DIR, clock=timezone.now, progress=silently)
    else:
        verify_country(data=settings.DATA_DIR, clock=timezone.now, progress=silently)


def forget_snapshots(payload: Payload, at: datetime) -> None:
    """Remove the snapshots of the country after somebody was erased; a run that reads one is waited for.

    Findings keep their rows, and a run says that its snapshot is no longer kept, so that it cannot be done again.
    """
    with held_alone(Path(settings.DATA_DIR) / LOCK, "run-under-way"):
        forget_old_snapshots(Path(settings.DATA_DIR) / "snapshots", kept=0)


def silently(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
