"""Plots and maps: what they show. How they are drawn is in `drawing`.

Every plot carries its own data as a table and a file, its source and its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from zlib import crc32

from django.utils.translation import gettext as _

from adaldyq.ui.downloads import csv_address
from adaldyq.ui.formats.values import Kind, show
from adaldyq.ui.tables import Column, Table

Value = int | float | Decimal | None

MOST_SERIES = 5


@dataclass(frozen=True, slots=True)
class Series:
    """A line or a layer: its title and a value for each year or label; None leaves a gap."""

    title: object
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: label, length, and the page behind it."""

    label: object
    value: Value
    href: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Where the middle half of some values lies: label, the quarters, and the page behind it."""

    label: object
    low: Value
    median: Value
    high: Value
    href: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of a map: name, value, and the page behind it."""

    name: object
    value: Value
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Plot:
    """What all plots say of themselves.

    Attributes:
        kind: how values are written, with `currency` for money.
        unit: what is measured, under the title.
        source: the register or collection.
        as_of: the day of the data.
        download: file with the data; without it the plot carries one.
        note: a sentence a reader needs to read it right.
    """

    kind: Kind = "number"
    currency: str = ""
    unit: object = ""
    source: object = ""
    as_of: date | None = None
    download: str = ""
    note: object = ""

    template = ""
    shows_data = False  # whether the drawing itself is a table, or has one beside it

    @property
    def header(self) -> list[object]:
        """Titles of the table's columns."""
        raise NotImplementedError

    @property
    def data(self) -> list[list[object]]:
        """Rows of the table."""
        raise NotImplementedError

    @property
    def caption(self) -> str:
        """What the plot shows."""
        raise NotImplementedError

    @cached_property
    def id(self) -> str:
        """Name of this plot among others on a page."""
        return f"plot-{crc32(repr((self.caption, self.header, self.data)).encode()):08x}"

    @property
    def table(self) -> Table:
        """The same data as a table."""
        columns = [
            Column(str(place), title, kind="text" if place == 0 else self.kind, currency=self.currency)
            for place, title in enumerate(self.header)
        ]
        rows = [{str(place): value for place, value in enumerate(row)} for row in self.data]
        return Table(self.caption, columns, rows, hide_caption=True)

    @property
    def file(self) -> str:
        """Address of the same data as a file."""
        return self.download or csv_address(self.header, self.data)

    @property
    def filename(self) -> str:
        """Name under which a browser keeps the file that the plot carries."""
        return "" if self.download else f"{self.id}.csv"

    def written(self, value: Value) -> str:
        """A value in full."""
        return show(value, self.kind, self.currency)


@dataclass(frozen=True)
class SeriesPlot(Plot):
    """A plot of series over labels.

    Raises:
        ValueError: a series has more or fewer values than there are labels, or there are more than five.
    """

    title: object
    labels: Sequence[object]
    series: Sequence[Series]
    first: object = field(default="", kw_only=True)  # title of the labels' column

    def __post_init__(self) -> None:
        if len(self.series) > MOST_SERIES:
            raise ValueError(f"{len(self.series)} series in a plot; more than {MOST_SERIES} cannot be told apart")
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise ValueError(f"series {series.title}: {len(series.values)} values for {len(self.labels)} labels")

    @property
    def caption(self) -> str:
        """What the plot shows."""
        return str(self.title)

    @property
    def header(self) -> list[object]:
        """The labels' title, then the series'."""
        return [self.first or _("Year"), *(str(series.title) for series in self.series)]

    @property
    def data(self) -> list[list[object]]:
        """One row a label."""
        return [
            [str(label), *(series.values[place] for series in self.series)] for place, label in enumerate(self.labels)
        ]


@dataclass(frozen=True)
class LinePlot(SeriesPlot):
    """Lines over years."""

    template = "ui/plots/lines.html"


@dataclass(frozen=True)
class StackedPlot(SeriesPlot):
    """Columns of layers, none of them negative.

    Raises:
        ValueError: a value is negative.
    """

    template = "ui/plots/stacked.html"

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(value is not None and value < 0 for series in self.series for value in series.values):
            raise ValueError("a layer of a stacked plot cannot be negative")


@dataclass(frozen=True)
class BarPlot(Plot):
    """Horizontal bars, in the order given.

    Raises:
        ValueError: a value is negative.
    """

    title: object
    bars: Sequence[Bar]
    first: object = field(default="", kw_only=True)
    template = "ui/plots/bars.html"
    shows_data = True

    def __post_init__(self) -> None:
        if any(bar.value is not None and bar.value < 0 for bar in self.bars):
            raise ValueError("a bar cannot be negative")

    @property
    def caption(self) -> str:
        """What the plot shows."""
        return str(self.title)

    @property
    def header(self) -> list[object]:
        """What the bars are, and how much."""
        return [self.first or _("Name"), self.unit or _("Number or sum")]

    @property
    def data(self) -> list[list[object]]:
        """One row a bar."""
        return [[str(bar.label), bar.value] for bar in self.bars]


@dataclass(frozen=True)
class RangePlot(Plot):
    """Horizontal bars from the lower to the upper quarter with a mark at the half, on a scale that grows by multiples.

    Raises:
        ValueError: a value is not above zero, or a range is not in order.
    """

    title: object
    ranges: Sequence[Range]
    first: object = field(default="", kw_only=True)
    template = "ui/plots/ranges.html"
    shows_data = True

    def __post_init__(self) -> None:
        for one in self.ranges:
            if not 0 < float(one.low or 0) <= float(one.median or 0) <= float(one.high or 0):
                raise ValueError(f"{one.label}: a range goes up, and begins above zero")

    @property
    def caption(self) -> str:
        """What the plot shows."""
        return str(self.title)

    @property
    def header(self) -> list[object]:
        """What the ranges are, and their quarters."""
        return [self.first or _("Name"), _("A quarter is lower"), _("Half is lower"), _("A quarter is higher")]

    @property
    def data(self) -> list[list[object]]:
        """One row a range."""
        return [[str(one.label), one.low, one.median, one.high] for one in self.ranges]


@dataclass(frozen=True)
class RegionMap(Plot):
    """A map of regions shaded by a value in five steps.

    Attributes:
        borders: GeoJSON file whose features carry the region's ISO 3166-2 code as `iso`.
        regions: by that code.
    """

    title: object
    borders: Path
    regions: Mapping[str, Region]
    first: object = field(default="", kw_only=True)
    template = "ui/plots/map.html"
    shows_data = True

    @property
    def caption(self) -> str:
        """What the map shows."""
        return str(self.title)

    @property
    def header(self) -> list[object]:
        """Region and value."""
        return [self.first or _("Region"), self.unit or _("Number or sum")]

    @property
    def data(self) -> list[list[object]]:
        """One row a region, the largest first."""
        return [[str(region.name), region.value] for region in self.ranked]

    @property
    def ranked(self) -> list[Region]:
        """Regions, the largest first, those without a value last."""
        known = [region for region in self.regions.values() if region.value is not None]
        unknown = [region for region in self.regions.values() if region.value is None]
        return sorted(known, key=lambda region: float(region.value or 0), reverse=True) + unknown

    @property
    def table(self) -> Table:
        """Regions and their values, with links."""
        columns = [
            Column("name", self.header[0], link=lambda region: region.href),
            Column("value", self.header[1], kind=self.kind, currency=self.currency),
        ]
        return Table(self.caption, columns, self.ranked, hide_caption=True)
