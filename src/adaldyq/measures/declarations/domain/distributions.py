"""Median and quartiles of what officials declare, and what they are counted by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adaldyq.base.words import gettext_noop as _

INCOME, WEALTH, CASH = "income", "wealth", "cash"
SUMS: Mapping[str, str] = {
    INCOME: _("Income of the year"),
    WEALTH: _("Wealth less debts"),
    CASH: _("Cash in hand"),
}
"""Sums whose distribution is published."""

EVERYBODY, REGION, KIND, BODY = "everybody", "region", "kind", "body"
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Values that a quarter, a half and three quarters of a group do not exceed."""

    lower: int
    median: int
    upper: int


def quartiles(ordered: Sequence[int]) -> Quartiles:
    """Quartiles of values in order: of each the nearest rank, so that it is a value that somebody has.

    The nearest rank is the first value that a quarter (half, three quarters) of all do not exceed: the inverse of the
    empirical distribution, definition 1 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
    Statistician 50 (1996).

    Raises:
        ValueError: there are no values.
    """
    if not ordered:
        raise ValueError("no values have no quartiles")
    lower, median, upper = (ordered[-(-len(ordered) * part // QUARTERS) - 1] for part in (1, 2, 3))
    return Quartiles(lower, median, upper)
