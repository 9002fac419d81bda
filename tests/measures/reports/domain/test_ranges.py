"""The range in which a share is told to lie covers, whatever chance does to the share and to the telling of it."""

from __future__ import annotations

import math
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adaldyq.measures.reports.domain.ranges import Told, most_more
from adaldyq.measures.reports.domain.telling import Teller

BASE, LEAST, MOST, COVERED = 5, 30, 1000, 0.95
TAILS = range(16)


@cache
def told_by_coins() -> list[dict[int, float]]:
    """Of each count what may be told of it, and how often."""
    found: list[dict[int, float]] = [{} for _count in range(MOST + 1)]
    with pytest.MonkeyPatch.context() as patch:
        for tails in TAILS:
            patch.setattr(Teller, "tails", lambda _teller, _those, _table, tails=tails: tails)
            for count, told in enumerate(found):
                least = Teller(b"of a test", BASE).at_least(count, "body")
                told[least] = told.get(least, 0) + 0.5 ** (tails + 1)
    return found


@cache
def ends(found: int, of: int) -> tuple[int, int]:
    """The range of a share as it is told."""
    share = Told(found, of, most_more(BASE))
    return share.low, share.high


def likely(found: int, of: int, rate: float) -> float:
    """How often so many of so many are drawn at a rate."""
    ways = math.lgamma(of + 1) - math.lgamma(found + 1) - math.lgamma(of - found + 1)
    return math.exp(ways + found * math.log(rate) + (of - found) * math.log(1 - rate))


def covered(of: int, rate: float) -> float:
    """In how many of all draws of which a range is told it holds the rate; worked out, not drawn."""
    all_of, within = 0.0, 0.0
    for found in range(of + 1):
        if (drawn := likely(found, of, rate)) < 1e-10:
            continue
        for whole, thrown in told_by_coins()[of].items():
            for part, thrown_too in told_by_coins()[found].items():
                told = max(part, whole)
                if told >= LEAST:
                    low, high = ends(part, told)
                    all_of += drawn * thrown * thrown_too
                    within += drawn * thrown * thrown_too * (low <= 100 * rate <= high)
    return within / all_of


@settings(max_examples=60, deadline=None)
@given(st.integers(LEAST, MOST), st.floats(0.005, 0.995))
@example(30, 0.95)
@example(30, 0.97)
@example(30, 0.85)
@example(75, 0.985)
@example(1000, 0.99)
def test_a_range_covers_in_95_of_100_cases_at_least(of: int, rate: float) -> None:
    assert covered(of, rate) >= COVERED


def test_where_some_were_late_not_all_are_told_to_be_in_time_for_certain() -> None:
    assert [ends(*told) for told in ((30, 35), (50, 50), (0, 50), (1000, 1000))] == [
        (56, 100),
        (76, 100),
        (0, 27),
        (98, 100),
    ]
    assert ends(500, 1000)[0] > 45
    assert ends(500, 1000)[1] < 55
