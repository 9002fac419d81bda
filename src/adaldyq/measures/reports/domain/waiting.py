"""How long people wait, of whom some wait still: the estimate of Kaplan and Meier, from counts as they are told.

Kaplan and Meier, JASA 53 (1958) 457; variance by Greenwood (1926); the interval on the logarithm of the share, cut at
one, as R's `survfit` has it unless it is told otherwise.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from adaldyq.base.proportions import NORMAL_95

LEAST_CURVE = 30
"""Of fewer no curve is drawn: one report would move it too far."""

DAYS = tuple(range(0, 183, 14))
"""Days after which the curves tell how many still wait."""

Wait = tuple[int, int]
"""After how many of the days of a curve somebody still waited, and how many of them they were watched for."""


def wait_of(told: int | None, watched: int) -> Wait:
    """How long somebody waited.

    Args:
        told: after how many days they were told; None when they were not.
        watched: days from the beginning of the wait to the count.
    """
    after = len(DAYS) if told is None else bisect_left(DAYS, told)
    return after, bisect_right(DAYS, watched)


def steps_of(waits: Mapping[Wait, int]) -> Iterator[tuple[int, int]]:
    """Of each day of a curve the set of those who waited since the day before it, and of those who waited after it.

    Only who was watched until that day is in either, so that nobody is counted as waiting longer than is known.

    Args:
        waits: sets of those who waited so, as numbers that add up.
    """
    for place in range(len(DAYS)):
        watched = [(after, those) for (after, seen), those in waits.items() if seen > place]
        at_risk, left = (sum(those for after, those in watched if after >= least) for least in (place, place + 1))
        yield at_risk, left


@dataclass(frozen=True, slots=True)
class Step:
    """Which share waits after a step.

    Attributes:
        share: who waits longer, from 0 to 1.
        error: standard error of the share.
        low, high: the interval of 95 in 100.
    """

    share: float
    error: float
    low: float
    high: float


def kaplan_meier(steps: Iterable[tuple[int, int]]) -> Iterator[Step]:
    """The shares that wait after each step, of which each has how many waited until it, and how many after it."""
    share, spread = 1.0, 0.0
    for at_risk, left in steps:
        share *= left / at_risk
        spread += (at_risk - left) / (at_risk * left) if left else math.inf
        yield step_of(share, spread)


def step_of(share: float, spread: float) -> Step:
    """A step with its interval; of a share of 0 the interval is that point."""
    if not share:
        return Step(0.0, 0.0, 0.0, 0.0)
    half = NORMAL_95 * math.sqrt(spread)
    return Step(share, share * math.sqrt(spread), share * math.exp(-half), min(1.0, share * math.exp(half)))


@dataclass(frozen=True, slots=True)
class Point:
    """Of a hundred, how many still wait after so many days, with the interval of 95 in 100; None where it is not told."""

    days: int
    waiting: float | None
    low: float | None
    high: float | None


def curve(steps: Sequence[tuple[int, int]]) -> list[Point]:
    """The share that still waits after each of the days of a curve, which ends where too few still wait to be told."""
    end = next((place for place, (_at_risk, left) in enumerate(steps) if not left), len(steps))
    shares = list(kaplan_meier(steps[:end]))
    return [
        Point(days, *(round(100 * one, 1) for one in (step.share, step.low, step.high)))
        for days, step in zip(DAYS, shares, strict=False)
    ] + [Point(days, None, None, None) for days in DAYS[len(shares) :]]
