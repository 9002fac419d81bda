"""How long people wait, of whom some wait still: the estimate of Kaplan and Meier.

Kaplan and Meier, JASA 53 (1958) 457; variance by Greenwood (1926); the interval on the logarithm of the share, cut at
one, as R's `survfit` has it unless it is told otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from adaldyq.base.disclosure import is_few
from adaldyq.base.proportions import NORMAL_95

LEAST_CURVE = 30
"""Of fewer no curve is drawn: one report would move it too far."""

DAYS = tuple(range(0, 183, 14))
"""Days after which the curves tell how many still wait."""


@dataclass(frozen=True, slots=True)
class Ended:
    """After how many days how many waits ended, and how many were still going on when the counting stopped."""

    days: int
    ended: int
    going_on: int


@dataclass(frozen=True, slots=True)
class Step:
    """From which day on which share waits, and of how many it was told.

    Attributes:
        days: since the wait began.
        at_risk: who waited until that day.
        ended: whose wait ended on it.
        share: who waits longer, from 0 to 1.
        error: standard error of the share.
        low, high: the interval of 95 in 100.
    """

    days: int
    at_risk: int
    ended: int
    share: float
    error: float
    low: float
    high: float


def kaplan_meier(waits: Iterable[Ended]) -> list[Step]:
    """The share that waits longer, at each number of days after which a wait ended."""
    known = sorted(waits, key=lambda one: one.days)
    at_risk = sum(one.ended + one.going_on for one in known)
    share, spread, steps = 1.0, 0.0, []
    for one in known:
        if one.ended:
            share *= 1 - one.ended / at_risk
            left = at_risk - one.ended
            spread = spread + one.ended / (at_risk * left) if left else math.inf
            steps.append(step_of(one, at_risk, share, spread))
        at_risk -= one.ended + one.going_on
    return steps


def step_of(one: Ended, at_risk: int, share: float, spread: float) -> Step:
    """A step with its interval; of a share of 0 the interval is that point."""
    if not share:
        return Step(one.days, at_risk, one.ended, 0.0, 0.0, 0.0, 0.0)
    half = NORMAL_95 * math.sqrt(spread)
    low, high = share * math.exp(-half), min(1.0, share * math.exp(half))
    return Step(one.days, at_risk, one.ended, share, share * math.sqrt(spread), low, high)


def differ_by_few(now: Iterable[Ended], before: Iterable[Ended], least: int) -> bool:
    """Whether two curves beside each other tell that few were answered between two of their points, or few more or less."""
    change = [count - then for count, then in zip(ended_by(now), ended_by(before), strict=True)]
    return any(is_few(later - earlier, least) for place, earlier in enumerate(change) for later in change[place + 1 :])


def ended_by(waits: Iterable[Ended]) -> list[int]:
    """How many waits had ended after each of the days of a curve."""
    known = list(waits)
    return [sum(one.ended for one in known if one.days <= days) for days in DAYS]


@dataclass(frozen=True, slots=True)
class Point:
    """Of a hundred, how many still wait after so many days, with the interval of 95 in 100; None where none can be told."""

    days: int
    waiting: float | None
    low: float | None
    high: float | None


def curve(waits: Sequence[Ended], at: Sequence[int], least: int) -> list[Point]:
    """The share that still waits after each of some numbers of days.

    A point is left out when nobody was watched for so long, or when since the last point that is told something, but
    fewer than `least` waits ended: the difference would tell of them.
    """
    steps = kaplan_meier(waits)
    nobody_waits = bool(steps) and not steps[-1].share
    watched = math.inf if nobody_waits else max((one.days for one in waits), default=-1)
    points, told = [], 0
    for days in at:
        before = [one for one in steps if one.days <= days]
        ended = sum(one.ended for one in before)
        if days > watched or 0 < ended - told < least:
            points.append(Point(days, None, None, None))
            continue
        told = ended
        last = before[-1] if before else Step(0, 0, 0, 1.0, 0.0, 1.0, 1.0)
        points.append(Point(days, *(round(100 * one, 1) for one in (last.share, last.low, last.high))))
    return points
