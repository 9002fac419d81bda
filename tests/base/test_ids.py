"""Opaque ids are of one form and do not repeat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.ids import ALPHABET, BITS, LENGTH, encode, new_id


@given(st.integers(0, 2**BITS - 1), st.integers(0, 2**BITS - 1))
def test_numbers_and_ids_match_one_to_one(one: int, other: int) -> None:
    assert (encode(one) == encode(other)) == (one == other)
    assert len(encode(one)) == LENGTH
    assert set(encode(one)) <= set(ALPHABET)


@pytest.mark.parametrize("number", [-1, 2**BITS])
def test_a_number_that_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(number)


def test_new_ids_differ() -> None:
    assert len({new_id() for _ in range(1000)}) == 1000
