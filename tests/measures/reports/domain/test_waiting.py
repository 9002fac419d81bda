"""How long people wait, against data that are published."""

from __future__ import annotations

from collections import Counter

import pytest

from adaldyq.measures.reports.domain.waiting import DAYS, LEAST_CURVE, curve, steps_of, wait_of

MERCAPTOPURINE = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
"""Freireich and others, Blood 21 (1963) 699; a minus: still going on."""


def test_who_was_watched_for_less_is_in_no_later_step() -> None:
    waits = Counter(wait_of(days if days > 0 else None, abs(days) if days < 0 else 90) for days in MERCAPTOPURINE)
    steps = list(steps_of(waits))
    assert steps[:4] == [(21, 21), (17, 11), (13, 4), (9, 0)]  # after 0, 14, 28 and 42 days
    assert len(steps) == len(DAYS)


@pytest.mark.parametrize(("told", "place"), [(14, 1), (15, 2), (None, len(DAYS))])
def test_who_is_told_on_a_day_of_the_curve_does_not_wait_after_it(told: int | None, place: int) -> None:
    assert wait_of(told, 14) == (place, 2)


def test_a_curve_holds_the_share_and_ends_where_too_few_were_watched() -> None:
    steps = [(120, 120), (110, 55), (100, 0), *[(95, 0)] * (len(DAYS) - 3)]
    points = curve(steps, 7)
    assert [one.days for one in points] == list(DAYS)
    for point, share in zip(points, (100, 50, 0), strict=False):
        assert point.low is not None
        assert point.high is not None
        assert point.low <= share <= point.high <= point.low + 30
    assert {(one.low, one.high) for one in points[3:]} == {(None, None)}
    assert steps[3][0] < LEAST_CURVE
