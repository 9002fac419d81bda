"""Exact money: a decimal amount, two places, with its currency.

Amounts stay below ten trillion so that every database we run on, SQLite among them, keeps each
unit of them exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from adaldyq.base.errors import DomainError

LIMIT = Decimal(10) ** 13
CENT = Decimal("0.01")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217).

    Raises:
        DomainError: `unknown-currency` or `amount-out-of-range`.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not CURRENCY.fullmatch(self.currency):
            raise DomainError("unknown-currency", field="currency", value=self.currency)
        object.__setattr__(self, "amount", exact(self.amount))

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise DomainError("currencies-differ", field="currency", value=other.currency)
        return Money(self.amount + other.amount, self.currency)

    def in_currency(self, currency: str, rate: Decimal) -> Money:
        """This amount at `rate` units of `currency` for one of ours, rounded half to even."""
        return Money(self.amount * rate, currency)


def exact(value: Decimal | int | str) -> Decimal:
    """Read an amount exactly, with two places.

    Raises:
        DomainError: `not-an-amount` for text that is no number, `amount-out-of-range` beyond the limit.
    """
    try:
        amount = Decimal(value)
    except (InvalidOperation, ValueError):
        raise DomainError("not-an-amount", field="amount", value=str(value)[:40]) from None
    if not amount.is_finite() or abs(amount) >= LIMIT:
        raise DomainError("amount-out-of-range", field="amount", value=str(value)[:40])
    return amount.quantize(CENT, ROUND_HALF_EVEN)
