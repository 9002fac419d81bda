"""What the worker does for verification."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from adaldyq.ledger.leaves import Payload
from adaldyq.verification.runs import verify_country, verify_dataset


def start_requested(payload: Payload, at: datetime) -> None:
    """Start the run that an analyst asked for; one that is under way is waited for by trying again."""
    dataset = str(payload.get("dataset") or "")
    if dataset:
        verify_dataset(dataset, data=settings.DATA_DIR, clock=timezone.now, progress=silently)
    else:
        verify_country(data=settings.DATA_DIR, clock=timezone.now, progress=silently)


def silently(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
