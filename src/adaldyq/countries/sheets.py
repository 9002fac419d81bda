"""Reads the CSV files of a pack: territories, days, index, rates, thresholds, deadlines, retention, documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from adaldyq.base.calendar import Term, TermUnit
from adaldyq.base.errors import DomainError
from adaldyq.base.money import CURRENCY
from adaldyq.countries import required
from adaldyq.countries.facts import (
    AmountUnit,
    DayFact,
    DeadlineFact,
    DocumentFact,
    Duty,
    IndexValue,
    Occasion,
    RateFact,
    Retention,
    TerritoryFact,
    Threshold,
)
from adaldyq.countries.reading import Report, Row, one_of, read_rows

Stated = list[tuple[int, str]]
"""Lines and the names that stand on them, also of lines with a mistake."""

HOLIDAYS = "holidays.csv"
TERRITORIES = "territories.csv"
TERRITORY_COLUMNS = ("code", "official_code", "level", "parent")
DAY_COLUMNS = ("day", "occasion", "name")
INDEX_COLUMNS = ("since", "amount")
RATE_COLUMNS = ("currency", "year", "rate")
THRESHOLD_COLUMNS = ("name", "since", "amount", "unit")
DEADLINE_COLUMNS = ("name", "since", "length", "unit")
DOCUMENT_COLUMNS = ("name", "since", "section", "column", "code", "duty")
RETENTION_COLUMNS = ("name", "since", "length", "unit")


def territories(folder: Path, languages: Sequence[str], country: str, report: Report) -> tuple[TerritoryFact, ...]:
    """The tree of territories, parents first."""
    file = folder / TERRITORIES

    def make(row: Row) -> TerritoryFact:
        level = one_of(row, "level", required.LEVELS)
        names = {language: row.text(language) for language in languages}
        cells = row.cells
        return TerritoryFact(
            row.text("code"), cells["official_code"].strip(), level, cells["parent"].strip(), names, row.source()
        )

    found = read_rows(file, (*TERRITORY_COLUMNS, *languages), report, make)
    seen: set[str] = set()
    for line, one in found:
        if one.code in seen:
            report.add(DomainError("pack-twice", file=file.name, line=line, value=one.code))
        if one.parent and one.parent not in seen:
            report.add(DomainError("pack-parent-unknown", file=file.name, line=line, value=one.code, parent=one.parent))
        if (not one.parent) != (one.code == country):
            report.add(DomainError("pack-not-one-root", file=file.name, line=line, value=one.code, country=country))
        seen.add(one.code)
    return tuple(one for _, one in found)


def days(folder: Path, names: Collection[str], rest_days: frozenset[int], report: Report) -> tuple[DayFact, ...]:
    """Holidays and moved days, in order."""
    file = folder / HOLIDAYS

    def make(row: Row) -> DayFact:
        occasion = row.choice("occasion", Occasion)
        name = one_of(row, "name", names) if occasion is Occasion.HOLIDAY else row.cells["name"].strip()
        return DayFact(row.day("day"), occasion, name, row.source())

    found = read_rows(file, DAY_COLUMNS, report, make)
    off = {one.day for _, one in found if one.occasion is Occasion.HOLIDAY}
    seen: dict[date, Occasion] = {}
    for line, one in found:
        if one.day in seen and {one.occasion, seen[one.day]} != {Occasion.HOLIDAY}:
            report.add(DomainError("pack-twice", file=file.name, line=line, value=one.day.isoformat()))
        rests = one.day.isoweekday() in rest_days
        if one.occasion is Occasion.WORK and not rests:
            report.add(DomainError("pack-worked-anyway", file=file.name, line=line, value=one.day.isoformat()))
        if one.occasion is Occasion.REST and (rests or one.day in off):
            report.add(DomainError("pack-rests-anyway", file=file.name, line=line, value=one.day.isoformat()))
        seen[one.day] = one.occasion
    return tuple(sorted((one for _, one in found), key=lambda one: one.day))


def index(folder: Path, report: Report) -> tuple[IndexValue, ...]:
    """Values of the index, each from its day; every year has one on its first day."""
    file = folder / "index_values.csv"
    found = read_rows(
        file, INDEX_COLUMNS, report, lambda row: IndexValue(row.day("since"), row.positive("amount"), row.source())
    )
    once(file, ((line, one.since.isoformat()) for line, one in found), report)
    ordered = sorted((one for _, one in found), key=lambda one: one.since)
    unbroken(file, {one.since.year: line for line, one in found}, report)
    return tuple(ordered)


def rates(folder: Path, own: str, report: Report) -> tuple[RateFact, ...]:
    """Rates at the ends of years."""
    file = folder / "exchange_rates.csv"

    def make(row: Row) -> RateFact:
        currency = row.text("currency")
        if not CURRENCY.fullmatch(currency) or currency == own:
            report.add(DomainError("pack-not-a-currency", file=row.file, line=row.line, value=currency))
        return RateFact(currency, row.year("year"), row.positive("rate"), row.source())

    found = read_rows(file, RATE_COLUMNS, report, make)
    once(file, ((line, f"{one.currency} {one.year}") for line, one in found), report)
    unbroken(file, {one.year: line for line, one in found}, report)
    return tuple(one for _, one in found)


def thresholds(
    folder: Path, report: Report, classes: Collection[str] | None = None, services: Collection[str] | None = None
) -> tuple[Threshold, ...]:
    """Amounts of the law, each from its day.

    Args:
        classes: codes of `reward_class`, each of which has a fixed reward; none where they could not be read.
        services: codes of `street_service`, each of which may have a fee; the same.
    """
    file = folder / "thresholds.csv"
    stated: Stated = []
    wanted = {**required.THRESHOLDS, **{required.FIXED_REWARD + one: required.OF_A_CLASS for one in classes or ()}}

    def make(row: Row) -> Threshold:
        given = row.cells["name"]
        of_a_class = classes is None and given.startswith(required.FIXED_REWARD)
        service = given.removeprefix(required.SERVICE_FEE) if given.startswith(required.SERVICE_FEE) else ""
        of_a_service = bool(service) and (services is None or service in services)
        known = of_a_class or of_a_service or given in required.OPTIONAL_THRESHOLDS
        stated.append((row.line, name := row.text("name") if known else one_of(row, "name", wanted)))
        unit = row.choice("unit", AmountUnit)
        if unit not in (allowed := required.UNITS.get(name, AmountUnit)):
            one_of(row, "unit", [one.value for one in allowed])
        return Threshold(name, row.day("since"), row.number("amount"), unit, row.source())

    found = read_rows(file, THRESHOLD_COLUMNS, report, make)
    once(file, ((line, f"{one.name} {one.since}") for line, one in found), report)
    whole(file, wanted, stated, report)
    return tuple(one for _, one in found)


def term(row: Row) -> Term:
    """A term of so many units."""
    return Term(row.whole("length"), row.choice("unit", TermUnit))


def deadlines(folder: Path, report: Report) -> tuple[DeadlineFact, ...]:
    """Terms of the law, each from its day. Those beyond the required ones are a country's own."""
    file = folder / "deadlines.csv"
    stated: Stated = []

    def make(row: Row) -> DeadlineFact:
        stated.append((row.line, name := row.text("name")))
        return DeadlineFact(name, row.day("since"), term(row), row.source())

    found = read_rows(file, DEADLINE_COLUMNS, report, make)
    once(file, ((line, f"{one.name} {one.since}") for line, one in found), report)
    whole(file, required.DEADLINES, stated, report)
    return tuple(one for _, one in found)


