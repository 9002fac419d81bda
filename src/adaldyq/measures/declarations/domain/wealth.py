"""Adds up what a declaration states: wealth by class, debts, income, in one currency.

The same rows count as in the rules: property that is owned and not merely used, of the declarant, the
spouse and children; sums as declared. What is in another currency is converted at the dated rate of the
year's end, and said; what has no rate is left out, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from adaldyq.base.money import CENT
from adaldyq.base.words import gettext_noop as _

Row = Mapping[str, object]
RowsBySection = Mapping[str, Iterable[Row]]
Rates = Mapping[tuple[str, int], Decimal]

REAL_ESTATE, VEHICLES, MONEY, BUSINESS, VALUABLES, DEBTS = (
    "real_estate",
    "vehicles",
    "money",
    "business",
    "valuables",
    "debts",
)
ASSET_CLASSES: Mapping[str, str] = {
    REAL_ESTATE: _("Real estate"),
    VEHICLES: _("Vehicles"),
    MONEY: _("Money and claims"),
    BUSINESS: _("Companies and securities"),
    VALUABLES: _("Valuables and crypto-assets"),
}
CLASS_OF_SECTION = {
    "real_estate": (REAL_ESTATE, "value"),
    "vehicle": (VEHICLES, "value"),
    "account": (MONEY, "amount"),
    "cash": (MONEY, "amount"),
    "security": (BUSINESS, "value"),
    "company_interest": (BUSINESS, "value"),
    "trust": (BUSINESS, "value"),
    "crypto": (VALUABLES, "value"),
    "valuable": (VALUABLES, "value"),
}
SALARY, PROPERTY, TRADE, SALES, OTHER = "salary", "property", "business", "sale", "other"
INCOME_CLASSES: Mapping[str, str] = {
    SALARY: _("Salary and pension"),
    PROPERTY: _("Dividends, interest and rent"),
    TRADE: _("Own business"),
    SALES: _("Sale of property"),
    OTHER: _("Other income"),
}
CLASS_OF_INCOME = {
    "salary": SALARY,
    "pension": SALARY,
    "dividend": PROPERTY,
    "interest": PROPERTY,
    "rent": PROPERTY,
    "business": TRADE,
    "sale": SALES,
}
OWNED = frozenset({"", "ownership", "joint ownership"})


@dataclass
class Totals:
    """Sums of one declaration in `currency`.

    Attributes:
        assets: by class.
        cash: of the assets, money in hand, without what may be at a bank.
        debts: what the family owes, not negative.
        income: by class of income; empty when the form does not ask for income.
        converted: currencies that were converted at the rate of the year's end.
        without_rate: how many sums were left out for want of a rate, by currency.
        unstated: rows without a sum.
        unstated_in: the same by section.
    """

    year: int
    currency: str
    assets: dict[str, Decimal] = field(default_factory=dict)
    cash: Decimal = Decimal(0)
    debts: Decimal = Decimal(0)
    income: dict[str, Decimal] = field(default_factory=dict)
    converted: set[str] = field(default_factory=set)
    without_rate: Counter[str] = field(default_factory=Counter)
    unstated: int = 0
    unstated_in: Counter[str] = field(default_factory=Counter)

    @property
    def net(self) -> Decimal:
        """Assets less debts."""
        return sum(self.assets.values(), Decimal(0)) - self.debts

    @property
    def all_income(self) -> Decimal | None:
        """Income of all kinds; none when the form does not ask for it, which is not the same as no income."""
        return sum(self.income.values(), Decimal(0)) if self.income else None


def totals(rows: RowsBySection, year: int, currency: str, rates: Rates, *, asks_income: bool = True) -> Totals:
    """Add up the rows of one declaration.

    Args:
        rows: of each section.
        year: of the declaration; its year's end dates the rates.
        currency: in which to add up.
        rates: worth of one unit of a currency at a year's end in the pack's own, which has the rate 1.
        asks_income: whether the declaration's form asks for income.
    """
    sums = Totals(year, currency, dict.fromkeys(ASSET_CLASSES, Decimal(0)))
    if asks_income or rows.get("income"):
        sums.income = dict.fromkeys(INCOME_CLASSES, Decimal(0))
    for section, listed in rows.items():
        for row in listed:
            if row.get("owner") != "other":
                before = sums.unstated
                count(sums, section, row, rates)
                sums.unstated_in[section] += sums.unstated - before
    return sums


def count(sums: Totals, section: str, row: Row, rates: Rates) -> None:
    """Add one row where it belongs, if it belongs to wealth or income."""
    if section == "income":
        kind = CLASS_OF_INCOME.get(str(row["kind"]), OTHER)
        sums.income[kind] += in_currency(sums, row["amount"], str(row["currency"]), rates)
    elif section == "claim":
        amount = in_currency(sums, row["amount"], str(row["currency"]), rates)
        if row["direction"] == "payable":
            sums.debts += amount
        else:
            sums.assets[MONEY] += amount
    elif section in CLASS_OF_SECTION and str(row.get("basis") or "") in OWNED:
        name, column = CLASS_OF_SECTION[section]
        amount = in_currency(sums, row[column], str(row["currency"]), rates)
        sums.assets[name] += amount
        if section == "cash" and not row.get("or_at_bank"):
            sums.cash += amount


def in_currency(sums: Totals, amount: object, currency: str, rates: Rates) -> Decimal:
    """An amount in the currency of the totals, noting what was done to it."""
    if not isinstance(amount, Decimal):
        sums.unstated += 1
        return Decimal(0)
    if currency == sums.currency or not amount:
        return amount
    worth, unit = rates.get((currency, sums.year)), rates.get((sums.currency, sums.year))
    if worth is None or not unit:
        sums.without_rate[currency or "?"] += 1
        return Decimal(0)
    sums.converted.add(currency)
    return (amount * worth / unit).quantize(CENT)
