"""Money as whole numbers of the least unit of its currency, which is how the books keep it."""

from __future__ import annotations

from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.base.money import LIMIT, Money, minor_places


def minor(money: Money) -> int:
    """An amount in least units: tiyn of a tenge, whole yen.

    Raises:
        DomainError: `amount-not-payable` when it has a fraction of a least unit.
    """
    units = money.amount.scaleb(minor_places(money.currency))
    if units != units.to_integral_value():
        raise DomainError("amount-not-payable", field="amount", value=str(money.amount))
    return int(units)


def money(units: int, currency: str) -> Money:
    """So many least units as money.

    Raises:
        DomainError: `amount-out-of-range`.
    """
    return Money(Decimal(units).scaleb(-minor_places(currency)), currency)


def most_units(currency: str) -> int:
    """The first number of least units that is too much for every database to keep exactly as a decimal."""
    return int(LIMIT.scaleb(minor_places(currency)))
