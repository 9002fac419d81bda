"""A name is found by each of its spellings."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.names import KAZAKH_ALPHABET, arabic, comparison_key, cyrillic, latin, order_key, search_text

ROMAN = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -", max_size=30)
ARABIC = st.text("ابپتجدرزسفقكگلمنھۋيىوۇەچخژشغثحذصضطظهةکیعءأإآؤئ ", max_size=30)
CYRILLIC = st.text(KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper() + " -", max_size=30)
SAME = [
    ("Жұмабаев", "Жумабаев", "Zhumabayev", "JUMABAEV"),
    ("Қасым-Жомарт", "Касым-Жомарт", "Kassym-Jomart", "qasym zhomart"),
    ("Фёдоров", "Федоров", "Fyodorov", "Fedorov"),
    ("Айгүл Сейітова", "Айгуль Сейитова", "Aigul Seiitova", "AYGUL SEYITOVA"),
    ("Ғани Хасенұлы", "Гани Хасенулы", "Ghani Khassenuly", "Gani Hasenuly"),
    ("Юлия", "Yuliya", "IULIIA"),
    ("Шәріпов", "Шарипов", "Şäripov"),
    ("Щербаков", "Shcherbakov"),
    ("Ғалия", "Galiya", "Ghalia", "غالىيا"),
    ("Хасан", "Khassan", "خاسان", "حاسان"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_compare_equal(spellings: tuple[str, ...]) -> None:
    assert len({comparison_key(one) for one in spellings}) == 1


def test_different_names_stay_apart() -> None:
    assert comparison_key("Серік") != comparison_key("Берік")
    assert comparison_key("Асанов") != comparison_key("Усенов")


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)


@given(CYRILLIC)
def test_the_latin_spelling_compares_equal(text: str) -> None:
    assert comparison_key(latin(text)) == comparison_key(text)


@given(CYRILLIC)
def test_case_and_composition_do_not_matter(text: str) -> None:
    assert comparison_key(text.upper()) == comparison_key(text.lower())
    assert comparison_key(unicodedata.normalize("NFD", text)) == comparison_key(unicodedata.normalize("NFC", text))


@given(CYRILLIC)
def test_cyrillic_becomes_ascii(text: str) -> None:
    assert comparison_key(text).isascii()
    assert latin(text).isascii()


@given(st.lists(st.text(max_size=30), max_size=8), st.integers(0, 60))
def test_search_text_keeps_its_limit_and_whole_words(names: list[str], limit: int) -> None:
    text = search_text(names, limit)
    words = {word for name in names for word in comparison_key(name).split()}
    assert len(text) <= limit
    assert set(text.split()) <= words


def test_kazakh_letters_stand_where_the_alphabet_has_them() -> None:
    names = ["Яхин", "Қадыров", "Әлиев", "Кадыров", "Бекова", "Алиев", "Ли", "Ли Вэй", "Smith"]
    assert sorted(names, key=order_key) == [
        "Smith",
        "Алиев",
        "Әлиев",
        "Бекова",
        "Кадыров",
        "Қадыров",
        "Ли",
        "Ли Вэй",
        "Яхин",
    ]


@given(st.text(max_size=100))
def test_an_order_key_is_digits(text: str) -> None:
    key = order_key(text)
    assert key == "" or (key.isascii() and key.isdigit())


@given(ROMAN)
def test_a_latin_name_compares_equal_in_cyrillic_and_arabic_letters(text: str) -> None:
    assert comparison_key(cyrillic(text)) == comparison_key(text)
    assert comparison_key(arabic(text)) == comparison_key(text)


@given(CYRILLIC)
def test_a_cyrillic_name_compares_equal_in_arabic_letters_and_after_a_way_through_latin(text: str) -> None:
    assert comparison_key(arabic(text)) == comparison_key(text)
    assert comparison_key(cyrillic(latin(text))) == comparison_key(text)


@given(ARABIC)
def test_arabic_letters_become_ascii(text: str) -> None:
    assert comparison_key(text).isascii()


@pytest.mark.parametrize(
    ("written", "in_cyrillic", "in_arabic"),
    [
        ("Zhanar Shcherbakova", "Жанар Щербакова", "ژانار شچەرباكوۋا"),
        ("Yulia Khan", "Юлиа Хан", "يۇلىا خان"),
        ("Maxim-2", "Максим-2", "ماكسىم-2"),
    ],
)
def test_names_are_spelt_letter_by_letter(written: str, in_cyrillic: str, in_arabic: str) -> None:
    assert cyrillic(written) == in_cyrillic
    assert arabic(written) == in_arabic
