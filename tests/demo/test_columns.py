"""Columns keep what was put into them: exact sums, days, ids that never meet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.ids import encode
from adaldyq.demo.columns import NONE, Ids, coded, dates, day, digits, fixed_text, money, number, year_of
from adaldyq.demo.rows import Rows, joined, spread


@given(st.lists(st.integers(-(10**15), 10**15)))
def test_money_is_exact(cents: list[int]) -> None:
    assert money(np.array(cents, np.int64)).to_pylist() == [Decimal(one).scaleb(-2) for one in cents]


def test_what_is_not_there_is_null() -> None:
    values = np.array([NONE, 150])
    assert money(values).to_pylist() == [None, Decimal("1.50")]
    assert number(values).to_pylist() == [None, Decimal("1.500000")]
    assert dates(np.array([NONE, 0])).to_pylist() == [None, date(1970, 1, 1)]
    assert coded(np.array([-1, 1]), ["a", "b"]).to_pylist() == [None, "b"]


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_days_are_those_of_the_calendar(when: date) -> None:
    number_of_day = day(when.year, when.month, when.day)
    assert dates(np.array([number_of_day])).to_pylist() == [when]
    assert year_of(np.array([number_of_day])).tolist() == [when.year]


def test_ids_of_all_tables_and_chunks_differ() -> None:
    ids = Ids.of_seed(5)
    places = np.arange(20_000)
    found = [ids.numbers(table, chunk, places) for table in (0, 1, 34) for chunk in (0, 1, 999)]
    assert len(np.unique(np.concatenate(found))) == 9 * len(places)


def test_ids_are_written_as_everywhere() -> None:
    ids = Ids.of_seed(5)
    places = np.array([0, 1, 77])
    assert ids.column(3, 2, places).to_pylist() == [encode(int(one)) for one in ids.numbers(3, 2, places)]
    assert ids.column(3, 2, np.array([-1])).to_pylist() == [None]


def test_digits_keep_leading_zeros() -> None:
    assert fixed_text(digits(np.array([7, 1234]), 4)).to_pylist() == ["0007", "1234"]


@given(st.lists(st.integers(0, 9)), st.lists(st.integers(0, 9)))
def test_spread_finds_every_pair_of_equals(keys: list[int], owners: list[int]) -> None:
    left, right = spread(np.array(keys, np.int64), np.array(owners, np.int64))
    pairs = sorted((i, j) for i, key in enumerate(keys) for j, owner in enumerate(owners) if key == owner)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == pairs


def test_rows_can_be_added_and_joined() -> None:
    one = Rows({"person": np.array([1]), "year": np.array([2020])})
    assert one.add(person=2, year=2020) == 1
    both = joined([one, one.where(np.array([0]))])
    assert (both["person"].tolist(), both["year"].tolist()) == ([1, 2, 1], [2020, 2020, 2020])
