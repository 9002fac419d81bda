"""The draw of reviews can be repeated by anybody who has its frame, and gives nobody a review that is not theirs."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.measures.declarations.domain import selection
from adaldyq.measures.declarations.domain.selection import Candidate

IDS = st.text("ABCDEFGHJKMNPQRSTVWXYZ0123456789", min_size=1, max_size=12)
FRAMES = st.dictionaries(IDS, st.integers(0, 30), max_size=40)
SEEDS = st.text("0123456789abcdef", min_size=8, max_size=64)
COUNTS = st.integers(0, 45)


@given(FRAMES, SEEDS, COUNTS, COUNTS)
def test_a_draw_takes_the_gravest_and_then_by_lot_whatever_order_they_came_in(
    weights: dict[str, int], seed: str, risk: int, random: int
) -> None:
    candidates = [Candidate(key, weight) for key, weight in weights.items()]
    frame = selection.frame_text(candidates)
    assert frame == selection.frame_text(reversed(candidates))
    drawn = selection.draw(frame, seed, risk=risk, random=random)
    assert drawn == selection.draw(frame, seed, risk=risk, random=random)
    weighty = sum(weight > 0 for weight in weights.values())
    assert len(drawn.risk) == min(risk, weighty)
    assert len(drawn.random) == min(random, len(weights) - len(drawn.risk))
    assert not set(drawn.risk) & set(drawn.random)
    left = set(weights) - set(drawn.risk)
    assert all(weights[key] >= weights[other] for key in drawn.risk for other in left)
    assert all(weights[key] > 0 for key in drawn.risk)
    places = [hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in drawn.random]
    assert places == sorted(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest() for key in left)[: len(places)]


def test_by_lot_each_of_a_frame_comes_as_often_whatever_it_weighs() -> None:
    frame = selection.frame_text(Candidate(f"D{number}", number % 3) for number in range(10))
    seen = [key for seed in range(2000) for key in selection.draw(frame, str(seed), risk=0, random=2).random]
    assert {seen.count(f"D{number}") // 50 for number in range(10)} <= {7, 8}


@pytest.mark.parametrize("wrong", [[("A", 1), ("A", 2)], [("A", -1)], [("A B", 1)], [("", 1)]])
def test_what_is_no_frame_is_refused(wrong: list[tuple[str, int]]) -> None:
    with pytest.raises(ValueError, match="no line of a frame"):
        selection.frame_text(Candidate(key, weight) for key, weight in wrong)


@pytest.mark.parametrize(
    ("size", "share", "count"), [(0, "2", 0), (1, "2", 1), (100, "2", 2), (101, "2", 3), (9, "0", 0)]
)
def test_a_share_of_a_frame_is_rounded_up(size: int, share: str, count: int) -> None:
    assert selection.count_of(size, Decimal(share)) == count


@given(
    st.lists(IDS, unique=True, max_size=30),
    st.sets(st.sampled_from("abcde"), max_size=5),
    st.dictionaries(IDS, st.sets(st.sampled_from("abcde")), max_size=30),
    st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9)),
)
def test_each_goes_to_a_free_analyst_who_has_the_fewest(
    keys: list[str], analysts: set[str], biased: dict[str, set[str]], load: dict[str, int]
) -> None:
    given_out = selection.assigned(keys, analysts, biased, load, "seed")
    assert all(one in analysts and one not in biased.get(key, set()) for key, one in given_out.items())
    assert {key for key in keys if analysts - biased.get(key, set())} == set(given_out)
    carried = {one: load.get(one, 0) for one in analysts}
    for key in keys:
        if key in given_out:
            free = analysts - biased.get(key, set())
            assert carried[given_out[key]] == min(carried[one] for one in free)
            carried[given_out[key]] += 1
