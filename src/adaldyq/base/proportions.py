"""Shares with the interval in which they lie. A share of few tells little, and its interval says so."""

from __future__ import annotations

import math
from dataclasses import dataclass

PERCENT = 100
PLACES = 1
NORMAL_95 = 1.959964
"""Two-sided quantile of the normal distribution for 95 of 100."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, in percent, with the interval of 95 in 100.

    Attributes:
        found: how many.
        of: of how many; at least one.
    """

    found: int
    of: int

    @property
    def percent(self) -> float:
        """The share, with one digit after the point."""
        return round(PERCENT * self.found / self.of, PLACES)

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self.ends[0]

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self.ends[1]

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends of the interval."""
        return wilson(self.found, self.of) or (0.0, float(PERCENT))


def wilson(found: int, of: int) -> tuple[float, float] | None:
    """The interval in which a share lies in 95 of 100 draws, in percent (Wilson, JASA 22 (1927) 209); None of nothing."""
    if not of:
        return None
    low, high = unrounded(found, of)
    return round(low, PLACES), round(high, PLACES)


def unrounded(found: int, of: int) -> tuple[float, float]:
    """The same with all its digits.

    Args:
        of: at least one.
    """
    share, square = found / of, NORMAL_95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = NORMAL_95 / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return PERCENT * max(0.0, middle - half), PERCENT * min(1.0, middle + half)
