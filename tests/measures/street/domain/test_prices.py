"""Sums are told by steps: none of few, whoever named which, and one lie moves them no further than an honest answer stands."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.street.domain.prices import Quarters, by_steps, quarters, step_above, step_below

LEAST = 5
amounts = st.decimals(1, 1_000_000, places=2)
STEPS = [step * Decimal(10) ** power for power in range(-2, 13) for step in (1, 2, 5)]


@given(st.lists(amounts, max_size=LEAST - 1))
def test_of_fewer_than_five_nothing_is_told(found: list[Decimal]) -> None:
    assert quarters(found, LEAST) is None


@given(st.lists(amounts, min_size=LEAST - 1, max_size=30), st.decimals(1, 10**12, places=2))
def test_one_lie_takes_no_quarter_beyond_what_honest_people_say(honest: list[Decimal], lie: Decimal) -> None:
    told = quarters([*honest, lie], LEAST)
    assert told is not None
    low, high = step_below(min(honest)), step_above(max(honest))
    assert low <= told.low <= told.median <= told.high <= high


def test_of_five_people_none_of_whom_named_a_step_nobodys_own_sum_is_told() -> None:
    named = [Decimal(one) for one in (5_000, 12_000, 21_000, 70_000, 300_000)]
    told = quarters(named, LEAST)
    assert told == Quarters(Decimal(10_000), Decimal(20_000), Decimal(100_000))
    assert not {told.low, told.median, told.high} & set(named)


@given(st.lists(amounts, min_size=LEAST, max_size=30), st.data())
def test_what_is_told_is_the_same_whichever_sums_between_the_same_steps_were_named(
    named: list[Decimal], data: st.DataObject
) -> None:
    others = [data.draw(between_the_same_steps(one)) for one in named]
    told = quarters(named, LEAST)
    assert told == quarters(others, LEAST)
    assert told is not None
    assert {told.low, told.median, told.high} <= set(STEPS)


def between_the_same_steps(amount: Decimal) -> st.SearchStrategy[Decimal]:
    """Any sum for which the same steps are lower and higher."""
    return st.decimals(step_below(amount), step_above(amount) - Decimal("0.01"), places=2)


@given(st.lists(amounts, min_size=LEAST, max_size=30))
def test_as_many_named_so_much_as_is_said(named: list[Decimal]) -> None:
    told = quarters(named, LEAST)
    assert told is not None
    assert 4 * sum(one >= told.low for one in named) >= 3 * len(named)
    assert 2 * sum(one >= told.median for one in named) >= len(named)
    assert 4 * sum(one < told.high for one in named) >= 3 * len(named)


def test_steps_are_one_two_and_five_of_each_power_of_ten() -> None:
    for amount, below, above in (("123456.78", 100_000, 200_000), ("7", 5, 10), ("20", 20, 50), ("99.9", 50, 100)):
        assert [step_below(Decimal(amount)), step_above(Decimal(amount))] == [Decimal(below), Decimal(above)]


def test_what_editions_kept_in_two_figures_is_told_by_steps_and_steps_stay_as_they_are() -> None:
    steps = Quarters(Decimal(10_000), Decimal(20_000), Decimal(100_000))
    assert by_steps(Decimal(12_000), Decimal(21_000), Decimal(70_000)) == steps
    assert by_steps(steps.low, steps.median, steps.high) == steps
    assert by_steps(steps.low, Decimal(21_000), steps.high).high == Decimal(200_000)