def retention(folder: Path, report: Report) -> tuple[Retention, ...]:
    """How long records are kept, each term from its day."""
    file = folder / "retention.csv"
    stated: Stated = []

    def make(row: Row) -> Retention:
        stated.append((row.line, name := one_of(row, "name", required.RETENTION)))
        return Retention(name, row.day("since"), term(row), row.source())

    found = read_rows(file, RETENTION_COLUMNS, report, make)
    once(file, ((line, f"{one.name} {one.since}") for line, one in found), report)
    whole(file, required.RETENTION, stated, report)
    return tuple(one for _, one in found)


def documents(folder: Path, languages: Sequence[str], report: Report) -> tuple[DocumentFact, ...]:
    """Documents that belong to entries of a declaration; a pack may list none."""
    file = folder / "documents.csv"

    def make(row: Row) -> DocumentFact:
        column, code = row.cells["column"].strip(), row.cells["code"].strip()
        if bool(column) != bool(code):
            empty = "code" if column else "column"
            report.add(DomainError("pack-field-missing", file=row.file, line=row.line, value=empty))
        return DocumentFact(
            row.text("name"),
            row.day("since"),
            row.text("section"),
            column,
            code,
            row.choice("duty", Duty),
            {language: row.text(language) for language in languages},
            row.source(),
        )

    found = read_rows(file, (*DOCUMENT_COLUMNS, *languages), report, make)
    once(file, ((line, f"{one.name} {one.since}") for line, one in found), report)
    return tuple(one for _, one in found)


def once(file: Path, keys: Iterable[tuple[int, str]], report: Report) -> None:
    """Say which lines state what an earlier one has stated."""
    seen: set[str] = set()
    for line, key in keys:
        if key in seen:
            report.add(DomainError("pack-twice", file=file.name, line=line, value=key))
        seen.add(key)


def whole(file: Path, wanted: Collection[str], found: Stated, report: Report) -> None:
    """Say which of the required names a file does not state, and the line to add them on."""
    if report.unread(file.name):
        return
    stated = {name for _, name in found}
    end = max((line for line, _ in found), default=1) + 1
    for name in wanted:
        if name not in stated:
            report.add(DomainError("pack-name-required", file=file.name, line=end, value=name))


def unbroken(file: Path, years: Mapping[int, int], report: Report) -> None:
    """Say which years between the first and the last have no value, and on which line the first after them stands.

    Args:
        years: line by year.
    """
    for year in range(min(years, default=0), max(years, default=0)):
        if year not in years:
            after = years[min(one for one in years if one > year)]
            report.add(DomainError("pack-year-missing", file=file.name, line=after, value=year))
