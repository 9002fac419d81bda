"""The pack of Kazakhstan is whole, and its numbers are checked as the state checks them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.countries.kz.identifiers import birth_date, control_digit, is_bin, is_iin
from adaldyq.countries.loader import available, load

days = st.dates(date(1900, 1, 1), date(2026, 1, 1))


def iin(day: date, century: int, serial: int) -> str | None:
    body = f"{day:%y%m%d}{century}{serial:04d}"
    digit = control_digit([int(one) for one in body])
    return None if digit is None else f"{body}{digit}"


@given(days, st.booleans(), st.integers(0, 9999))
def test_a_number_made_by_the_rule_is_accepted_and_tells_its_birth_date(day: date, woman: bool, serial: int) -> None:
    number = iin(day, (3 if day.year < 2000 else 5) + woman, serial)
    if number is not None:
        assert is_iin(number)
        assert birth_date(number) == day


@given(days, st.integers(0, 9999), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(day: date, serial: int, place: int, shift: int) -> None:
    number = iin(day, 3 if day.year < 2000 else 5, serial)
    if number is not None and place == 11:
        assert not is_iin(number[:11] + str((int(number[11]) + shift) % 10))


@pytest.mark.parametrize("number", ["", "12345678901", "1234567890123", "99991330000x", "٠٠٠٠٠٠٠٠٠٠٠٠", "000000000000"])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert not is_iin(number)
    assert not is_bin(number)


def test_the_pack_has_twenty_regions_with_borders_and_three_names() -> None:
    pack = load("kz")
    regions = {one.code for one in pack.territories if one.parent == "KZ"}
    shapes = json.loads(pack.borders.read_text(encoding="utf-8"))["features"]
    assert {shape["properties"]["iso"] for shape in shapes} == regions
    assert len(regions) == 20
    assert all(set(one.names) == {"kk", "ru", "en"} and all(one.names.values()) for one in pack.territories)


def test_every_code_has_a_word_in_every_language_of_the_pack() -> None:
    pack = load("kz")
    for codes in pack.codes.values():
        for words in codes.values():
            assert set(words) == set(pack.languages)
            assert all(words.values())


def test_rates_and_index_values_cover_the_same_years() -> None:
    pack = load("kz")
    years = {year for _, year in pack.exchange_rates}
    assert years == set(range(min(years), max(years) + 1))
    assert years <= set(pack.index_values)
    assert all(value > 0 for value in (*pack.exchange_rates.values(), *pack.index_values.values()))


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(DomainError, match="no-such-pack") as refusal:
        load("atlantis")
    assert refusal.value.parameters["known"] == ", ".join(available())
