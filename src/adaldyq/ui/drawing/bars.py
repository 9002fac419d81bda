"""Horizontal bars: the table is the plot."""

from __future__ import annotations

from dataclasses import dataclass

from adaldyq.ui.plots import BarPlot


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar: label, length in per cent, value in words, address."""

    label: str
    width: float
    text: str
    href: str


def bars(plot: BarPlot) -> dict[str, object]:
    """A bar plot as rows; the longest bar fills the width."""
    longest = max((float(bar.value) for bar in plot.bars if bar.value is not None), default=0.0) or 1.0
    rows = [
        DrawnBar(str(bar.label), round(float(bar.value or 0) / longest * 100, 2), plot.written(bar.value), bar.href)
        for bar in plot.bars
    ]
    return {"rows": rows}
