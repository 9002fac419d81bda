"""How often reviews find something, as a share with its interval, and which counts are too small to be told."""

from __future__ import annotations

import math
from collections.abc import Mapping

PERCENT = 100
PLACES = 1
NORMAL_95 = 1.959964
"""Two-sided quantile of the normal distribution for 95 of 100."""


def interval(found: int, of: int) -> tuple[float, float] | None:
    """The interval in which the share lies in 95 of 100 draws, in percent (Wilson, JASA 22 (1927) 209); None of nothing."""
    if not of:
        return None
    share, square = found / of, NORMAL_95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = NORMAL_95 / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return round(PERCENT * low, PLACES), round(PERCENT * high, PLACES)


def told(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """Counts that add up to a number that is told, without those from which somebody could be guessed.

    A count from 1 up to, but not including, `least` is left out; where it would follow from the sum, the smallest other
    one that is not 0 is left out with it.
    """
    shown: dict[str, int | None] = {name: None if 0 < count < least else count for name, count in counts.items()}
    left_out = [name for name, count in shown.items() if count is None]
    if len(left_out) == 1:
        others = [(count, name) for name, count in counts.items() if count and name not in left_out]
        if others:
            shown[min(others)[1]] = None
    return shown
