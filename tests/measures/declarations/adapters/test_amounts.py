from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.money import LIMIT
from adaldyq.measures.declarations.adapters.amounts import Reading, read_amount, read_number

SURE = {
    "1 200 000,50 zł": ("1200000.50", "PLN"),
    "1\u00a0200\u00a0000,5 PLN": ("1200000.50", "PLN"),
    "200.000 euro": ("200000.00", "EUR"),
    "EUR 12,345.67": ("12345.67", "EUR"),
    "12.345,67": ("12345.67", None),
    "5 tys. EUR": ("5000.00", "EUR"),
    "1,5 mln zł": ("1500000.00", "PLN"),
    "250 000 грн": ("250000.00", "UAH"),
    "$300": ("300.00", "USD"),
    "-12.50": ("-12.50", None),
    "7": ("7.00", None),
}
UNSURE = {
    "ok. 5 tys. EUR": "approximate",
    "około 10000 zł": "approximate",
    "10 000 - 20 000 zł": "range",
    "powyżej 1000 zł": "range",
    "100 EUR i 200 USD": "several",
    "100 EUR, 50 zł": "several",
    "1.20.000": "unreadable",
    "12,34,56": "unreadable",
    "dom": "unreadable",
    "5 kotów": "unreadable",
    "NaN": "unreadable",
    "Infinity": "unreadable",
    "1e30": "several",
    "9" * 30: "out-of-range",
    "1" * 500: "unreadable",
}


@pytest.mark.parametrize("text", SURE)
def test_a_sum_written_in_one_certain_way_is_read_exactly(text: str) -> None:
    amount, currency = SURE[text]
    assert read_amount(text) == Reading(Decimal(amount), currency)


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_certain_stays_unread_and_says_why(text: str) -> None:
    reading = read_amount(text)
    assert (reading.amount, reading.doubt) == (None, UNSURE[text])


@pytest.mark.parametrize("nothing", [None, "", "  ", "-", "nie dotyczy", "Nie dotyczy", "brak", "[Не застосовується]"])
def test_nothing_is_nothing_and_no_doubt(nothing: object) -> None:
    assert read_amount(nothing) == Reading()


def test_numbers_are_exact_and_their_point_is_a_decimal_point() -> None:
    assert read_amount(Decimal("1.234")).amount == Decimal("1.23")
    assert read_amount(1500).amount == Decimal("1500.00")
    assert read_amount(10**30).doubt == "out-of-range"
    assert read_amount(float("nan")).doubt == "unreadable"
    assert read_amount(True).doubt == "unreadable"


@given(st.decimals(min_value=0, max_value=LIMIT - 1, places=2), st.sampled_from(["{:,.2f}", "{:.2f}"]))
def test_every_amount_comes_back_however_thousands_are_set(amount: Decimal, form: str) -> None:
    english = form.format(amount)
    polish = english.replace(",", " ").replace(".", ",")
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert read_amount(english).amount == read_amount(polish).amount == read_amount(german).amount == amount


@given(st.text(max_size=60) | st.text(alphabet="0123456789., -€złtysok", max_size=30))
def test_no_text_is_ever_an_exception_or_a_sum_out_of_range(text: str) -> None:
    reading = read_amount(text)
    assert reading.amount is None or (abs(reading.amount) < LIMIT and not reading.doubt)
    number = read_number(text)
    assert number is None or number.is_finite()


def test_quantities_take_a_comma_for_a_point_and_nothing_else() -> None:
    assert read_number("57,098") == Decimal("57.098")
    assert read_number("1 200") == Decimal(1200)
    assert read_number("12 sztuk") is None
    assert read_number("NaN") is None
    assert read_number(True) is None
    assert read_number("9" * 40) is None
