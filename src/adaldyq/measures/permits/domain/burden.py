"""What permits cost those who need them: the standard cost model.

Burden of a year = (hours of one application x price of an hour + what else is paid for it) x applications of a year.
Source: International Standard Cost Model Manual (OECD, SCM Network), price x quantity. The fee is no part of it: it is
a payment for the decision, and stands in the catalogue by itself.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from adaldyq.measures.permits.domain.terms import Burden

CENT = Decimal("0.01")
NOTHING = Burden(Decimal(0), Decimal(0), 0)


def money_of(burden: Burden, hour: Decimal) -> Decimal:
    """What a permit costs all who need it in a year, in the currency of `hour`, to two places.

    Args:
        hour: price of an hour of work.
    """
    return ((burden.hours * hour + burden.costs) * burden.applications).quantize(CENT, ROUND_HALF_UP)


def days_of(days: int, burden: Burden) -> int:
    """Working days that all who apply in a year wait for together.

    Args:
        days: working days in which the body decides.
    """
    return days * burden.applications
