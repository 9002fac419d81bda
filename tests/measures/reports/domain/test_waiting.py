"""How long people wait, against published examples."""

from __future__ import annotations

import pytest

from adaldyq.measures.reports.domain.waiting import Ended, curve, kaplan_meier

MAINTAINED = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
"""Miller, Survival Analysis (1981), p. 49; `aml` of R's package survival. 1: ended, 0: still going on."""

MERCAPTOPURINE = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
"""Freireich and others, Blood 21 (1963) 699; a minus: still going on."""


def test_the_estimate_is_that_of_miller_and_of_r() -> None:
    steps = kaplan_meier([Ended(days, ended, 1 - ended) for days, ended in MAINTAINED])
    printed = [  # summary(survfit(Surv(time, status) ~ x, data = aml)), x = Maintained
        (9, 11, 1, 0.909, 0.0867, 0.7541, 1.000),
        (13, 10, 1, 0.818, 0.1163, 0.6192, 1.000),
        (18, 8, 1, 0.716, 0.1397, 0.4884, 1.000),
        (23, 7, 1, 0.614, 0.1526, 0.3769, 0.999),
        (31, 5, 1, 0.491, 0.1642, 0.2549, 0.946),
        (34, 4, 1, 0.368, 0.1627, 0.1549, 0.875),
        (48, 2, 1, 0.184, 0.1535, 0.0359, 0.944),
    ]
    for step, told in zip(steps, printed, strict=True):
        found = (step.days, step.at_risk, step.ended, step.share, step.error, step.low, step.high)
        assert found == pytest.approx(told, abs=6e-4)


def test_several_that_end_together_count_together() -> None:
    waits = [Ended(abs(one), int(one > 0), int(one < 0)) for one in MERCAPTOPURINE]
    together = [Ended(6, 3, 1), *[one for one in waits if one.days != 6]]
    shares = {one.days: round(one.share, 3) for one in kaplan_meier(together)}
    assert shares == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.69, 16: 0.627, 22: 0.538, 23: 0.448}


def test_a_curve_tells_nothing_of_few_and_nothing_beyond_what_was_watched() -> None:
    waits = [Ended(3, 10, 0), Ended(9, 2, 0), Ended(12, 4, 0), Ended(20, 0, 24)]
    told = {one.days: one.waiting for one in curve(waits, (0, 7, 10, 14, 21), least=5)}
    assert told == {0: 100.0, 7: 75.0, 10: None, 14: 60.0, 21: None}


def test_when_everybody_has_been_answered_nobody_waits() -> None:
    assert [(one.share, one.low, one.high) for one in kaplan_meier([Ended(5, 8, 0)])] == [(0.0, 0.0, 0.0)]
