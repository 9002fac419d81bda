"""The range in which a share lies, from counts that are told as "at least" (`domain.telling`).

A true count is larger than what is told of it: by up to base − 1, which rounding took off, and by one for each tails of its
coin. Fifteen coins of sixteen show three tails at most. The range of a share is the union of the intervals of Wilson over all
pairs of true counts that are told so with as many tails or fewer, and its ends are put outwards to whole percent. So it holds
what chance of the draw and chance of the telling do to a share together, and nobody is told that all were in time where some were
late. Over all shares and all sets of thirty or more it covers in 95 of 100 cases at least (`test_ranges.py` works that out).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from adaldyq.base.proportions import PERCENT, unrounded

TAILS = 3
"""So many tails the range allows for: more are thrown in one of sixteen cases, for which the ends have room."""


def most_more(base: int) -> int:
    """How many more there may be than are told, but for one throw of sixteen."""
    return base - 1 + TAILS


@dataclass(frozen=True, slots=True)
class Told:
    """A share as it is told.

    Attributes:
        found: at least how many; 0 may be few.
        of: of at least how many, and of one at least.
        more: how many more each of them may be.
    """

    found: int
    of: int
    more: int

    @property
    def low(self) -> int:
        """The lower end of the range, in percent: as few as are told, of as many as may be."""
        return math.floor(unrounded(self.found, self.of + self.more)[0]) if self.found else 0

    @property
    def high(self) -> int:
        """The upper end: as many as may be, of as few as are told; all, where all may be."""
        if self.found + self.more >= self.of:
            return PERCENT
        return math.ceil(unrounded(self.found + self.more, self.of)[1])
