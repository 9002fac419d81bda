"""Money is exact, has a currency, and stays in the range that every database keeps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.base.money import LIMIT, Money, exact

amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(amounts, amounts)
def test_sums_are_exact_and_in_any_order(one: Decimal, other: Decimal) -> None:
    together = Money(one, "KZT") + Money(other, "KZT")
    assert together == Money(other, "KZT") + Money(one, "KZT")
    assert together.amount == one + other


@given(amounts)
def test_an_amount_survives_being_written_and_read(amount: Decimal) -> None:
    assert exact(str(exact(amount))) == exact(amount)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_whatever_is_read_is_in_range_or_refused(value: Decimal) -> None:
    try:
        amount = exact(value)
    except DomainError as error:
        assert error.code == "amount-out-of-range"  # noqa: PT017  # either outcome is right
    else:
        assert abs(amount) <= LIMIT
        assert amount.as_tuple().exponent == -2


def test_half_a_cent_goes_to_the_even_neighbour() -> None:
    assert (exact("0.005"), exact("0.015")) == (Decimal("0.00"), Decimal("0.02"))


@pytest.mark.parametrize("text", ["", "12,5", "a", "1e", "1 000"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="not-an-amount"):
        exact(text)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e13", "-1e30"])
def test_what_is_out_of_range_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="amount-out-of-range"):
        exact(text)


@pytest.mark.parametrize("code", ["", "kzt", "KZTT", "₸", "KZ1"])
def test_an_unknown_form_of_currency_is_refused(code: str) -> None:
    with pytest.raises(DomainError, match="unknown-currency") as refusal:
        Money(Decimal(1), code)
    assert refusal.value.field == "currency"


def test_currencies_are_never_added_silently() -> None:
    with pytest.raises(DomainError, match="currencies-differ"):
        Money(Decimal(1), "KZT") + Money(Decimal(1), "USD")


def test_a_rate_turns_one_currency_into_another() -> None:
    assert Money(Decimal("10.10"), "USD").in_currency("KZT", Decimal("470.255")) == Money(Decimal("4749.58"), "KZT")
