"""The catalogue of permits of the sample country, brought in by the act, as the pack states it."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.measures.permits.actions.loading import load_pack

BY = system("demo")


def open_catalogue(at: datetime) -> None:
    """Bring in what the pack states and the catalogue has not."""
    load_pack(by=BY, at=at)
