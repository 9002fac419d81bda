"""Numbers of people and companies are valid, unique, and say what they must."""

from __future__ import annotations

import numpy as np
import pytest

from adaldyq.countries.loader import load
from adaldyq.demo.columns import day
from adaldyq.demo.identifiers import MOST_CHUNKS, bins, iins, ranks_within

IIN, BIN = (load("kz").schemes[name] for name in ("IIN", "BIN"))


def texts(letters: np.ndarray) -> list[str]:
    return [bytes(row).decode() for row in letters]


@pytest.mark.parametrize("chunk", [0, 1, MOST_CHUNKS - 1])
def test_iins_hold_birth_century_and_sex(chunk: int) -> None:
    births = np.arange(day(1935), day(2024), 11)
    sexes = np.arange(len(births)) % 2
    letters, valid = iins(births, sexes, chunk)
    assert valid.mean() > 0.99
    for number, birth, sex, issued in zip(texts(letters), births, sexes, valid, strict=True):
        if issued:
            assert IIN.check(number)
            assert IIN.birth_date(number) == np.datetime64(int(birth), "D").astype(object)
            assert int(number[6]) % 2 == sex


def test_twins_and_chunks_share_no_number() -> None:
    births = np.full(5, day(1990, 2, 3))
    numbers = [
        text
        for chunk in range(50)
        for text, valid in zip(
            texts(iins(births, births * 0, chunk)[0]), iins(births, births * 0, chunk)[1], strict=True
        )
        if valid
    ]
    assert len(set(numbers)) == len(numbers) > 145


def test_more_twins_than_a_chunk_has_numbers_for_have_none() -> None:
    births = np.full(12, day(1990, 2, 3))
    assert iins(births, births * 0, 3)[1].sum() <= 5


def test_bins_of_companies_are_valid() -> None:
    registered = np.arange(day(2004), day(2019), 17)
    letters, valid = bins(registered, 7)
    assert valid.mean() > 0.99
    assert all(BIN.check(number) for number, issued in zip(texts(letters), valid, strict=True) if issued)


def test_ranks_count_each_kind_from_zero() -> None:
    assert ranks_within(np.array([5, 3, 5, 5, 3])).tolist() == [0, 0, 1, 2, 1]
    assert ranks_within(np.zeros(0, np.int64)).tolist() == []
