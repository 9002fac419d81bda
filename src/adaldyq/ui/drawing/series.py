"""Lines over years and columns of layers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from adaldyq.ui.drawing.scale import Scale, scale_for
from adaldyq.ui.formats.values import show_short
from adaldyq.ui.plots import LinePlot, Plot, Series, SeriesPlot, StackedPlot

TOP, BOTTOM, LABELS_AT = 8.0, 89.0, 98.5
LEFT, RIGHT = 21.0, 96.0
SMALL_LETTER, LETTER, EDGE = 0.8, 2.6, 100.0  # per cent of the width: of a desktop, of a phone, and where drawings end
TOTALS = 3  # sums over columns that fit on a phone
APART = 7.5  # per cent of the height between two values that are written out
COLUMN_SHARE = 0.62

MARKERS = (
    "M0-5A5 5 0 1 1 0 5A5 5 0 1 1 0-5Z",  # disc
    "M-4.6-4.6H4.6V4.6H-4.6Z",  # square
    "M0-6 6 5H-6Z",  # triangle
    "M0-6.5 6.5 0 0 6.5-6.5 0Z",  # diamond
    "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",  # cross
)
DASHES = ("", "9 4", "2.5 4", "12 4 2.5 4", "5 3")


@dataclass(frozen=True, slots=True)
class Tick:
    """A named value on an axis; `minor` ones give way on a narrow screen."""

    at: float
    text: str
    anchor: str = "start"
    minor: bool = False
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its value; `text` only where it is written out."""

    x: float
    y: float
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series as drawn: its number from 1, pieces between gaps, marks."""

    number: int
    title: str
    dash: str
    marker: str
    pieces: list[str]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Block:
    """One layer of one column."""

    number: int
    x: float
    y: float
    width: float
    height: float
    title: str


def levels(plot: Plot, scale: Scale) -> list[Tick]:
    """Named values of the upright axis."""
    return [
        Tick(scale.at(value), show_short(float(value), plot.kind, plot.currency), zero=value == 0)
        for value in scale.ticks
    ]


def places(labels: Sequence[object]) -> list[float]:
    """Where labels stand, in per cent of the width."""
    if len(labels) == 1:
        return [(LEFT + RIGHT) / 2]
    gap = (RIGHT - LEFT) / max(1, len(labels) - 1)
    return [round(LEFT + gap * place, 2) for place in range(len(labels))]


def label_ticks(labels: Sequence[object], at: Sequence[float]) -> list[Tick]:
    """Labels of the level axis: as many as have room, fewer on the phone, and always the last."""
    last = len(labels) - 1
    gap = at[1] - at[0] if last > 0 else EDGE
    step = max(1, ceil(room(labels, at, SMALL_LETTER) / gap))
    on_phone = step * max(1, ceil(room(labels, at, LETTER) / gap / step))
    return [
        tick_at(x, str(label), minor=(last - place) % on_phone != 0, last=place == last)
        for place, (x, label) in enumerate(zip(at, labels, strict=True))
        if (last - place) % step == 0
    ]


def room(labels: Sequence[object], at: Sequence[float], letter: float) -> float:
    """How far apart labels must stand, in per cent of the width, when the last may be pushed inwards."""
    widths = [len(str(label)) * letter for label in labels]
    pushed = widths[-1] / 2 - (EDGE - at[-1]) if labels and is_outside(at[-1], str(labels[-1])) else 0.0
    return max(widths, default=0.0) + 2 * letter + max(0.0, pushed)


def is_outside(at: float, text: str) -> bool:
    """Whether a phone's drawing would cut a label that stands in the middle of its place."""
    return at + len(text) * LETTER / 2 > EDGE


def tick_at(at: float, text: str, *, minor: bool, last: bool) -> Tick:
    """A label in the middle of its place; the last one at the edge when else a phone's drawing would cut it."""
    return Tick(EDGE, text, "end", minor) if last and is_outside(at, text) else Tick(at, text, "middle", minor)


def known(series: Iterable[Series]) -> list[float]:
    """All values that are stated."""
    return [float(value) for one in series for value in one.values if value is not None]


