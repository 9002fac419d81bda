"""What a country pack tells the rooms above."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

from adaldyq.base.calendar import Term, WorkCalendar
from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money, Rate, RateTable
from adaldyq.countries.facts import (
    AmountUnit,
    DayFact,
    DeadlineFact,
    DocumentFact,
    FilingDay,
    IndexValue,
    Language,
    Names,
    Occasion,
    RateFact,
    Retention,
    TerritoryFact,
    Threshold,
    in_force,
)
from adaldyq.countries.identifiers import IdentifierScheme
from adaldyq.countries.permits import PermitFact
from adaldyq.countries.phases import Phase

Found = TypeVar("Found", IndexValue, Threshold, DeadlineFact, Retention)

LAST_DECLARED_YEAR = 2100


@dataclass(frozen=True, slots=True)
class Currency:
    """The country's own currency: ISO 4217 code, places after the decimal mark, sign that stands for it."""

    code: str
    places: int
    sign: str
    source: str


@dataclass(frozen=True)
class CountryPack:
    """Everything that the rooms above know about a country.

    Attributes:
        code: ISO 3166-1; an invented country takes one that ISO leaves to everybody, such as ZZ.
        speech: languages of the pages; the first is the state language.
        zone: of the IANA time zone database; a day begins and ends by its clock.
        rest_days: days of the week that are not worked, by ISO 8601 number.
        days: holidays and moved days.
        territories: the tree, parents first.
        borders: file with the GeoJSON of the regions.
        schemes: identifier schemes by name.
        index_name: of the index that fees and thresholds are counted in.
        index: its values.
        rate_facts: rates at the ends of years.
        fee_unit: what fees are counted in.
        codes: code lists, each a mapping from code to names, such as `post_category`.
        code_sources: source of each code list.
        sole_traders: legal forms under which a person trades by themselves, so that the name is a person's.
        thresholds, deadlines: of all names and days.
        retention: how long records are kept, of all names and days.
        documents: that belong to entries of a declaration, of all days.
        permits: that the catalogue of permits begins with.
        joint_filing: whether husband and wife may file one declaration together.
        filing_days: last day to file by way.
        phases: of the obligation to declare, in the order in which the law brought people in.
        sources: of the single values, by what they are about, such as `time_zone`.
        folder: where the pack's files are.
    """

    code: str
    names: Names
    speech: tuple[Language, ...]
    money: Currency
    zone: ZoneInfo
    rest_days: frozenset[int]
    borders: Path
    schemes: Mapping[str, IdentifierScheme]
    index_name: Names
    fee_unit: AmountUnit
    codes: Mapping[str, Mapping[str, Names]]
    code_sources: Mapping[str, str]
    filing_days: Mapping[str, FilingDay]
    phases: tuple[Phase, ...]
    sources: Mapping[str, str]
    folder: Path
    days: tuple[DayFact, ...] = ()
    territories: tuple[TerritoryFact, ...] = ()
    index: tuple[IndexValue, ...] = ()
    rate_facts: tuple[RateFact, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    retention: tuple[Retention, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    permits: tuple[PermitFact, ...] = ()
    joint_filing: bool = False
    sole_traders: frozenset[str] = frozenset()

    @property
    def words(self) -> Path:
        """Folder of the pack's own translations of the pages, in gettext's layout; a pack may have none."""
        return self.folder / "words"

    @property
    def currency(self) -> str:
        """The country's currency, ISO 4217."""
        return self.money.code

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages; the first is the state language."""
        return tuple(one.code for one in self.speech)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days as far as the pack knows them."""
        off = frozenset(one.day for one in self.days if one.occasion is not Occasion.WORK)
        on = frozenset(one.day for one in self.days if one.occasion is Occasion.WORK)
        return WorkCalendar(self.rest_days, off, on)

    def day_of(self, instant: datetime) -> date:
        """The day that an instant falls on by the country's own clock."""
        return instant.astimezone(self.zone).date()

    @cached_property
    def index_values(self) -> Mapping[int, Decimal]:
        """One unit of the index on the first of January, by year."""
        firsts = [date(year, 1, 1) for year in sorted({one.since.year for one in self.index})]
        found = {day.year: in_force(self.index, day) for day in firsts}
        return MappingProxyType({year: value.amount for year, value in found.items() if value is not None})

    def index_on(self, day: date) -> IndexValue:
        """The value of the index that is in force on a day.

        Raises:
            DomainError: `no-such-value` when the pack knows none that early.
        """
        return known(in_force(self.index, day), "index", day)

    @cached_property
    def exchange_rates(self) -> Mapping[tuple[str, int], Decimal]:
        """By currency and year, units of `currency` for one unit of it at the year's end."""
        return MappingProxyType({(one.currency, one.year): one.rate for one in self.rate_facts})

    @cached_property
    def rates(self) -> RateTable:
        """Rates of all currencies, each from the last day of its year."""
        facts = (Rate(one.currency, date(one.year, 12, 31), one.rate, one.source) for one in self.rate_facts)
        return RateTable(self.currency, facts)

    def threshold(self, name: str, day: date) -> Threshold:
        """The threshold of a name that is in force on a day.

        Raises:
            DomainError: `no-such-value`.
        """
        return known(in_force((one for one in self.thresholds if one.name == name), day), name, day)

    def threshold_amount(self, name: str, day: date) -> Money:
        """A threshold on a day as money in the country's currency.

        Raises:
            DomainError: `no-such-value`.
            ValueError: the threshold is no amount of money.
        """
        found = self.threshold(name, day)
        return self.worth(found.amount, found.unit, day)

    def worth(self, amount: Decimal, unit: AmountUnit, day: date) -> Money:
        """So many units on a day as money in the country's currency.

        Raises:
            DomainError: `no-such-value` when the index had no value yet.
            ValueError: the unit is no amount of money.
        """
        match unit:
            case AmountUnit.INDEX:
                return Money(amount * self.index_on(day).amount, self.currency)
            case AmountUnit.CURRENCY:
                return Money(amount, self.currency)
            case _:
                raise ValueError(f"{unit} is no amount of money")

    def terms(self, day: date) -> Mapping[str, Term]:
        """All deadlines that are in force on a day, by name; what `Transition.due_date` asks for."""
        names = {one.name for one in self.deadlines}
        found = {name: in_force((one for one in self.deadlines if one.name == name), day) for name in names}
        return {name: fact.term for name, fact in found.items() if fact is not None}

    def documents_of(self, section: str, values: Mapping[str, object], day: date) -> list[DocumentFact]:
        """Documents that belong to an entry of a declaration that is filed on a day, in the order of the pack."""
        return [one for one in self.documents_in_force(day) if one.belongs_to(section, values)]

    def documents_in_force(self, day: date) -> list[DocumentFact]:
        """Documents that belong to entries of declarations filed on a day, in the order of the pack."""
        listed = [one for one in self.documents if one.since <= day]
        return list({one.name: one for one in sorted(listed, key=lambda one: one.since)}.values())

    def deadline(self, name: str, day: date) -> DeadlineFact:
        """The deadline of a name that is in force on a day, with its source.

        Raises:
            DomainError: `no-such-value`.
        """
        return known(in_force((one for one in self.deadlines if one.name == name), day), name, day)

    def kept_for(self, name: str, day: date) -> Retention:
        """How long records of a kind are kept by the law of a day, with its source.

        Raises:
            DomainError: `no-such-value`.
        """
        return known(in_force((one for one in self.retention if one.name == name), day), name, day)

    def due(self, name: str, start: date) -> date:
        """Last day of a deadline that begins to run on the day after `start`.

        Raises:
            DomainError: `no-such-value`.
        """
        return self.deadline(name, start).term.last_day(start, self.calendar)

    @cached_property
    def filing_deadlines(self) -> Mapping[int, date]:
        """By year of the declaration, the last day to file electronically."""
        electronic = self.filing_days["electronic"]
        return MappingProxyType({year: electronic.of(year) for year in range(2000, LAST_DECLARED_YEAR)})


def known(fact: Found | None, name: str, day: date) -> Found:
    """The fact, which must be there."""
    if fact is None:
        raise DomainError("no-such-value", value=name, day=day.isoformat())
    return fact
