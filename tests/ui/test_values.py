"""Values are written as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from adaldyq.base.money import Money
from adaldyq.ui.formats import values

THIN, FIXED = "\u202f", "\u00a0"


def spaced(text: str) -> str:
    """Text with spaces that a test can be read with."""
    return text.replace(THIN, " ").replace(FIXED, " ")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("kk", "2025 жылғы 5 қыркүйек"), ("ru", "5 сентября 2025"), ("en", "5 September 2025")],
)
def test_a_day_has_the_form_of_its_language(language: str, expected: str) -> None:
    with translation.override(language):
        assert spaced(values.day(date(2025, 9, 5))) == expected


def test_a_day_breaks_only_where_no_number_is_parted_from_its_word() -> None:
    with translation.override("kk"):
        assert values.day(date(2025, 9, 5)).split(" ") == [f"2025{FIXED}жылғы", f"5{FIXED}қыркүйек"]


def test_every_kazakh_month_is_small() -> None:
    with translation.override("kk"):
        days = [values.day(date(2025, month, 1)) for month in range(1, 13)]
    assert [text for text in days if text != text.lower()] == []
    assert len(set(days)) == 12


def test_an_instant_is_told_in_the_time_of_the_country() -> None:
    with translation.override("en"):
        assert values.moment(datetime(2025, 9, 5, 22, 30, tzinfo=UTC)) == "6 September 2025, 03:30"


@pytest.mark.parametrize(
    ("language", "amount", "currency", "expected"),
    [
        ("kk", Decimal("1250000.00"), "KZT", "1 250 000 ₸"),
        ("ru", Decimal("12500.5"), "EUR", "12 500,50 €"),
        ("en", Decimal("12500.5"), "USD", "12 500.50 USD"),
        ("ru", Decimal(-3), "KZT", "−3 ₸"),
        ("en", Decimal("9999999999999.99"), "KZT", "9 999 999 999 999.99 ₸"),
    ],
)
def test_an_amount_has_thin_spaces_and_its_currency(
    language: str, amount: Decimal, currency: str, expected: str
) -> None:
    with translation.override(language):
        assert spaced(values.money(amount, currency)) == expected
        assert values.money(Money(amount, currency)) == values.money(amount, currency)


def test_an_amount_is_never_torn_over_two_lines() -> None:
    with translation.override("ru"):
        assert " " not in values.money(Decimal("1250000.5"), "KZT")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (950, "950 ₸"),
        (9_999, "9 999 ₸"),
        (12_400, "12,4 мың ₸"),
        (1_482_000_000, "1,5 млрд ₸"),
        (55_000_000, "55 млн ₸"),
    ],
)
def test_a_short_amount_says_thousands_and_millions_in_words(amount: int, expected: str) -> None:
    with translation.override("kk"):
        assert spaced(values.money_short(amount, "KZT")) == expected


def test_a_number_keeps_as_many_digits_as_it_has_up_to_two() -> None:
    with translation.override("ru"):
        assert [values.number(value) for value in (96.4, 100, Decimal("0.125"), 0)] == ["96,4", "100", "0,13", "0"]
        assert spaced(values.percent(Decimal("12.50"))) == "12,5 %"
        assert values.number(3, 2) == "3,00"


def test_what_is_not_known_is_a_dash_with_words_for_who_cannot_see_it() -> None:
    with translation.override("ru"):
        shown = engines["django"].from_string("{{ nothing|money:'KZT' }}").render({"nothing": None})
    assert "—" in shown
    assert "не указано" in shown
    assert values.show(None, "money") == values.show("", "text") == "—"


def test_years_and_numbers_of_documents_are_left_as_they_are() -> None:
    with translation.override("ru"):
        assert engines["django"].from_string("{{ year }}").render({"year": 2025}) == "2025"