def lines(plot: LinePlot) -> dict[str, object]:
    """A line plot as shapes."""
    scale = scale_for(known(plot.series), BOTTOM, TOP)
    at = places(plot.labels)
    written = ends_written(plot, scale)
    drawn = [line(plot, place, at, scale, place in written) for place in range(len(plot.series))]
    return {"levels": levels(plot, scale), "ticks": label_ticks(plot.labels, at), "lines": drawn}


def ends_written(plot: SeriesPlot, scale: Scale) -> set[int]:
    """Series whose last value is written out: as many as do not run into each other, from the first."""
    taken: list[float] = []
    written = set()
    for place, series in enumerate(plot.series):
        last = next((value for value in reversed(series.values) if value is not None), None)
        if last is not None and all(abs(scale.at(float(last)) - y) >= APART for y in taken):
            taken.append(scale.at(float(last)))
            written.add(place)
    return written


def line(plot: LinePlot, place: int, at: Sequence[float], scale: Scale, write_end: bool) -> Line:
    """One series as pieces between its gaps."""
    series = plot.series[place]
    points = [
        (x, scale.at(float(value)), value, label)
        for x, value, label in zip(at, series.values, plot.labels, strict=True)
        if value is not None
    ]
    marks = [
        Mark(
            x,
            y,
            f"{series.title}, {label}: {plot.written(value)}",
            show_short(value, plot.kind, plot.currency) if write_end and index == len(points) - 1 else "",
        )
        for index, (x, y, value, label) in enumerate(points)
    ]
    return Line(place + 1, str(series.title), DASHES[place], MARKERS[place], pieces(series, at, scale), marks)


def pieces(series: Series, at: Sequence[float], scale: Scale) -> list[str]:
    """Points of unbroken stretches, each as SVG writes them."""
    stretches: list[list[str]] = [[]]
    for x, value in zip(at, series.values, strict=True):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{x},{scale.at(float(value))}")
    return [" ".join(stretch) for stretch in stretches if len(stretch) > 1]


def columns(plot: StackedPlot) -> dict[str, object]:
    """A stacked plot as shapes."""
    totals = [sum(float(series.values[place] or 0) for series in plot.series) for place in range(len(plot.labels))]
    scale = scale_for(totals, BOTTOM, TOP)
    gap = (RIGHT + 4 - LEFT) / max(1, len(plot.labels))
    at = [round(LEFT + gap * (place + 0.5), 2) for place in range(len(plot.labels))]
    blocks = [
        block
        for place, x in enumerate(at)
        for block in column(plot, place, x - gap * COLUMN_SHARE / 2, gap * COLUMN_SHARE, scale)
    ]
    known = [any(series.values[place] is not None for series in plot.series) for place in range(len(plot.labels))]
    apart = ceil(len(at) / TOTALS)
    sums = [
        tick_at(
            x,
            show_short(total if stated else None, plot.kind, plot.currency),
            minor=place % apart != 0,
            last=place == 0,
        )
        for place, x, total, stated in zip(reversed(range(len(at))), at, totals, known, strict=True)
    ]
    return {
        "levels": levels(plot, scale),
        "ticks": label_ticks(plot.labels, at),
        "blocks": blocks,
        "totals": [(tick, scale.at(total)) for tick, total in zip(sums, totals, strict=True)],
        "keys": [(place + 1, str(series.title)) for place, series in enumerate(plot.series)],
    }


def column(plot: StackedPlot, place: int, left: float, width: float, scale: Scale) -> list[Block]:
    """Layers of one column, from the ground up."""
    blocks: list[Block] = []
    ground = 0.0
    for number, series in enumerate(plot.series, 1):
        value = series.values[place]
        if not value:
            continue
        top = scale.at(ground + float(value))
        title = f"{series.title}, {plot.labels[place]}: {plot.written(value)}"
        blocks.append(Block(number, round(left, 2), top, round(width, 2), round(scale.at(ground) - top, 2), title))
        ground += float(value)
    return blocks
