"""One normaliser finds Kazakh, Russian and English words by their other forms and in other letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.search import asked, forms, likeness, tokens, trigrams, words


def found(text: str, query: str) -> bool:
    there = set(tokens([text]).split())
    return all(there & set(given_forms) for given_forms in asked(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Қаржы министрлігінің декларациялары", "министрлік"),
        ("Қаржы министрлігінің декларациялары", "қаржы министрлігі"),
        ("Қаржы министрлігінің декларациялары", "декларация"),
        ("Алматыдағы әкімдіктер", "Алматы"),
        ("Алматы қаласының әкімдігі", "алматыда"),
        ("Сыбайлас жемқорлыққа қарсы қызмет", "жемқорлық"),
        ("Сыбайлас жемқорлығы", "жемқорлықты"),
        ("соттарымыздан", "сот"),
        ("мемлекеттік органдармен", "орган"),
        ("Министерство финансов", "министерства"),
        ("декларации чиновников", "декларация чиновника"),
        ("учёт", "учетом"),
        ("declared incomes of officials", "official income"),
        ("Rules by which registers are compared", "comparing register"),
    ],
)
def test_another_form_of_the_word_is_found(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Айгүл Сәрсенбайқызы", "Aigul Sarsenbaikyzy"),
        ("Айгүл Сәрсенбайқызы", "айгул сарсенбайкызы"),
        ("Нұржан Төлегенұлы", "NURZHAN TOLEGENULY"),
        ("Нуржан Тулегенов", "Nurjan Tulegenov"),
        ("Айдос Жұмабаев", "Aidos Jumabaev"),
        ("Ольга Кравченко", "Olga Kravchenko"),
        ("Өтепбергенов Ғалымжан", "отепбергенов галымжан"),
    ],
)
def test_a_name_is_found_in_latin_letters_and_without_kazakh_ones(name: str, typed: str) -> None:
    assert found(name, typed)
    assert found(typed, name)


@pytest.mark.parametrize(("text", "query"), [("Қаржы министрлігі", "денсаулық"), ("налог", "налево"), ("сот", "соя")])
def test_another_word_is_not_found(text: str, query: str) -> None:
    assert not found(text, query)


def test_small_words_do_not_count_beside_others() -> None:
    assert found("Министерство обороны", "министерство по обороне")
    assert asked("и") == [forms("и")]
    assert asked("  … ") == []


def test_a_short_word_keeps_a_stem_of_three_letters() -> None:
    assert "со" not in forms("соты")
    assert forms("сотты")[:2] == (forms("сотты")[0], "sot")


@given(st.text(max_size=60))
def test_whatever_is_indexed_is_found_by_itself(text: str) -> None:
    assert found(text, text)
    assert tokens([text]) == tokens([text, text])
    assert all(word == word.casefold() for word in words(text))


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі", min_size=1, max_size=20))
def test_forms_of_a_cyrillic_word_are_ascii_and_its_own_first(word: str) -> None:
    given_forms = forms(words(word)[0])
    assert all(form.isascii() and form.isalnum() for form in given_forms)
    assert len(given_forms) == len(set(given_forms))


def test_mistyped_words_are_more_alike_than_others() -> None:
    assert likeness("sarsenbai", "sarsenbai") == 1
    assert likeness("sarsenbaev", "sarsenbaef") > 0.5 > likeness("sarsenbaev", "tolegenov")
    assert trigrams("ab") == ["1ab", "ab1"]
