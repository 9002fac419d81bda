"""Sums that were asked for, told as quarters: of five or more, one lie moves them no further than an honest answer stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

FIGURES = 2
QUARTER, HALF, THREE_QUARTERS = Decimal("0.25"), Decimal("0.5"), Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Quarters:
    """What a quarter, half and three quarters of some sums are below."""

    low: Decimal
    median: Decimal
    high: Decimal


def quarters(sums: Iterable[Decimal], least: int) -> Quarters | None:
    """The quarters of some sums, rounded to two figures so that none is one person's own; none of fewer than `least`.

    They lie between the sums beside them (definition 7 of R. Hyndman, Y. Fan, "Sample quantiles in statistical
    packages", The American Statistician 50 (1996) 361).
    """
    ordered = sorted(sums)
    if len(ordered) < least:
        return None
    low, median, high = (rounded(quantile(ordered, part)) for part in (QUARTER, HALF, THREE_QUARTERS))
    return Quarters(low, median, high)


def quantile(ordered: list[Decimal], part: Decimal) -> Decimal:
    """What a part of some sums in their order is below."""
    place = part * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])


def rounded(amount: Decimal) -> Decimal:
    """A sum to its first two figures."""
    exponent = amount.adjusted() - FIGURES + 1
    return (amount.scaleb(-exponent).quantize(Decimal(1), ROUND_HALF_EVEN)).scaleb(exponent).quantize(Decimal("0.01"))
