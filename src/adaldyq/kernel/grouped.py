"""Work that many ask for at once, done together: whoever comes while some is done waits, and goes with all who wait then.

A database takes a transaction of twenty records for little more than one of a single record (group commit: DeWitt et al.,
Implementation Techniques for Main Memory Database Systems, 1984). Nobody is made to wait for company: who comes alone is
served alone, and groups grow with the rush.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

GROUPED = "adaldyq.grouped"
"""Set in the environment of a request (PEP 3333) whose thread may wait for a group."""

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
        self.most, self.serve = most, serve
        self.waiting: list[tuple[Asked, Future[Done]]] = []
        self.lock, self.working = threading.Lock(), False
        self.thread = ThreadPoolExecutor(1, name)

    def __call__(self, asked: Asked) -> Done:
        """Wait for one's group, and return what was done."""
        done: Future[Done] = Future()
        with self.lock:
            self.waiting.append((asked, done))
            if not self.working:
                self.working = True
                self.thread.submit(self.work)
        return done.result()

    def taken(self) -> list[tuple[Asked, Future[Done]]]:
        """The next group; the work ends when nobody waits."""
        with self.lock:
            group, self.waiting = self.waiting[: self.most], self.waiting[self.most :]
            self.working = bool(group)
        return group

    def work(self) -> None:
        """Serve until nobody waits."""
        while group := self.taken():
            try:
                found = self.serve([asked for asked, _done in group])
                for (_asked, done), one in zip(group, found, strict=True):
                    done.set_result(one)
            except Exception as error:  # noqa: BLE001  # of whoever is served; this thread must go on
                for _asked, done in group:
                    if not done.done():
                        done.set_exception(error)
