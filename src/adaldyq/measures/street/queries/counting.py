"""Counting what was told openly, once a month, with noise, and of few nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from adaldyq.base.disclosure import told_together
from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import kept_until
from adaldyq.measures.street.domain.cells import ALL, Cell, told
from adaldyq.measures.street.domain.perturbation import perturbed
from adaldyq.measures.street.domain.prices import quarters
from adaldyq.measures.street.models import HAPPENED, StreetCell, StreetEdition, StreetReport
from adaldyq.measures.street.states import COUNTED

TERM = "street_report"  # as packs call it
COPIED = (
    "year",
    "service",
    "region_id",
    "body_kind",
    *HAPPENED,
    "priced",
    "price_low",
    "price_median",
    "price_high",
    "currency",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What counts of a report."""

    happened: str
    service: str
    region: str
    body_kind: str
    year: int
    received: date
    key: int
    amount: Decimal | None


@dataclass(slots=True)
class Sums:
    """Record keys of the reports of a cell, by what happened; those of who named a sum, and the sums."""

    keys: dict[str, list[int]] = field(default_factory=lambda: {one: [] for one in HAPPENED})
    priced: list[int] = field(default_factory=list)
    amounts: list[Decimal] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Count a report."""
        self.keys[row.happened].append(row.key)
        if row.amount is not None:
            self.priced.append(row.key)
            self.amounts.append(row.amount)

    @property
    def count(self) -> int:
        """How many reports there are."""
        return sum(map(len, self.keys.values()))


def last_month(day: date) -> date:
    """The last day of the month before that of a day."""
    return day.replace(day=1) - timedelta(days=1)


def is_counted(as_of: date) -> bool:
    """Whether the edition of a day is there."""
    return StreetEdition.objects.filter(as_of_date=as_of).exists()


def is_gone(year: int, day: date) -> bool:
    """Whether the term has passed for which what was told of a year is kept."""
    return kept_until(date(year, 12, 31), TERM, on=day) < day


def years_gone(day: date) -> list[int]:
    """Years of which something is still kept although their term has passed."""
    years = StreetReport.objects.order_by().values_list("month__year", flat=True).distinct()
    return sorted(year for year in years if is_gone(year, day))


def counted(as_of: date, day: date) -> list[StreetCell]:
    """Cells of everything that was told up to a day; of years whose term has passed those of the last edition stay.

    Args:
        day: on which it is counted.
    """
    least = int(naming.pack().threshold("suppressed_below", day).amount)
    groups: dict[int, dict[Cell, Sums]] = defaultdict(lambda: defaultdict(Sums))
    kinds: dict[int, dict[str, Sums]] = defaultdict(lambda: defaultdict(Sums))
    for row in rows(as_of):
        if not is_gone(row.year, day):
            for cell in ((service, region) for service in (row.service, ALL) for region in (row.region, ALL)):
                groups[row.year][cell].add(row)
            kinds[row.year][row.body_kind].add(row)
    found = [cell for year, cells in sorted(groups.items()) for cell in cells_of(year, cells, least)]
    found += [cell for year, those in sorted(kinds.items()) for cell in kinds_of(year, those, least)]
    return [*found, *kept(as_of, day)]


def rows(as_of: date) -> Iterator[Row]:
    """Reports that count, received up to a day."""
    regions, currency = naming.region_by_territory(), naming.pack().currency
    found = StreetReport.objects.filter(state__in=COUNTED, received_date__lte=as_of)
    wanted = (
        "happened",
        "service",
        "territory_id",
        "body_kind",
        "month",
        "received_date",
        "record_key",
        "amount",
        "currency",
    )
    for happened, service, place, kind, month, received, key, amount, of in found.values_list(*wanted).iterator():
        region = regions.get(place, "")
        if region:
            yield Row(happened, service, region, kind, month.year, received, key, amount if of == currency else None)


def cells_of(year: int, cells: Mapping[Cell, Sums], least: int) -> Iterator[StreetCell]:
    """Cells of a year that may be told."""
    may_be_told = told({cell: sums.count for cell, sums in cells.items()}, least)
    for service, region in sorted(may_be_told):
        yield from cell_of(cells[service, region], least, year=year, service=service, region_id=region or None)


def kinds_of(year: int, kinds: Mapping[str, Sums], least: int) -> Iterator[StreetCell]:
    """What may be told of kinds of bodies; how many did not say it is not told, but others go with it when they are few."""
    counts = {kind: sums.count for kind, sums in kinds.items()}
    if sum(counts.values()) < least:
        return
    for kind in sorted(set(counts) - told_together(counts, least) - {""}):
        yield from cell_of(kinds[kind], least, year=year, body_kind=kind)


def cell_of(sums: Sums, least: int, **of: Any) -> Iterator[StreetCell]:
    """A cell with noise and its prices; none when noise has made it few."""
    counts = {one: perturbed(sums.keys[one]) for one in HAPPENED}
    if sum(counts.values()) < least:
        return
    prices = quarters(sums.amounts, least)
    yield StreetCell(
        **of,
        **counts,
        priced=perturbed(sums.priced) if prices else 0,
        price_low=prices.low if prices else None,
        price_median=prices.median if prices else None,
        price_high=prices.high if prices else None,
        currency=naming.pack().currency if prices else "",
    )


def kept(as_of: date, day: date) -> list[StreetCell]:
    """Cells of the last edition, anew, for the years whose term has passed."""
    last = StreetEdition.objects.filter(as_of_date__lt=as_of).order_by("-as_of_date").first()
    if last is None:
        return []
    found = [StreetCell(**row) for row in last.cells.values(*COPIED) if is_gone(row["year"], day)]
    for one in found:
        if prices := one.prices:
            one.price_low, one.price_median, one.price_high = prices.low, prices.median, prices.high
    return found
