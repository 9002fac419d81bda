"""How often one sender may come through a door, so that nobody fills the queue of officers from one telephone.

One sender's count is nobody else's: however many somebody sends, others are not refused.
"""

from __future__ import annotations

from datetime import datetime

from adaldyq.measures.reports.adapters.doors import boxes

MOST, SECONDS = 40, 3600


def hour_of(at: datetime) -> int:
    """The number of the hour of an instant, since 1970."""
    return int(at.timestamp()) // SECONDS


def name_of(channel: str, sender: str, hour: int) -> str:
    """What a sender is called within an hour; only the server makes it, and it is another one in the next hour."""
    return boxes.name_of("pace", channel, sender, str(hour))
