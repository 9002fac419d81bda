"""Turns at costly work: first come first served within a kind, time shared between kinds, a bounded number waiting."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

from adaldyq.base.turns import Turns


class Hall:
    """A place where those who come work for a while, by a clock of its own."""

    def __init__(self, most: int = 50) -> None:
        self.time = SimpleNamespace(now=0.0)
        self.turns = Turns(("file", "return"), most, lambda: self.time.now)
        self.log: list[str] = []

    async def come(self, name: str, kind: str, seconds: float = 1.0) -> None:
        """Wait for a turn and work."""
        async with self.turns.turn(kind) as has_turn:
            if has_turn:
                await asyncio.sleep(0)
                self.time.now += seconds
            self.log.append(name if has_turn else f"{name} sent away")

    def crowd(self, *who: tuple[str, str, float]) -> list[str]:
        """All come at once; in which order they were done."""

        async def everybody() -> None:
            await asyncio.gather(*(self.come(*one) for one in who))

        asyncio.run(everybody())
        return self.log


def test_whoever_came_first_is_first() -> None:
    assert Hall().crowd(*((f"{number}", "file", 1.0) for number in range(9))) == [f"{number}" for number in range(9)]


def test_more_than_may_wait_are_sent_away_at_once_and_the_others_served() -> None:
    log = Hall(most=3).crowd(*((f"{number}", "file", 1.0) for number in range(6)))
    assert log == ["4 sent away", "5 sent away", "0", "1", "2", "3"]


def test_a_rush_of_one_kind_leaves_the_other_kind_be() -> None:
    log = Hall().crowd(*((f"f{number}", "file", 1.0) for number in range(20)), ("back", "return", 1.0))
    assert log.index("back") == 1


def test_time_is_shared_and_not_turns() -> None:
    costly = [(f"f{number}", "file", 1.0) for number in range(10)]
    cheap = [(f"r{number}", "return", 0.1) for number in range(20)]
    log = Hall().crowd(*costly, *cheap)
    assert sum(one.startswith("f") for one in log[: log.index("r19")]) == 2


def test_who_stayed_away_for_long_gets_no_more_than_a_part_afterwards() -> None:
    hall = Hall()
    hall.crowd(*((f"{number}", "file", 1.0) for number in range(10)))
    hall.log.clear()
    log = hall.crowd(*((f"r{n}", "return", 1.0) for n in range(5)), *((f"f{n}", "file", 1.0) for n in range(5)))
    assert sum(one.startswith("f") for one in log[:5]) >= 2


def test_who_goes_away_while_waiting_takes_nobodys_turn() -> None:
    hall = Hall()

    async def some_leave() -> None:
        tasks = [asyncio.create_task(hall.come(f"{number}", "file")) for number in range(5)]
        await asyncio.sleep(0)
        for one in tasks[1:3]:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await hall.come("late", "file")

    asyncio.run(some_leave())
    assert hall.log == ["0", "3", "4", "late"]
    assert not hall.turns.working


def test_work_that_fails_lets_the_next_one_in() -> None:
    hall = Hall()

    async def fails() -> None:
        async with hall.turns.turn("file"):
            raise ValueError

    async def both() -> None:
        await asyncio.gather(fails(), hall.come("next", "file"), return_exceptions=True)

    asyncio.run(both())
    assert hall.log == ["next"]
