"""How a fee is counted: so many units, and so many for each thing, within a least and a most; the pack says what a unit is.

A formula is data: numbers as text, so that they stay exact. An empty one belongs to a schedule whose sums acts state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import AmountUnit

NUMBERS = ("base", "each", "least", "most")
MOST_UNITS, MOST_QUANTITY, WHOLE = Decimal(10) ** 9, 10_000, 100


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a fee.

    Attributes:
        unit: in which its numbers are: the pack's index, or the country's currency.
        base: asked for in any case.
        each: for each thing that is counted, such as a page or a year; 0 when nothing is counted.
        least, most: between which it stays; None without bound.
    """

    unit: AmountUnit
    base: Decimal
    each: Decimal = Decimal(0)
    least: Decimal | None = None
    most: Decimal | None = None

    def units(self, quantity: int) -> Decimal:
        """What so many things cost, in units.

        Raises:
            DomainError: `fee-quantity`.
        """
        if not 1 <= quantity <= MOST_QUANTITY:
            raise DomainError("fee-quantity", field="quantity", most=MOST_QUANTITY)
        found = self.base + self.each * quantity
        found = found if self.least is None else max(found, self.least)
        return found if self.most is None else min(found, self.most)

    @property
    def as_data(self) -> dict[str, str]:
        """The formula as rows keep it."""
        numbers = {name: getattr(self, name) for name in NUMBERS}
        kept = {name: format(value.normalize(), "f") for name, value in numbers.items() if value is not None}
        return {"unit": self.unit.value, **kept}


def formula_of(data: Mapping[str, Any]) -> Formula:
    """Read a formula.

    Raises:
        DomainError: `fee-formula` when a number is none, is below zero or too large, bounds contradict, or the unit is
            no amount of money.
    """
    try:
        unit = AmountUnit(data.get("unit", ""))
        numbers = {name: Decimal(str(data[name])) for name in NUMBERS if data.get(name) not in {None, ""}}
    except (InvalidOperation, ValueError):
        raise DomainError("fee-formula", field="base") from None
    for name, value in numbers.items():
        if not value.is_finite() or not 0 <= value <= MOST_UNITS:
            raise DomainError("fee-formula", field=name)
    least, most = numbers.get("least"), numbers.get("most")
    if unit not in {AmountUnit.INDEX, AmountUnit.CURRENCY} or (least is not None and most is not None and least > most):
        raise DomainError("fee-formula", field="least")
    return Formula(unit, numbers.get("base", Decimal(0)), numbers.get("each", Decimal(0)), least, most)


def part(units: int, per_cent: int) -> int:
    """So many per cent of an amount, rounded up to a whole least unit, in favour of the payer."""
    return min(-(-units * per_cent // WHOLE), units)
