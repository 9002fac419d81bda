"""Tables that a country pack gives to verification: dated rates and index values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.countries.pack import CountryPack

EXCHANGE_RATE = Table(
    "exchange_rate",
    "What one unit of a currency was worth in another at the end of a year.",
    (
        Column("id", ColumnType.TEXT, "Currency, quote currency and year.", Privacy.PUBLIC, required=True),
        Column("currency", ColumnType.TEXT, "Currency, ISO 4217.", Privacy.PUBLIC, required=True),
        Column("quote_currency", ColumnType.TEXT, "Currency it is expressed in.", Privacy.PUBLIC, required=True),
        Column("year", ColumnType.INTEGER, "Year at whose end the rate held.", Privacy.PUBLIC, required=True),
        Column("rate", ColumnType.NUMBER, "Units of the quote currency for one unit.", Privacy.PUBLIC, required=True),
    ),
    key="id",
)

INDEX_VALUE = Table(
    "index_value",
    "One unit of the index in which the law counts fees and thresholds, in every currency of the pack's rates.",
    (
        Column("id", ColumnType.TEXT, "Currency and year.", Privacy.PUBLIC, required=True),
        Column("year", ColumnType.INTEGER, "Year of the value.", Privacy.PUBLIC, required=True),
        Column("currency", ColumnType.TEXT, "Currency, ISO 4217.", Privacy.PUBLIC, required=True),
        Column("amount", ColumnType.NUMBER, "One unit of the index.", Privacy.PUBLIC, "currency", required=True),
    ),
    key="id",
)

PLACES = Decimal("0.000001")


def exchange_rates(pack: CountryPack) -> Iterator[Mapping[str, object]]:
    """Rates between every two currencies that the pack has for a year, through the pack's own currency."""
    for year, rates in sorted(rates_by_year(pack).items()):
        for currency, worth in sorted(rates.items()):
            for quote, quote_worth in sorted(rates.items()):
                yield {
                    "id": f"{currency}-{quote}-{year}",
                    "currency": currency,
                    "quote_currency": quote,
                    "year": year,
                    "rate": (worth / quote_worth).quantize(PLACES),
                }


def index_values(pack: CountryPack) -> Iterator[Mapping[str, object]]:
    """The index of each year in every currency that the pack has a rate for."""
    rates = rates_by_year(pack)
    for year, amount in sorted(pack.index_values.items()):
        for currency, worth in sorted(rates.get(year, {pack.currency: Decimal(1)}).items()):
            yield {
                "id": f"{currency}-{year}",
                "year": year,
                "currency": currency,
                "amount": (amount / worth).quantize(PLACES),
            }


def rates_by_year(pack: CountryPack) -> dict[int, dict[str, Decimal]]:
    """Worth of one unit of each currency in the pack's own, by year; its own is always one."""
    years = {year for _, year in pack.exchange_rates} | set(pack.index_values)
    rates: dict[int, dict[str, Decimal]] = {year: {pack.currency: Decimal(1)} for year in years}
    for (currency, year), worth in pack.exchange_rates.items():
        rates[year][currency] = worth
    return rates
