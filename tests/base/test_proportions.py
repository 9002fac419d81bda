"""Shares and their intervals, against published examples."""

from __future__ import annotations

import pytest

from adaldyq.base.proportions import Share, wilson


@pytest.mark.parametrize(
    ("found", "of", "low", "high"),
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_interval_is_that_of_newcombe(found: int, of: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3."""
    assert wilson(found, of) == pytest.approx((low, high), abs=0.051)


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_a_share_carries_its_interval() -> None:
    one = Share(15, 148)
    assert (one.percent, one.low, one.high) == (10.1, 6.2, 16.0)
