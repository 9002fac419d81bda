"""How long people wait, of whom some wait still: which share waits after so many days, from counts as they are told.

The reduced-sample estimate of Kaplan and Meier, JASA 53 (1958) 457: of those whom the count could watch for so long, how many
waited longer. Of every report it is known for how long it is watched, answered or not, so that nothing else is needed. The
product-limit estimate of the same paper uses those watched for less, too; but it multiplies one share by another, and from
told counts each of them is a little wrong to one side: at the end of a curve that was thirty points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from adaldyq.measures.reports.domain.ranges import Told

LEAST_CURVE = 100
"""Of fewer no curve is drawn: the range would be so wide that it says nothing."""

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
    """Of each day of a curve the set of those who were watched until it, and of those among them who waited after it.

    Args:
        waits: sets of those who waited so, as numbers that add up.
    """
    for place in range(len(DAYS)):
        watched = [(after, those) for (after, seen), those in waits.items() if seen > place]
        yield sum(those for _after, those in watched), sum(those for after, those in watched if after > place)


@dataclass(frozen=True, slots=True)
class Point:
    """Of a hundred, at least and at most how many still wait after so many days; None where it is not told."""

    days: int
    low: int | None
    high: int | None


def curve(steps: Sequence[Sequence[int]], more: int) -> list[Point]:
    """The range of the share that still waits after each day of a curve, which ends where too few were watched for so long.

    Args:
        steps: of each day how many were watched until it and how many waited after it, as they are told.
        more: how many more each of them may be.
    """
    shares = [Told(still, watched, more) if watched >= LEAST_CURVE else None for watched, still in steps]
    ends = [(share.low, share.high) if share else (None, None) for share in shares]
    return [Point(days, *end) for days, end in zip(DAYS, ends, strict=False)]
