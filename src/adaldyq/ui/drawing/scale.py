"""Axes: where values lie, and which of them are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)  # of a power of ten
WANTED = 4  # intervals between named values
SMALLEST = 1e-6  # span that is drawn as such; of money and counts a smaller one is zero


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to per cent of the drawing, `start` at the low end and `end` at the high one."""

    low: float
    high: float
    start: float
    end: float
    step: float

    def at(self, value: float) -> float:
        """Place of a value, in per cent with two digits."""
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 2)

    @property
    def ticks(self) -> list[float]:
        """Values that are named."""
        count = round((self.high - self.low) / self.step)
        return [self.low + place * self.step for place in range(count + 1)]


def scale_for(values: Iterable[float], start: float, end: float) -> Scale:
    """A scale from zero (or below) to just above the largest value, with round values to name."""
    known = list(values) or [0.0]
    low, high = min(0.0, *known), max(0.0, *known)
    span = high - low if high - low > SMALLEST else 1.0
    power = 10.0 ** floor(log10(span / WANTED))
    step = next(power * size for size in STEPS if power * size >= span / WANTED - power / 1e6)
    bottom, top = floor(low / step) * step, ceil(high / step) * step
    return Scale(bottom, top if top > bottom else bottom + step, start, end, step)
