"""Money is exact, has a currency, and stays in the range that every database keeps."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.base.money import LIMIT, Money, Rate, RateTable, exact, minor_places

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
        assert abs(amount) < LIMIT
        assert amount.as_tuple().exponent == -2


def test_half_a_cent_goes_to_the_even_neighbour() -> None:
    assert (exact("0.005"), exact("0.015")) == (Decimal("0.00"), Decimal("0.02"))


@pytest.mark.parametrize("text", ["", "12,5", "a", "1e", "1 000"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="not-an-amount"):
        exact(text)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e13", "-1e30", "9999999999999.995"])
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


worths = st.decimals(min_value="0.0001", max_value=10_000, places=4)
smaller = st.decimals(min_value=-(10**8), max_value=10**8, places=2)
DAY = date(2025, 1, 1)


@st.composite
def tables(draw: st.DrawFn) -> RateTable:
    dated = st.tuples(st.sampled_from(["USD", "JPY", "KWD"]), st.integers(0, 30))
    found = draw(st.dictionaries(dated, worths, min_size=1))
    first = {("USD", 0): Decimal(500), ("JPY", 0): Decimal("3.3"), ("KWD", 0): Decimal(1600)}
    rates = [
        Rate(code, DAY + timedelta(after), worth, "illustrative") for (code, after), worth in {**first, **found}.items()
    ]
    return RateTable("KZT", draw(st.permutations(rates)))


@given(tables(), smaller, st.sampled_from(["KZT", "USD", "JPY", "KWD"]), st.integers(0, 60))
def test_a_conversion_is_exact_but_for_one_rounding(
    table: RateTable, amount: Decimal, currency: str, after: int
) -> None:
    day = DAY + timedelta(after)
    wanted = Fraction(amount) * table.worth("USD", day) / table.worth(currency, day)
    if abs(wanted) < LIMIT - 1:
        found = table.convert(Money(amount, "USD"), currency, day)
        assert found.currency == currency
        assert abs(Fraction(found.amount) - wanted) <= Fraction(1, 2 * 10 ** max(2, minor_places(currency)))


@given(tables(), smaller, smaller, st.integers(0, 60))
def test_who_has_more_has_no_less_in_another_currency(
    table: RateTable, one: Decimal, other: Decimal, after: int
) -> None:
    less, more = sorted((one, other))
    day = DAY + timedelta(after)
    assert table.convert(Money(less, "JPY"), "KZT", day) <= table.convert(Money(more, "JPY"), "KZT", day)


@given(tables(), amounts, st.sampled_from(["KZT", "EUR"]))
def test_an_amount_in_its_own_currency_stays(table: RateTable, amount: Decimal, currency: str) -> None:
    assert table.convert(Money(amount, currency), currency, DAY) == Money(amount, currency)


def test_a_rate_holds_from_its_day_until_the_next() -> None:
    rates = [
        Rate("USD", date(2025, 1, 1), Decimal(500), "a bank"),
        Rate("USD", date(2025, 2, 1), Decimal(510), "a bank"),
    ]
    table = RateTable("KZT", rates)
    assert [table.rate("USD", day).worth for day in (date(2025, 1, 31), date(2025, 2, 1), date(2031, 1, 1))] == [
        500,
        510,
        510,
    ]
    assert table.rate("USD", date(2025, 1, 1)).source == "a bank"
    assert table.currencies == ("KZT", "USD")


@pytest.mark.parametrize("currency", ["USD", "GBP"])
def test_a_day_or_currency_without_a_rate_is_refused(currency: str) -> None:
    table = RateTable("KZT", [Rate("USD", date(2025, 1, 1), Decimal(500), "illustrative")])
    with pytest.raises(DomainError, match="no-rate") as refusal:
        table.convert(Money(Decimal(1), currency), "KZT", date(2024, 12, 31))
    assert refusal.value.parameters == {"value": currency, "day": "2024-12-31"}


@pytest.mark.parametrize(
    "rates",
    [
        [Rate("USD", DAY, Decimal(0), "")],
        [Rate("KZT", DAY, Decimal(1), "")],
        [Rate("USD", DAY, Decimal(1), ""), Rate("USD", DAY, Decimal(2), "")],
    ],
    ids=["zero", "its own", "twice"],
)
def test_a_rate_that_cannot_be_is_refused(rates: list[Rate]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        RateTable("KZT", rates)


def test_each_currency_is_paid_in_its_own_least_unit() -> None:
    assert Money(Decimal("10.50"), "JPY").payable() == Money(Decimal(10), "JPY")
    assert Money(Decimal("1.2345"), "KWD").amount == Decimal("1.234")
    assert Money(Decimal("10.555"), "KZT").payable().amount == Decimal("10.56")


@given(amounts, st.integers(1, 50))
def test_parts_add_up_to_the_whole(amount: Decimal, count: int) -> None:
    parts = Money(amount, "KZT").shared(count)
    assert sum((one.amount for one in parts), Decimal(0)) == amount
    assert max(one.amount for one in parts) - min(one.amount for one in parts) <= Decimal("0.01")


def test_nothing_is_shared_among_nobody() -> None:
    with pytest.raises(ValueError, match="one or more"):
        Money(Decimal(1), "KZT").shared(0)


@given(smaller, smaller)
def test_taking_away_undoes_adding(one: Decimal, other: Decimal) -> None:
    assert Money(one, "KZT") + Money(other, "KZT") - Money(other, "KZT") == Money(one, "KZT")
    assert Money(one, "KZT") * 3 == Money(one, "KZT") + Money(one, "KZT") + Money(one, "KZT")
    assert (Money(one, "KZT") < Money(other, "KZT")) == (one < other)
    assert Money(one, "KZT") + -Money(one, "KZT") == Money(Decimal(0), "KZT")
