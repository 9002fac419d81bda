"""Horizontal ranges: the table is the plot."""

from __future__ import annotations

import math
from dataclasses import dataclass

from adaldyq.ui.plots import RangePlot, Value

NARROWEST, WHOLE, MARK = 1.5, 96.0, 1.0
"""In per cent of the width: the least that a range fills, all of them together, and the mark at the half."""


@dataclass(frozen=True, slots=True)
class DrawnRange:
    """A range: label, where it begins, how wide it is and where the mark stands in per cent, values in words, address."""

    label: str
    start: float
    width: float
    mark: float
    texts: tuple[str, str, str]
    href: str


def ranges(plot: RangePlot) -> dict[str, object]:
    """A plot of ranges as rows, from the least of all values to the largest, each multiple as wide as the next."""
    ends = [math.log(float(value)) for one in plot.ranges for value in (one.low, one.high) if value]
    least, most = min(ends, default=0.0), max(ends, default=1.0)

    def place(value: Value) -> float:
        return (math.log(float(value or 1)) - least) / ((most - least) or 1.0) * WHOLE

    rows = [
        DrawnRange(
            str(one.label),
            round(place(one.low), 2),
            round(max(place(one.high) - place(one.low), NARROWEST), 2),
            round(max(place(one.median) - MARK / 2, 0), 2),
            (plot.written(one.low), plot.written(one.median), plot.written(one.high)),
            one.href,
        )
        for one in plot.ranges
    ]
    return {"rows": rows, "mark": MARK}
