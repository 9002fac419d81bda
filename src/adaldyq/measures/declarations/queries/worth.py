"""What a sum of the registers is worth in the country's currency, where the law asks whether it is more than a limit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.countries.pack import CountryPack


def worth(amount: Decimal | None, currency: str, pack: CountryPack, day: date) -> Decimal:
    """A sum by the last rate that is known on a day; in a currency that has none by then it counts nothing.

    So nobody is obliged by a guess, and what obliges somebody is also what is filled in for them.

    Args:
        currency: the country's own when it is empty.
    """
    if not amount:
        return Decimal(0)
    try:
        return pack.rates.convert(Money(amount, currency or pack.currency), pack.currency, day).amount
    except DomainError:
        return Decimal(0)
