"""Creditor references follow ISO 11649: published examples, and whatever number we make one of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.ids import ALPHABET
from adaldyq.measures.payments.domain.references import is_reference, plain, reference_of, shown

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BODIES = st.text(LETTERS, min_size=1, max_size=21)


@pytest.mark.parametrize(
    "text",
    [
        "RF18 5390 0754 7034",  # Wikipedia; the others are of tests of other implementations
        "RF18000000000539007547034",
        "RF712348231",
        "RF471234567890",
        "RF49N73GBST73AKL38ZX",  # tests of the Swiss QR bill generator, as the next
        "RF08 B370 0321",
        "rf18 5390 0754 7034",
    ],
)
def test_published_references_are_right(text: str) -> None:
    assert is_reference(text)
    assert reference_of(plain(text)[4:]) == plain(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RF",
        "RF18",
        "RF18 5390 0754 7035",
        "RF01B3700321",
        "RF99539007547034",
        "RF18" + "1" * 22,
        "XX185390",
        "RF18ä",
        "RF١٨5390",
    ],
)
def test_others_are_not(text: str) -> None:
    assert not is_reference(text)


@given(BODIES)
def test_whatever_is_made_is_right_however_it_is_spaced(body: str) -> None:
    made = reference_of(body)
    assert is_reference(made)
    assert is_reference(shown(made).lower())
    assert plain(shown(made)) == made
    assert len(made) <= 25


@given(st.text(ALPHABET, min_size=12, max_size=12), st.data())
def test_one_wrong_or_two_exchanged_characters_are_seen(number: str, data: st.DataObject) -> None:
    made = reference_of(number)
    place = data.draw(st.integers(4, len(made) - 1))
    other = data.draw(st.sampled_from([one for one in LETTERS if one != made[place]]))
    assert not is_reference(made[:place] + other + made[place + 1 :])
    if place + 1 < len(made) and made[place] != made[place + 1]:
        exchanged = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
        assert not is_reference(exchanged)
