"""Phrases of receipts: every secret is spelt and read in every language, and a mistake is named."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.sealing import phrases

SECRETS = st.binary(min_size=phrases.ENTROPY_BYTES, max_size=phrases.ENTROPY_BYTES)
LANGUAGES = st.sampled_from(phrases.LANGUAGES)
WORDS = Path(phrases.__file__).parent / "words"
VECTORS: Mapping[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "vectors" / "phrases.json").read_text()
)


def what_is_read(text: str) -> dict[str, Any]:
    """The secret that a text spells, or what is wrong with it, as the vectors say it."""
    try:
        return {"secret": phrases.read(text).hex()}
    except DomainError as wrong:
        return {"code": wrong.code, "facts": dict(wrong.parameters)}


@pytest.mark.parametrize("typed", VECTORS["read"], ids=lambda one: str(one["shape"]))
def test_a_phrase_is_read_however_it_is_typed_and_what_is_wrong_is_named(typed: dict[str, Any]) -> None:
    wanted = {name: said for name, said in typed.items() if name not in ("shape", "text")}
    assert what_is_read(typed["text"]) == wanted


@pytest.mark.parametrize("typed", VECTORS["holds"], ids=lambda one: str(one["shape"]))
def test_a_phrase_is_seen_in_a_message_however_it_is_typed(typed: dict[str, Any]) -> None:
    assert phrases.holds_phrase(typed["text"]) == typed["holds"]


def test_common_words_are_in_no_list() -> None:
    for language in phrases.LANGUAGES:
        assert not phrases.COMMON & phrases.numbers(language).keys()


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_words_of_a_list_are_letters_and_nothing_else(language: str) -> None:
    assert [word for word in phrases.words(language) if not word.isalpha()] == []


@given(SECRETS, LANGUAGES)
def test_what_is_spelt_is_read_again(secret: bytes, language: str) -> None:
    assert phrases.read(" ".join(phrases.spell(secret, language))) == secret


@given(SECRETS, LANGUAGES, st.text(st.characters(exclude_categories=["L", "M", "Cs", "Cf"]), min_size=1, max_size=3))
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
    assert what_is_read(" ".join(spelt)) == {
        "code": "phrase-word-unknown-but-near",
        "facts": {"word": "abandom", "place": 4, "meant": "abandon"},
    }


def test_all_words_that_are_not_in_the_list_are_named_at_once() -> None:
    spelt = list(phrases.spell(bytes(11), "en"))
    spelt[0], spelt[3] = "qqqqqqq", "abandom"
    assert what_is_read(" ".join(spelt)) == {
        "code": "phrase-words-unknown",
        "facts": {"words": "1. qqqqqqq; 4. abandom (abandon?)"},
    }


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
