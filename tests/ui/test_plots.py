"""Plots and maps show what they are given, and carry it as a table and a file."""

from __future__ import annotations

import gzip
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.template import engines
from hypothesis import example, given
from hypothesis import strategies as st

from adaldyq.ui.drawing.bars import bars
from adaldyq.ui.drawing.maps import outlines, region_map, step_bounds, step_of
from adaldyq.ui.drawing.ranges import ranges
from adaldyq.ui.drawing.scale import scale_for
from adaldyq.ui.drawing.series import columns, lines
from adaldyq.ui.gallery import plots
from adaldyq.ui.plots import Bar, BarPlot, LinePlot, Plot, Range, RangePlot, Region, RegionMap, Series, StackedPlot

BORDERS = Path(settings.MAP_BORDERS)
AMOUNTS = st.floats(-1e13, 1e13, allow_nan=False)


def shown(plot: Plot) -> str:
    return engines["django"].from_string("{% plot p %}").render({"p": plot})


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
@example([5e-324])
@example([-5e-324, 5e-324])
def test_a_scale_holds_every_value_between_few_round_ticks(values: list[float]) -> None:
    scale = scale_for(values, 90, 10)
    assert 2 <= len(scale.ticks) <= 8
    assert all(9.99 <= scale.at(value) <= 90.01 for value in values)


def test_a_gap_parts_a_line() -> None:
    plot = LinePlot("t", [1, 2, 3, 4, 5], [Series("s", [1, 2, None, 4, 5])])
    drawn = lines(plot)["lines"]
    assert [len(line.pieces) for line in drawn] == [2]  # type: ignore[attr-defined]  # a context is untyped
    assert [len(line.marks) for line in drawn] == [4]  # type: ignore[attr-defined]  # the same


def test_layers_stand_on_each_other() -> None:
    drawn: dict[str, Any] = columns(StackedPlot("t", ["a"], [Series("x", [30]), Series("y", [10])]))
    first, second = drawn["blocks"]
    assert second.y + second.height == pytest.approx(first.y, abs=0.02)
    assert first.height == pytest.approx(3 * second.height, abs=0.05)


def test_the_longest_bar_is_as_long_as_the_row() -> None:
    rows = bars(BarPlot("t", [Bar("a", 50), Bar("b", 200), Bar("c", None), Bar("d", 0)]))["rows"]
    assert [row.width for row in rows] == [25, 100, 0, 0]  # type: ignore[attr-defined]  # a context is untyped


def test_plots_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 3 labels"):
        LinePlot("t", [1, 2, 3], [Series("s", [1, 2])])
    with pytest.raises(ValueError, match="6 series"):
        LinePlot("t", [1], [Series(str(place), [1]) for place in range(6)])
    with pytest.raises(ValueError, match="negative"):
        StackedPlot("t", [1], [Series("s", [-1])])
    with pytest.raises(ValueError, match="negative"):
        BarPlot("t", [Bar("a", -1)])


@pytest.mark.parametrize("place", range(5))
def test_a_plot_names_its_source_and_day_and_carries_its_data(place: int) -> None:
    plot = plots(BORDERS)[place]
    text = shown(plot)
    assert str(plot.source) in text
    assert '<time datetime="2025-09-15">' in text
    assert 'download="' in text
    file = unquote(plot.file).splitlines()
    assert len(file) == len(plot.data) + 1
    assert "style=" not in text


def test_two_plots_on_a_page_have_names_of_their_own() -> None:
    assert len({plot.id for plot in plots(BORDERS)}) == 5


def test_an_empty_plot_is_drawn() -> None:
    assert "<svg" in shown(LinePlot("t", [2024], [Series("s", [None])], as_of=date(2025, 1, 1)))
    assert "<svg" in shown(StackedPlot("t", [], []))
    assert "<table" in shown(BarPlot("t", []))
    assert "<svg" in shown(RegionMap("t", BORDERS, {}))


def test_the_map_has_the_country_s_twenty_regions_with_cities_on_top() -> None:
    shapes, height = outlines(BORDERS)
    assert len(shapes) == 20
    assert 400 < height < 700
    assert {shape.code for shape in shapes[-3:]} == {"KZ-71", "KZ-75", "KZ-79"}


def test_the_map_weighs_little_enough_for_a_page() -> None:
    shapes, _height = outlines(BORDERS)
    assert len(gzip.compress("".join(shape.path for shape in shapes).encode())) < 5000


def test_the_last_label_of_a_phone_s_axis_ends_where_the_drawing_ends() -> None:
    days = [f"{day} қараша" for day in range(1, 31)]
    drawn: dict[str, Any] = columns(StackedPlot("t", days, [Series("x", [1] * 30)]))
    assert [(tick.at, tick.anchor) for tick in drawn["ticks"]][-1] == (100, "end")
    assert {tick.anchor for tick in drawn["ticks"][:-1]} == {"middle"}


@pytest.mark.parametrize("month", ["қараша", "ноября", "November"])
def test_the_last_label_at_the_edge_does_not_stand_on_the_one_before(month: str) -> None:
    days = [f"{day} {month}" for day in range(1, 31)]
    drawn: dict[str, Any] = columns(StackedPlot("t", days, [Series("x", [1] * 30)]))
    on_phone = [tick for tick in drawn["ticks"] if not tick.minor]
    for ticks, letter in ((drawn["ticks"], 0.8), (on_phone, 2.6)):  # per cent of the width
        before, last = ticks[-2:]
        assert before.at + len(before.text) * letter / 2 < last.at - len(last.text) * letter


def test_a_drawing_runs_from_the_left_in_every_language() -> None:
    assert 'direction="ltr"' in shown(StackedPlot("t", ["a"], [Series("x", [30])]))


def test_a_region_without_a_value_is_drawn_apart() -> None:
    regions = {"KZ-71": Region("Astana", Decimal(9)), "KZ-75": Region("Almaty", None)}
    drawn = region_map(RegionMap("t", BORDERS, regions))
    assert sorted(shape.step for shape in drawn["shapes"]) == [0] * 19 + [5]  # type: ignore[attr-defined]  # untyped
    assert drawn["gap"]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=25))
def test_every_value_falls_in_one_of_at_most_five_steps(values: list[float]) -> None:
    bounds = step_bounds(values)
    assert 1 <= len(bounds) <= 5
    for value in values:
        low, high = bounds[step_of(value, bounds) - 1]
        assert low <= value <= high


def test_ranges_lie_on_a_scale_of_multiples() -> None:
    rows = ranges(RangePlot("t", [Range("a", 10, 100, 1000), Range("b", 100, 100, 100)]))["rows"]
    assert isinstance(rows, list)
    assert [(one.start, one.width) for one in rows] == [(0.0, 96.0), (48.0, 1.5)]
    assert rows[0].mark == pytest.approx(47.5)
    assert "<strong>100</strong>" in shown(RangePlot("t", [Range("a", 10, 100, 1000)]))


@pytest.mark.parametrize("quarters", [(0, 1, 2), (3, 2, 4), (1, 3, 2)])
def test_a_range_that_does_not_go_up_is_refused(quarters: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="goes up"):
        RangePlot("t", [Range("a", *quarters)])
