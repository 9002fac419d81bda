"""Numbers and addresses are found in people's own words however they are spelt; sums, years and sizes are left."""

from __future__ import annotations

import pytest

from adaldyq.base.redaction import without_numbers
from tests.base.spellings import CLOSED, OPEN, Spelling


@pytest.mark.parametrize("one", CLOSED, ids=lambda one: one.text)
def test_what_is_closed_is_taken_out_in_any_usual_spelling(one: Spelling) -> None:
    assert one.closed
    assert without_numbers(one.text) == one.shown
    assert without_numbers(f"Алынды: {one.text}; 2019") == f"Алынды: {one.shown}; 2019"


@pytest.mark.parametrize("text", OPEN)
def test_sums_years_dates_and_sizes_are_left(text: str) -> None:
    assert without_numbers(text) == text


def test_a_sum_beside_a_number_stays() -> None:
    assert without_numbers("ИИН 850101300456 15 000 000 тенге") == "ИИН […] 15 000 000 тенге"
