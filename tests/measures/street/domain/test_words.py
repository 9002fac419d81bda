"""What names or reaches somebody is found in a few words, sums are left."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from adaldyq.base.redaction import TAKEN_OUT
from adaldyq.measures.street.domain.words import keys_of, without_names, without_numbers


@pytest.mark.parametrize(
    "text",
    [
        "850101300121",
        "8 701 123 45 67",
        "8-701-123-45-67",
        "+7 (701) 123-45-67",
        "a.b@mail.kz",
        "@doctor_almaty",
        "t.me/doctor",
        "KZ86125KZT5004100100",
        "ул. Абая 12, кв. 5",
    ],
)
def test_a_number_or_address_is_taken_out(text: str) -> None:
    assert without_numbers(f"Звоните {text} сегодня") == f"Звоните {TAKEN_OUT} сегодня"


@pytest.mark.parametrize("text", ["Просили 50 000 тенге", "1 500 000 ₸ сұрады", "25 мың теңге", "в кабинете 214"])
def test_a_sum_is_left(text: str) -> None:
    assert without_numbers(text) == text


def test_names_of_officials_are_taken_out_in_any_case_and_script() -> None:
    known = frozenset(keys_of("Танатаров"))

    def named(keys: Iterable[str]) -> frozenset[str]:
        return known & frozenset(keys)

    text = "Просили для Танатарова. Tanatarov took it. Таңатаровқа бердім. Врач взял сам."
    assert (
        without_names(text, named)
        == f"Просили для {TAKEN_OUT}. {TAKEN_OUT} took it. {TAKEN_OUT} бердім. Врач взял сам."
    )
