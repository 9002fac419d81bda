"""Reads sums, shares and other numbers as people write them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import BETWEEN_THOUSANDS
from adaldyq.base.money import CENT, LIMIT

WHOLE_SHARE = Decimal(100)
PLACES = Decimal("0.000001")
LARGEST_NUMBER = Decimal(10) ** 12
SHOWN = 40
"""Characters of a wrong value that its error repeats."""


def read_money(text: str) -> Decimal:
    """A sum, not negative, written to the hundredth at most: "1.000" may be meant as a thousand.

    Raises:
        DomainError: `declared-not-a-number`, `declared-negative`, `declared-too-large` or `declared-too-exact`.
    """
    written = number_of(text)
    found = limited(written, LIMIT, CENT)
    if places_of(written) > places_of(CENT):
        raise too_exact(CENT)
    return found


def read_number(text: str) -> Decimal:
    """A number that is not negative, such as an area; raises as `read_money`."""
    return limited(number_of(text), LARGEST_NUMBER, PLACES)


def read_share(text: str) -> Decimal:
    """A share in percent, above 0 and at most 100.

    Raises:
        DomainError: `declared-share-out-of-range`, or as `read_number`.
    """
    share = read_number(text.removesuffix("%"))
    if not 0 < share <= WHOLE_SHARE:
        raise DomainError("declared-share-out-of-range", value=text[:SHOWN])
    return share


def number_of(text: str) -> Decimal:
    """A number as people write it: spaces between thousands, comma or point before the fraction.

    Raises:
        DomainError: `declared-not-a-number`.
    """
    written = text.translate(BETWEEN_THOUSANDS).replace(",", ".")
    plain = written.isascii() and set(written) <= set("0123456789.+-")
    try:
        return Decimal(written if plain else "")
    except InvalidOperation:
        raise DomainError("declared-not-a-number", value=text[:SHOWN]) from None


def limited(number: Decimal, limit: Decimal, unit: Decimal) -> Decimal:
    """A number from nothing to below a limit, with no more places than are kept."""
    if number < 0:
        raise DomainError("declared-negative")
    if number >= limit:
        raise DomainError("declared-too-large", limit=limit)
    rounded = number.quantize(unit)
    if rounded != number:
        raise too_exact(unit)
    return rounded


def too_exact(unit: Decimal) -> DomainError:
    """What is told of a number with more places than are kept."""
    return DomainError("declared-too-exact", places=places_of(unit))


def places_of(number: Decimal) -> int:
    """How many digits of a number stand after the point."""
    return -int(number.as_tuple().exponent)
