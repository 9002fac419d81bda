"""Turns at work that is costly: one at a time, whoever came first of a kind first, and no kind pays for a rush at another.

Nobody is asked who they are. How many wait is bounded, so that a rush is told to come again and holds up nothing else.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

FULL = "adaldyq.full"
"""Set in the environment of a request (PEP 3333) that found too many waiting: it is answered without the costly work."""


AT_ONCE = "adaldyq.at-once"
"""The same of a request that was let in without a turn, since it says that it needs none."""


class Turns:
    """Lets those who wait in an event loop work one after the other.

    Of the kinds that wait the one comes next that has used the least time, so that many cheap ones of one kind do not
    wait behind as many costly ones of another.
    """

    def __init__(self, kinds: Iterable[str], most: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody waiting.

        Args:
            kinds: of work.
            most: how many of a kind may wait.
        """
        self.most, self.clock, self.working = most, clock, ""
        self.waiting: dict[str, deque[asyncio.Future[None]]] = {one: deque() for one in kinds}
        self.used = dict.fromkeys(self.waiting, 0.0)

    @asynccontextmanager
    async def turn(self, kind: str) -> AsyncIterator[bool]:
        """Wait for a turn and have it; or have none at once, when too many of the kind wait already."""
        if len(self.waiting[kind]) >= self.most:
            yield False
            return
        await self.wait(kind)
        since = self.clock()
        try:
            yield True
        finally:
            self.used[kind] += self.clock() - since
            self.let_next_in()

    async def wait(self, kind: str) -> None:
        """Wait until nobody works and those before have gone."""
        if (
            not self.waiting[kind] and kind != self.working
        ):  # what it saved while it was away gives it no more than its part
            others = [self.used[one] for one in self.waiting if self.waiting[one] or one == self.working]
            self.used[kind] = max(self.used[kind], min(others, default=0.0))
        if not self.working:
            self.working = kind
            return
        place = asyncio.get_running_loop().create_future()
        self.waiting[kind].append(place)
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # its turn had come
                self.let_next_in()
            raise

    def let_next_in(self) -> None:
        """Give the turn on."""
        self.working = ""
        for kind in sorted(self.waiting, key=lambda one: self.used[one]):
            while self.waiting[kind]:
                place = self.waiting[kind].popleft()
                if not place.done():
                    self.working = kind
                    place.set_result(None)
                    return
        self.used = dict.fromkeys(self.waiting, 0.0)  # what was used while nobody waits is owed to nobody
