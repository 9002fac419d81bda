"""Noise of counts: the same for the same reports, small, none on average."""

from __future__ import annotations

from statistics import mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.street.domain.perturbation import KEYS, perturbed

keys = st.lists(st.integers(0, KEYS - 1), max_size=40)


@given(keys)
def test_the_same_reports_have_the_same_noise_in_any_order(found: list[int]) -> None:
    assert perturbed(found) == perturbed(found[::-1])
    assert abs(perturbed(found) - len(found)) <= 2
    assert perturbed(found) >= 0


def test_an_empty_cell_stays_empty() -> None:
    assert perturbed([]) == 0


@pytest.mark.parametrize("count", [1, 2, 9])
def test_noise_is_none_on_average(count: int) -> None:
    chance = np.random.default_rng(count)
    drawn = [perturbed(chance.integers(0, KEYS, count).tolist()) for _time in range(4000)]
    assert mean(drawn) == pytest.approx(count, abs=0.1)
    assert len(set(drawn)) == (3 if count == 1 else 5)


def test_one_report_more_draws_anew_so_that_a_difference_is_no_count() -> None:
    chance = np.random.default_rng(7)
    differences = set()
    for _time in range(400):
        before = chance.integers(0, KEYS, 8).tolist()
        differences.add(perturbed([*before, int(chance.integers(0, KEYS))]) - perturbed(before))
    assert differences >= {-2, -1, 0, 1, 2, 3, 4}
