"""A draw follows from its list and its seed alone, favours nobody, and its seed from what nobody could know before."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base import draw

KEYS = st.lists(st.text("ABCDEFGH0123456789", min_size=1, max_size=8), unique=True, max_size=40)
SEEDS = st.text("0123456789abcdef", min_size=8, max_size=64)


@given(KEYS, SEEDS, st.integers(0, 45))
def test_whoever_is_drawn_has_a_lower_place_than_all_others_in_whatever_order_they_stand(
    keys: list[str], seed: str, count: int
) -> None:
    drawn = draw.lowest(seed, keys, count)
    assert drawn == draw.lowest(seed, reversed(keys), count)
    assert len(drawn) == min(count, len(keys))
    places = sorted(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in keys)
    assert [draw.place(seed, key) for key in drawn] == places[:count]


@given(KEYS, SEEDS)
def test_who_is_left_out_of_the_list_changes_nothing_for_the_others(keys: list[str], seed: str) -> None:
    drawn = draw.lowest(seed, keys, 5)
    left = [key for key in keys if key not in drawn[-1:]]
    assert draw.lowest(seed, left, 5)[: max(0, len(drawn) - 1)] == drawn[:-1]


@given(st.binary(max_size=30), st.binary(max_size=30), st.text("ab\n", min_size=1).filter(str.strip))
def test_another_list_or_beacon_makes_another_seed(one: bytes, other: bytes, beacon: str) -> None:
    text = draw.seed_text(draw.commitment(one), beacon)
    assert draw.seed_of(text) == hashlib.sha256(text.encode()).hexdigest()
    assert (draw.seed_text(draw.commitment(other), beacon) == text) == (one == other)
    assert draw.seed_text(draw.commitment(one), beacon + "c") != text


def test_a_seed_without_a_beacon_is_none() -> None:
    with pytest.raises(ValueError, match="needs a beacon"):
        draw.seed_text(draw.commitment(b""), " \n")
