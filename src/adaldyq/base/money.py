"""Exact money: a decimal amount with its currency, and rates that hold from a day.

Amounts stay below ten trillion so that every database we run on, SQLite among them, keeps each
unit of them exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from fractions import Fraction

from adaldyq.base.errors import DomainError

LIMIT = Decimal(10) ** 13
CENT = Decimal("0.01")
CURRENCY = re.compile(r"[A-Z]{3}")

USUAL_PLACES = 2
OTHER_PLACES = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}
"""Places after the decimal mark of the currencies that have not two (ISO 4217, list one)."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency (ISO 4217), exact to two places, or to more where the currency has more.

    Raises:
        DomainError: `unknown-currency` or `amount-out-of-range`.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not CURRENCY.fullmatch(self.currency):
            raise DomainError("unknown-currency", field="currency", value=self.currency)
        object.__setattr__(self, "amount", exact(self.amount, max(USUAL_PLACES, minor_places(self.currency))))

    def __add__(self, other: Money) -> Money:
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int | Decimal) -> Money:
        return Money(self.amount * times, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._same(other)

    def _same(self, other: Money) -> Decimal:
        """The other's amount, when it is in the same currency."""
        if other.currency != self.currency:
            raise DomainError("currencies-differ", field="currency", value=other.currency)
        return other.amount

    def in_currency(self, currency: str, rate: Decimal) -> Money:
        """This amount at `rate` units of `currency` for one of ours, rounded half to even."""
        return Money(self.amount * rate, currency)

    def payable(self) -> Money:
        """This amount rounded half to even to what can be paid: whole yen, hundredths of a tenge."""
        return Money(
            self.amount.quantize(Decimal(1).scaleb(-minor_places(self.currency)), ROUND_HALF_EVEN), self.currency
        )

    def shared(self, parts: int) -> tuple[Money, ...]:
        """This amount in so many parts that differ by one least unit at most and add up to it, the larger first.

        Raises:
            ValueError: there are no parts.
        """
        if parts < 1:
            raise ValueError("an amount is shared among one or more")
        places = max(USUAL_PLACES, minor_places(self.currency))
        unit = Decimal(1).scaleb(-places)
        each, over = divmod(int(self.amount.scaleb(places)), parts)
        return tuple(Money((each + (place < over)) * unit, self.currency) for place in range(parts))


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in another from a day on.

    Attributes:
        day: first day on which it holds.
        worth: units of the table's own currency for one unit of this one.
        source: where it was published, or `illustrative`.
    """

    currency: str
    day: date
    worth: Decimal
    source: str


class RateTable:
    """Rates of many currencies in one, each from its day until the next.

    Every conversion goes through the table's own currency as an exact fraction and is rounded once, half to
    even, at the places of the currency that comes out.

    Args:
        currency: the table's own, in which all others are expressed.
        rates: in any order.

    Raises:
        ValueError: a rate is not above zero, is one of the table's own currency, or is stated twice for a day.
    """

    def __init__(self, currency: str, rates: Iterable[Rate]) -> None:
        self.currency = currency
        self._days: dict[str, list[date]] = {}
        self._rates: dict[str, list[Rate]] = {}
        for rate in sorted(rates, key=lambda one: one.day):
            known = self._days.setdefault(rate.currency, [])
            if rate.worth <= 0 or rate.currency == currency or rate.day in known[-1:]:
                raise ValueError(f"a rate of {rate.currency} on {rate.day} cannot be")
            known.append(rate.day)
            self._rates.setdefault(rate.currency, []).append(rate)

    @property
    def currencies(self) -> tuple[str, ...]:
        """All currencies of the table, its own first."""
        return (self.currency, *sorted(self._rates))

    def rate(self, currency: str, day: date) -> Rate:
        """The rate of a currency that holds on a day: the last one before it or of it.

        Raises:
            DomainError: `no-rate` when the table knows none that early, or not the currency.
        """
        place = bisect_right(self._days.get(currency, []), day)
        if not place:
            raise DomainError("no-rate", field="currency", value=currency, day=day.isoformat())
        return self._rates[currency][place - 1]

    def worth(self, currency: str, day: date) -> Fraction:
        """Units of the table's own currency for one of `currency`, exactly.

        Raises:
            DomainError: `no-rate`.
        """
        return Fraction(1) if currency == self.currency else Fraction(self.rate(currency, day).worth)

    def convert(self, money: Money, currency: str, day: date) -> Money:
        """An amount in another currency at the rates of a day.

        Raises:
            DomainError: `no-rate`, or `amount-out-of-range` when so much cannot be kept.
        """
        if money.currency == currency:
            return money
        value = Fraction(money.amount) * self.worth(money.currency, day) / self.worth(currency, day)
        places = max(USUAL_PLACES, minor_places(currency))
        return Money(Decimal(round(value * 10**places)).scaleb(-places), currency)


def minor_places(currency: str) -> int:
    """Places after the decimal mark of a currency, as ISO 4217 lists them; two for what it does not list."""
    return OTHER_PLACES.get(currency, USUAL_PLACES)


def exact(value: Decimal | int | str, places: int = USUAL_PLACES) -> Decimal:
    """Read an amount exactly, with two places or as many as are asked for.

    Raises:
        DomainError: `not-an-amount` for text that is no number, `amount-out-of-range` beyond the limit.
    """
    try:
        amount = Decimal(value)
    except (InvalidOperation, ValueError):
        raise DomainError("not-an-amount", field="amount", value=str(value)[:40]) from None
    if amount.is_finite() and abs(amount) < LIMIT:
        rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
        if abs(rounded) < LIMIT:
            return rounded
    raise DomainError("amount-out-of-range", field="amount", value=str(value)[:40])
