"""What the worker does for payments all the time: apply what providers told, ask where they were silent, send refunds."""

from __future__ import annotations

from datetime import datetime

from adaldyq.measures.payments.actions.beginning import send_refunds
from adaldyq.measures.payments.actions.hearing import apply_stored, ask_silent


def go_round(at: datetime) -> None:
    """A round; what it finds nothing to do for costs three small queries."""
    while apply_stored(at=at):
        pass
    if ask_silent(at=at):
        apply_stored(at=at)
    send_refunds(at=at)
