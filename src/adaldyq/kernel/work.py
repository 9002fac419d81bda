"""Work that a script does before what it sends is taken: proof of work by version 2 of ALTCHA's protocol.

Whoever sends once hardly notices it, whoever sends thousands of times pays for each. It asks nobody who they are: a
calculation belongs to one page, is good for some minutes, and is as large as what came in the last hour makes it. A step
is PBKDF2, which a browser has built in, so that a program of one's own is hardly faster than a page.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import altcha
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.carried import derived

ALGORITHM, COST = "PBKDF2/SHA-256", 1000
SECONDS, HOUR = 20 * 60, 3600.0
LONGEST = 4096
QUIET_HOUR = 30
"""What comes within the hour and makes the work once larger."""
MOST_TIMES = 16
"""How many times larger it gets at most: an old phone then works for some seconds."""


class Load:
    """How much of scripts this process has taken within the hour; none of it can be told from another."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.taken: deque[float] = deque(maxlen=QUIET_HOUR * MOST_TIMES)

    def count(self) -> None:
        """Count one."""
        self.taken.append(self.clock())

    def times(self) -> int:
        """How many times the work of a quiet hour is asked now."""
        while self.taken and self.clock() - self.taken[0] >= HOUR:
            self.taken.popleft()
        return min(MOST_TIMES, 1 + len(self.taken) // QUIET_HOUR)


@dataclass(slots=True)
class Work:
    """Calculations of the pages of one purpose.

    Attributes:
        purpose: names it, so that none is taken for one of another purpose.
        load: how many were taken within the hour.
    """

    purpose: bytes
    load: Load = field(default_factory=Load)

    def keys(self) -> tuple[bytes, bytes]:
        """Keys that sign a calculation and its solution, made from the server's own."""
        return derived(self.purpose + b"/calculation/1"), derived(self.purpose + b"/solution/1")

    def challenge(self, page: str) -> dict[str, Any]:
        """A calculation for a page, as ALTCHA's protocol has it: count up until the derived key begins as it must.

        Args:
            page: its name.
        """
        signed, solved = self.keys()
        made = altcha.create_challenge(
            ALGORITHM,
            COST,
            counter=secrets.randbelow(settings.REPORT_WORK * self.load.times()),
            expires_at=int(time.time()) + SECONDS,
            data={"page": page},
            hmac_secret=signed,
            hmac_key_secret=solved,
        )
        return made.to_dict()

    def check(self, page: str, done: str) -> None:
        """See that the calculation of a page was done, in microseconds.

        Args:
            page: its name.
            done: challenge and solution in base64, as the protocol has them.

        Raises:
            DomainError: `work-not-done`: it was not, or it is too old, another page's or none of ours.
        """
        signed, solved = self.keys()
        if len(done) > LONGEST or not altcha.verify_solution(done, signed, hmac_key_secret=solved).verified:
            raise DomainError("work-not-done")
        told = json.loads(base64.b64decode(done))
        if told["challenge"]["parameters"]["data"] != {"page": page}:
            raise DomainError("work-not-done")
