"""What a country pack holds.

A value without a source says `illustrative`. Money is in the pack's currency unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

Names = Mapping[str, str]  # by language


@dataclass(frozen=True, slots=True)
class TerritoryFact:
    """A territory: ISO 3166-2 code, official code, level, what it is part of, names by language."""

    code: str
    official_code: str
    level: str
    parent: str
    names: Names


@dataclass(frozen=True, slots=True)
class IdentifierScheme:
    """A kind of number given to people or companies.

    Attributes:
        check: answers whether a number is well formed, checksum included.
    """

    name: str
    titles: Names
    check: Callable[[str], bool]


@dataclass(frozen=True)
class CountryPack:
    """Everything that the rooms above know about a country.

    Attributes:
        code: ISO 3166-1.
        currency: ISO 4217.
        languages: first is the state language.
        territories: the tree, parents first.
        borders: file with the GeoJSON of the regions.
        schemes: identifier schemes by name.
        index_values: by year, one unit of the index that fees and thresholds are counted in, in `currency`.
        exchange_rates: by (currency, year), units of `currency` for one unit of it at the year's end.
        codes: code lists, each a mapping from code to names, such as `post_category`.
        filing_deadlines: by year of the declaration, the last day to file electronically.
        folder: where the pack's files are.
    """

    code: str
    currency: str
    languages: tuple[str, ...]
    names: Names
    territories: tuple[TerritoryFact, ...]
    borders: Path
    schemes: Mapping[str, IdentifierScheme]
    index_name: Names
    index_values: Mapping[int, Decimal]
    exchange_rates: Mapping[tuple[str, int], Decimal]
    codes: Mapping[str, Mapping[str, Names]]
    filing_deadlines: Mapping[int, date]
    folder: Path
