"""Work that many ask for at once, done together: whoever comes while some is done waits, and goes with all who wait then.

A database takes a transaction of twenty records for little more than one of a single record (group commit: DeWitt et al.,
Implementation Techniques for Main Memory Database Systems, 1984). Nobody is made to wait for company: who comes alone is
served alone, and groups grow with the rush.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

GROUPED = "adaldyq.grouped"
"""In the environment of a request (PEP 3333) whose thread may wait for a group: whence its connection is (`kernel.lent`)."""

Asked = TypeVar("Asked")
Done = TypeVar("Done")


class Grouped(Generic[Asked, Done]):
    """A desk with one thread, which serves all who wait together, and then those who came meanwhile."""

    def __init__(self, name: str, most: int, serve: Callable[[Sequence[Asked]], Sequence[Done]]) -> None:
        """Open it; its thread starts with whoever comes first.

        Args:
            name: of its thread.
            most: of a group; the others wait for the next.
            serve: what is done of each of a group, in their order. What it raises, everybody in the group gets.
        """
        self.most, self.serve, self.lock = most, serve, threading.Lock()
        self.waiting: deque[tuple[list[Asked], Future[Sequence[Done]]]] = deque()
        self.thread = ThreadPoolExecutor(1, name)

    def __call__(self, asked: Asked) -> Done:
        """Wait for one's group, and return what was done."""
        with self.lock:
            if not self.waiting or len(self.waiting[-1][0]) == self.most:
                self.waiting.append(([], self.thread.submit(self.serve_next)))
            group, done = self.waiting[-1]
            place = len(group)
            group.append(asked)
        return done.result()[place]

    def serve_next(self) -> Sequence[Done]:
        """Serve the group that has waited longest; whoever comes from now on waits for the next."""
        with self.lock:
            group, _done = self.waiting.popleft()
        return self.serve(group)
