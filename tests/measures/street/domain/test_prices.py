"""Quarters of sums: none of few, and one lie moves them no further than an honest answer stands."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.street.domain.prices import quarters, rounded

LEAST = 5
amounts = st.decimals(1, 1_000_000, places=2)


@given(st.lists(amounts, max_size=LEAST - 1))
def test_of_fewer_than_five_nothing_is_told(found: list[Decimal]) -> None:
    assert quarters(found, LEAST) is None


@given(st.lists(amounts, min_size=LEAST - 1, max_size=30), st.decimals(1, 10**12, places=2))
def test_one_lie_takes_no_quarter_beyond_what_honest_people_say(honest: list[Decimal], lie: Decimal) -> None:
    told = quarters([*honest, lie], LEAST)
    assert told is not None
    low, high = rounded(min(honest)), rounded(max(honest))
    assert low <= told.low <= told.median <= told.high <= high


def test_quarters_lie_between_the_sums_beside_them() -> None:
    told = quarters(map(Decimal, (10_000, 20_000, 30_000, 40_000, 900_000)), LEAST)
    assert told is not None
    assert (told.low, told.median, told.high) == (Decimal(20_000), Decimal(30_000), Decimal(40_000))


def test_a_sum_is_told_by_its_first_two_figures() -> None:
    assert [rounded(Decimal(one)) for one in ("123456.78", "7", "0.456", "99.9")] == [
        Decimal("120000.00"),
        Decimal("7.00"),
        Decimal("0.46"),
        Decimal("100.00"),
    ]
