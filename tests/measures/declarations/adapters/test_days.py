from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.declarations.adapters.days import is_possible, read_day


@given(st.dates())
def test_every_day_comes_back_in_both_forms(day: date) -> None:
    assert read_day(day.isoformat()) == read_day(f"{day.isoformat()}T00:00:00") == day
    assert read_day(f"{day.day:02d}.{day.month:02d}.{day.year:04d}") == day
    assert read_day(f"{day.day:02d}.{day.month:02d}.{day.year:04d} 22:40:16") == day


@given(st.text(max_size=40))
def test_no_text_is_ever_an_exception(text: str) -> None:
    assert read_day(text) is None or isinstance(read_day(text), date)


@pytest.mark.parametrize(
    "text", ["31.02.2020", "2020-13-01", "00.00.0000", "0000-00-00", "[Не відомо]", "", None, "1.1.20"]
)
def test_a_day_that_does_not_exist_is_none(text: object) -> None:
    assert read_day(text) is None


def test_a_day_before_1900_or_after_the_declaration_is_not_possible() -> None:
    last = date(2020, 12, 31)
    assert is_possible(last, last)
    assert not is_possible(date(2021, 1, 1), last)
    assert not is_possible(date(1899, 12, 31), last)
