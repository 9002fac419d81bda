"""Long lists that a person chooses from: countries and currencies by their names."""

from __future__ import annotations

from functools import cache

from adaldyq.base.names import order_key
from adaldyq.kernel import naming
from adaldyq.kernel.country_names import country_name
from adaldyq.kernel.currency_names import currency_name

Choices = list[tuple[str, str]]


@cache
def currencies_by_name(codes: tuple[str, ...], country: str, language: str) -> Choices:
    """Currencies with their names: the country's own and those with an official rate as they come, the others by name.

    Args:
        country: whose rates count.
        language: in force.
    """
    named = [(code, currency_name(code)) for code in codes]
    rated = {currency for currency, _year in naming.pack().exchange_rates} | {naming.pack().currency}
    others = (pair for pair in named if pair[0] not in rated)
    return [*(pair for pair in named if pair[0] in rated), *sorted(others, key=lambda pair: order_key(pair[1]))]


@cache
def countries_by_name(codes: tuple[str, ...], language: str) -> Choices:
    """Countries with their names in the language in force, the first of the codes first and the others by name."""
    own, *others = [(code, country_name(code)) for code in dict.fromkeys(codes)]
    return [own, *sorted(others, key=lambda pair: order_key(pair[1]))]
