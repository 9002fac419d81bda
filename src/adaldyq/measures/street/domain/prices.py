"""Sums that were asked for, told by fixed steps: of five or more, one lie moves them no further than an honest answer stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

STEPS = (1, 2, 5, 10)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Quarters:
    """Where some sums lie, by steps alone.

    Attributes:
        low: three quarters of them are so much or more.
        median: half of them are so much or more.
        high: three quarters of them are less.
    """

    low: Decimal
    median: Decimal
    high: Decimal


def quarters(sums: Iterable[Decimal], least: int) -> Quarters | None:
    """Where some sums lie, told by the steps 1, 2, 5, 10, 20 and so on; none of fewer than `least`.

    Quarters themselves are sums that somebody named: of five each is one person's own. Of steps it is counted how many
    reach them, so that what is told stays the same whichever sums between the same two steps people named. A step may all the
    same be the round sum that somebody named, and nothing that is told says whether it is.
    """
    ordered = sorted(sums)
    count = len(ordered)
    if count < least:
        return None
    low, median, high = ordered[count // 4], ordered[count // 2], ordered[-(-3 * count // 4) - 1]
    return Quarters(step_below(low), step_below(median), step_above(high))


def by_steps(low: Decimal, median: Decimal, high: Decimal) -> Quarters:
    """What an edition kept, by the steps: editions of before sums were told by steps kept quarters in two figures, and still do.

    What is told by steps stays as it is.
    """
    if all(step_below(one) == one for one in (low, median, high)):
        return Quarters(low, median, high)
    return Quarters(step_below(low), step_below(median), step_above(high))


def step_below(amount: Decimal) -> Decimal:
    """The highest step that an amount reaches; nothing where it is less than a cent."""
    if amount < CENT:
        return Decimal("0.00")
    power = Decimal(1).scaleb(amount.adjusted())
    return max(step * power for step in STEPS if step * power <= amount).quantize(CENT)


def step_above(amount: Decimal) -> Decimal:
    """The lowest step that an amount does not reach."""
    if amount < CENT:
        return CENT
    power = Decimal(1).scaleb(amount.adjusted())
    return min(step * power for step in STEPS if step * power > amount).quantize(CENT)
