"""Work that a script does before its report is taken: proof of work by version 2 of ALTCHA's protocol.

Whoever sends one report hardly notices it, whoever sends thousands pays for each. It asks nobody who they are: a
calculation belongs to one page, is good for some minutes, and is as large as the reports of the last hour make it. A step
is PBKDF2, which a browser has built in, so that a program of one's own is hardly faster than a page.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import altcha
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.doors import boxes

ALGORITHM, COST = "PBKDF2/SHA-256", 1000
SECONDS, HOUR = 20 * 60, 3600.0
LONGEST = 4096
SIGNED, SOLVED = b"adaldyq/report/work/1", b"adaldyq/report/work/solved/1"
QUIET_HOUR = 30
"""Reports within the hour that make the work once larger."""
MOST_TIMES = 16
"""How many times larger it gets at most: an old phone then works for some seconds."""


class Load:
    """How many reports of scripts this process has taken within the hour; none of them can be told from another."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.taken: deque[float] = deque(maxlen=QUIET_HOUR * MOST_TIMES)

    def count(self) -> None:
        """Count a report."""
        self.taken.append(self.clock())

    def times(self) -> int:
        """How many times the work of a quiet hour is asked now."""
        while self.taken and self.clock() - self.taken[0] >= HOUR:
            self.taken.popleft()
        return min(MOST_TIMES, 1 + len(self.taken) // QUIET_HOUR)


LOAD = Load()


def challenge(page: str) -> dict[str, Any]:
    """A calculation for a page, as ALTCHA's protocol has it: count up until the derived key begins as it must.

    Args:
        page: its name.
    """
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.randbelow(settings.REPORT_WORK * LOAD.times()),
        expires_at=int(time.time()) + SECONDS,
        data={"page": page},
        hmac_secret=boxes.derived(SIGNED),
        hmac_key_secret=boxes.derived(SOLVED),
    )
    return made.to_dict()


def check(page: str, done: str) -> None:
    """See that the calculation of a page was done, in microseconds.

    Args:
        page: its name.
        done: challenge and solution in base64, as the protocol has them.

    Raises:
        DomainError: `work-not-done`: it was not, or it is too old, another page's or none of ours.
    """
    signed, solved = boxes.derived(SIGNED), boxes.derived(SOLVED)
    if len(done) > LONGEST or not altcha.verify_solution(done, signed, hmac_key_secret=solved).verified:
        raise DomainError("work-not-done")
    told = json.loads(base64.b64decode(done))
    if told["challenge"]["parameters"]["data"] != {"page": page}:
        raise DomainError("work-not-done")
