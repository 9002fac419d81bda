"""What the worker does for verification."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from adaldyq.base.locks import held_alone
from adaldyq.ledger.leaves import Payload
from adaldyq.verification.open_snapshot import FOLDER, OPEN_LOCK, taken_at, write_open_snapshot
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
    if (Path(settings.DATA_DIR) / FOLDER).exists():
        renew_open_snapshot(payload, at)


def renew_open_snapshot(payload: Payload, at: datetime) -> None:
    """Write the open snapshot, from which pages give files, unless the one that stands there was taken since the event.

    What is erased, or open no longer, so goes from the files too. One that is being written is waited for.
    """
    data = Path(settings.DATA_DIR)
    with held_alone(data / OPEN_LOCK, "run-under-way"):
        if taken_at(data / FOLDER) <= at:
            write_open_snapshot(data / FOLDER, at=timezone.now())


def silently(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
