"""Who comes while others are served goes with all who wait then."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from adaldyq.kernel.grouped import Grouped

PATIENCE = 30.0
MOST = 4


class Desk:
    """A desk that serves as long as a test lets it wait."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.ask = Grouped("tried", MOST, self.serve)

    def waiting(self) -> int:
        with self.ask.lock:
            return sum(len(group) for group, _done in self.ask.waiting)

    def serve(self, group: Sequence[int]) -> list[int]:
        self.groups.append(list(group))
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if 13 in group:
            raise ValueError(13)
        return [one * 10 for one in group]


@contextmanager
def while_one_is_served(desk: Desk, others: Sequence[int]) -> Iterator[list[Future[int]]]:
    """One is served, and others wait in their order."""
    with ThreadPoolExecutor(len(others) + 1) as threads:
        asked = [threads.submit(desk.ask, 1)]
        assert desk.begun.wait(PATIENCE)
        for number, one in enumerate(others, 1):
            asked.append(threads.submit(desk.ask, one))
            while desk.waiting() < number:
                pass
        desk.go_on.set()
        yield asked


def test_those_who_wait_are_served_together_and_each_gets_their_own() -> None:
    desk = Desk()
    with while_one_is_served(desk, [2, 3, 4, 5, 6]) as asked:
        assert [one.result(PATIENCE) for one in asked] == [10, 20, 30, 40, 50, 60]
    assert desk.groups == [[1], [2, 3, 4, 5], [6]]
    assert desk.ask(7) == 70
    assert desk.groups[-1] == [7]


def test_what_fails_for_a_group_everybody_in_it_is_told_and_the_next_is_served() -> None:
    desk = Desk()
    with while_one_is_served(desk, [2, 13, 3, 4, 5]) as asked:
        for one in asked[1:5]:
            with pytest.raises(ValueError, match="13"):
                one.result(PATIENCE)
        assert (asked[0].result(PATIENCE), asked[5].result(PATIENCE)) == (10, 50)
