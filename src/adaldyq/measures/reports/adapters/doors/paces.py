"""How often one sender may come through a door, so that nobody fills the queue of officers from one telephone.

It is counted in the memory of each process, under names that are made with a key that dies with it. One sender's count is
nobody else's: however many somebody sends, others are not refused.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

MOST, SECONDS, SENDERS = 40, 3600.0, 50_000


class Pace:
    """Counts what senders send."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.key = clock, secrets.token_bytes(32)
        self.counts: OrderedDict[bytes, tuple[float, int]] = OrderedDict()

    def count(self, sender: str) -> int:
        """How many this sender has sent within the hour, with this one."""
        name = hmac.new(self.key, sender.encode(), sha256).digest()
        since, sent = self.counts.pop(name, (self.clock(), 0))
        if self.clock() - since >= SECONDS:
            since, sent = self.clock(), 0
        self.counts[name] = (since, sent + 1)
        while len(self.counts) > SENDERS:
            self.counts.popitem(last=False)
        return sent + 1
