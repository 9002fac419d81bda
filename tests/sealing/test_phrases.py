"""Phrases of receipts: every secret is spelt and read in every language, and a mistake is named."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.sealing import phrases

SECRETS = st.binary(min_size=phrases.ENTROPY_BYTES, max_size=phrases.ENTROPY_BYTES)
LANGUAGES = st.sampled_from(phrases.LANGUAGES)
WORDS = Path(phrases.__file__).parent / "words"


@given(SECRETS, LANGUAGES)
def test_what_is_spelt_is_read_again(secret: bytes, language: str) -> None:
    assert phrases.read(" ".join(phrases.spell(secret, language))) == secret


@given(SECRETS, LANGUAGES, st.sampled_from([", ", "-", "\n", "  ", ". ", " 2 "]))
def test_capitals_and_what_stands_between_words_do_not_matter(secret: bytes, language: str, between: str) -> None:
    assert phrases.read(f"1. {between.join(phrases.spell(secret, language)).upper()} ") == secret


@given(SECRETS)
def test_a_keyboard_without_kazakh_letters_is_enough(secret: bytes) -> None:
    assert phrases.read(" ".join(map(phrases.plain, phrases.spell(secret, "kk")))) == secret


@given(SECRETS, LANGUAGES, st.data())
def test_another_word_in_one_place_is_seen(secret: bytes, language: str, data: st.DataObject) -> None:
    spelt = list(phrases.spell(secret, language))
    place = data.draw(st.integers(0, len(spelt) - 1))
    other = data.draw(st.sampled_from(phrases.words(language)).filter(lambda word: word != spelt[place]))
    spelt[place] = other
    # The check has 11 bits or 12: one change in some two thousand passes it, as another secret.
    try:
        assert phrases.read(" ".join(spelt)) != secret
    except DomainError as error:
        assert error.code == "phrase-check"  # noqa: PT017  # both ends are right, and which comes is chance


def test_the_word_that_is_not_in_the_list_is_named_with_the_one_that_was_meant() -> None:
    spelt = list(phrases.spell(bytes(11), "en"))
    spelt[3] = "abandom"
    with pytest.raises(DomainError) as caught:
        phrases.read(" ".join(spelt))
    assert caught.value.code == "phrase-word-unknown-but-near"
    assert caught.value.parameters == {"word": "abandom", "place": 4, "meant": "abandon"}


def test_a_word_like_none_is_named_alone() -> None:
    with pytest.raises(DomainError) as caught:
        phrases.read("qqqqqqq " + " ".join(phrases.spell(bytes(11), "ru")[1:]))
    assert (caught.value.code, caught.value.parameters) == ("phrase-word-unknown", {"word": "qqqqqqq", "place": 1})


@pytest.mark.parametrize("text", ["", "   ", "abandon", " ".join(["abandon"] * 30)])
def test_too_few_or_too_many_words_are_counted(text: str) -> None:
    with pytest.raises(DomainError, match="phrase-length"):
        phrases.read(text)


@given(st.text())
def test_whatever_is_typed_is_a_secret_or_a_mistake_with_a_name(text: str) -> None:
    try:
        assert len(phrases.read(text)) == phrases.ENTROPY_BYTES
    except DomainError as error:
        assert error.code.startswith("phrase-")  # noqa: PT017  # text drawn at random may be a phrase


@given(SECRETS, LANGUAGES, st.text(alphabet="xyz ", max_size=30))
def test_a_phrase_inside_a_message_is_found(secret: bytes, language: str, around: str) -> None:
    spelt = " ".join(phrases.spell(secret, language))
    assert phrases.holds_phrase(f"{around} {spelt} {around}")


@pytest.mark.parametrize(
    "text",
    [
        "The inspector asked me for money twice, and then the head of the office called.",
        "Инспектор требовал деньги дважды, потом позвонил начальник отдела и всё повторил.",
        "Тексеруші екі рет ақша сұрады, содан кейін бөлім басшысы қоңырау шалды.",
    ],
)
def test_an_ordinary_message_holds_no_phrase(text: str) -> None:
    assert not phrases.holds_phrase(text)


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_a_list_has_words_for_every_number_and_none_twice(language: str) -> None:
    listed = phrases.words(language)
    assert len(listed) == 1 << phrases.bits_of_word(language)
    assert len(phrases.numbers(language)) == len(listed)


def test_a_phrase_has_88_bits_and_eight_to_check_them() -> None:
    for language in phrases.LANGUAGES:
        assert phrases.length(language) * phrases.bits_of_word(language) >= 88 + 8


def test_the_lists_are_those_that_were_written_down() -> None:
    for line in (WORDS / "VENDORED.txt").read_text().split("files:\n")[1].splitlines():
        digest, name = line.split()
        assert hashlib.sha256((WORDS / name).read_bytes()).hexdigest() == digest
