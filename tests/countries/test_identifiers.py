"""A scheme that is described as data checks numbers as its standard does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.countries.identifiers import Checksum, Holder, IdentifierScheme
from adaldyq.countries.loader import load

PIN, CRN = (load("zz").schemes[name] for name in ("PIN", "CRN"))
digits = st.text("0123456789", min_size=8, max_size=8)


def scheme(pattern: str, checksum: Checksum = Checksum.NONE) -> IdentifierScheme:
    return IdentifierScheme("X", Holder.PERSON, {}, pattern, checksum, "illustrative")


@pytest.mark.parametrize(
    ("checksum", "number"),
    [
        (Checksum.LUHN, "79927398713"),  # the example of ISO/IEC 7812-1
        (Checksum.LUHN, "4111111111111111"),
        (Checksum.MOD97, "3214282912345698765432161182"),  # an IBAN with its letters as numbers (ISO 13616)
    ],
)
def test_published_examples_hold_and_no_neighbour_does(checksum: Checksum, number: str) -> None:
    one = scheme(r"\d+", checksum)
    assert one.check(number)
    assert not any(one.check(number[:-1] + last) for last in "0123456789" if last != number[-1])


@given(digits)
def test_one_company_number_in_ten_has_the_right_last_digit(body: str) -> None:
    right = [last for last in "0123456789" if CRN.check(f"{body}{last}")]
    assert len(right) == (body[0] != "0")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 999))
def test_one_person_number_in_a_hundred_is_right_and_holds_the_birth_date(day: date, serial: int) -> None:
    body = f"{day:%Y%m%d}{serial:03d}"
    right = [f"{body}{control:02d}" for control in range(100) if PIN.check(f"{body}{control:02d}")]
    assert 1 <= len(right) <= 2
    assert all(PIN.birth_date(number) == day for number in right)


@pytest.mark.parametrize("number", ["", "19751332001", "٠" * 13, "1975030100142\n", " 1975030100142"])
def test_what_is_no_number_is_refused(number: str) -> None:
    assert not PIN.check(number)
    assert not CRN.check(number)


def test_a_scheme_without_checksum_goes_by_its_pattern() -> None:
    assert scheme("[A-Z]{2}[0-9]{4}").check("AB1234")
    assert not scheme("[A-Z]{2}[0-9]{4}").check("AB123")
    assert scheme("[A-Z]{2}").birth_date("AB") is None


def test_a_day_that_is_not_in_the_calendar_is_refused() -> None:
    dated = scheme(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
    assert dated.check("20240229")
    assert not dated.check("20230229")
