"""How often one sender may come through a door, so that nobody fills the queue of officers from one telephone.

One sender's count is nobody else's: however many somebody sends, others are not refused.
"""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.passing import PASSING

MOST, SECONDS = 40, 3600


def hour_of(at: datetime) -> int:
    """The number of the hour of an instant, since 1970."""
    return int(at.timestamp()) // SECONDS


def name_of(channel: str, sender: str, hour: int) -> str:
    """What a sender is called within an hour: another name in the next one, and one that nobody makes again once the server has ended.

    There are so few telephone numbers that whoever has the secret tries them all; so it is none that is kept with the database.
    """
    return PASSING.name_of("pace", channel, sender, str(hour))
