"""How long people wait, against published examples."""

from __future__ import annotations

from collections import Counter

import pytest

from adaldyq.measures.reports.domain.waiting import DAYS, curve, kaplan_meier, steps_of, wait_of

MERCAPTOPURINE = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
"""Freireich and others, Blood 21 (1963) 699; a minus: still going on."""


def test_the_estimate_is_that_of_miller_and_of_r() -> None:
    waited = [(11, 10), (10, 9), (8, 7), (7, 6), (5, 4), (4, 3), (2, 1)]  # of the maintained group of `aml`
    printed = [  # Miller, Survival Analysis (1981), p. 49; summary(survfit(Surv(time, status) ~ x, data = aml)) of R
        (0.909, 0.0867, 0.7541, 1.000),
        (0.818, 0.1163, 0.6192, 1.000),
        (0.716, 0.1397, 0.4884, 1.000),
        (0.614, 0.1526, 0.3769, 0.999),
        (0.491, 0.1642, 0.2549, 0.946),
        (0.368, 0.1627, 0.1549, 0.875),
        (0.184, 0.1535, 0.0359, 0.944),
    ]
    for step, told in zip(kaplan_meier(waited), printed, strict=True):
        assert (step.share, step.error, step.low, step.high) == pytest.approx(told, abs=6e-4)


def test_a_share_of_nobody_is_a_point() -> None:
    assert [(one.share, one.low, one.high) for one in kaplan_meier([(8, 0)])] == [(0.0, 0.0, 0.0)]


def test_who_is_watched_no_longer_is_in_no_later_step() -> None:
    waits = Counter(wait_of(days if days > 0 else None, abs(days) if days < 0 else 90) for days in MERCAPTOPURINE)
    steps = list(steps_of(waits))
    assert steps[:4] == [(21, 21), (17, 11), (7, 4), (0, 0)]  # after 0, 14, 28 and 42 days
    assert len(steps) == len(DAYS)


@pytest.mark.parametrize(("told", "place"), [(14, 1), (15, 2), (None, len(DAYS))])
def test_who_is_told_on_a_day_of_the_curve_does_not_wait_after_it(told: int | None, place: int) -> None:
    assert wait_of(told, 14) == (place, 2)


def test_a_curve_ends_where_too_few_still_wait() -> None:
    steps = [(40, 40), (40, 30), (30, 0), *[(0, 0)] * (len(DAYS) - 3)]
    assert [one.waiting for one in curve(steps)][:4] == [100.0, 75.0, None, None]
    assert [one.days for one in curve(steps)] == list(DAYS)
