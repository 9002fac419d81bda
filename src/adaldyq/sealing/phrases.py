"""The phrase of a receipt: words that stand for 88 random bits, and bits that show a typing error.

The phrase is the only key to come back to a report. It is made as BIP 39 makes a mnemonic sentence: the bits and the
first bits of their hash, cut into numbers of words. Lists differ in length, so that a sentence has nine words of
English or Russian (2,048 words each, 11 bits) or ten of Kazakh (1,024 words, 10 bits).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import NamedTuple

from adaldyq.base.errors import DomainError
from adaldyq.sealing.likeness import likest

LANGUAGES = ("kk", "ru", "en")
ENTROPY_BYTES = 11
LEAST_CHECK_BITS = 8
TAG = b"adaldyq receipt phrase 1"
TAKEN_OUT = "[…]"
"""Stands where a phrase was taken out, the same in every language."""

# Letters that a keyboard may lack, and how people write without them; no two words of a list become the same. Of ё and
# й only what marks е and и is left out.
PLAIN_LETTERS = str.maketrans("әғқңөұүһі", "агкноуухи")
WITHIN_WORDS = "\u00ad\u200c\u200d\u2060"
"""What is not seen and parts no words: the soft hyphen and joiners."""

COMMON = frozenset(
    re.findall(
        "[a-z]+",
        "the of to and in is it for as on be by or an at if not are was has had its no so we he she his her him our my me "
        "do up but who did were been your their from with",
    )
)
"""Short English words of which no list has any, and which nobody types for one that has: a run of plain prose ends there."""


class Typed(NamedTuple):
    """A word as it was typed.

    Attributes:
        text: its letters and what marks them.
        plain: as it is compared.
        end: where it ends in the text that holds it.
    """

    text: str
    plain: str
    end: int


@cache
def words(language: str) -> Sequence[str]:
    """The list of a language; a word's place in it is its number."""
    return tuple(resources.files(__package__).joinpath("words", f"{language}.txt").read_text("utf-8").split())


@cache
def numbers(language: str) -> Mapping[str, int]:
    """Each word of a language, spelt with plain letters, and its number."""
    return MappingProxyType({plain(word): number for number, word in enumerate(words(language))})


def plain(word: str) -> str:
    """A word as it is compared: in small letters, without marks and without letters that a keyboard may lack."""
    apart = unicodedata.normalize("NFKD", word.lower())
    return "".join(filter(str.isalpha, apart)).lower().translate(PLAIN_LETTERS)


def typed_words(text: str) -> Sequence[Typed]:
    """The words of a text: what is no letter parts them, and a letter alone, as in a list from a) to i), is none."""
    letters = "".join(one if is_within_word(one) else " " for one in text)
    found = (Typed(one[0], plain(one[0]), one.end()) for one in re.finditer("[^ ]+", letters))
    return [one for one in found if len(one.plain) > 1]


def is_within_word(one: str) -> bool:
    """Whether a character is a letter, marks one, or is not seen."""
    return one.isalpha() or one in WITHIN_WORDS or unicodedata.category(one)[0] == "M"


def bits_of_word(language: str) -> int:
    """How many bits a word of the language stands for."""
    return (len(words(language)) - 1).bit_length()


def length(language: str) -> int:
    """How many words a phrase has in the language."""
    return -(-(8 * ENTROPY_BYTES + LEAST_CHECK_BITS) // bits_of_word(language))


def new_entropy() -> bytes:
    """The secret that a phrase spells: 88 bits that nobody can guess."""
    return secrets.token_bytes(ENTROPY_BYTES)


def spell(entropy: bytes, language: str) -> Sequence[str]:
    """The words of a secret in a language; the same secret may be spelt in each."""
    width, count = bits_of_word(language), length(language)
    check_bits = width * count - 8 * ENTROPY_BYTES
    value = int.from_bytes(entropy, "big") << check_bits | check(entropy, check_bits)
    mask = (1 << width) - 1
    return tuple(words(language)[value >> width * (count - 1 - place) & mask] for place in range(count))


def check(entropy: bytes, bits: int) -> int:
    """The first bits of the hash of a secret."""
    return int.from_bytes(hashlib.sha256(TAG + entropy).digest(), "big") >> (256 - bits)


def read(text: str) -> bytes:
    """The secret that a typed phrase spells, in whichever language.

    Capitals, what stands between words and letters that a keyboard lacks do not matter.

    Raises:
        DomainError: `phrase-word-unknown` for one such word, with its place and the likeliest word meant, or
            `phrase-words-unknown` with all of them; `phrase-length` with both counts; `phrase-check` when words are
            changed or out of order.
    """
    typed = typed_words(text)
    language = language_of(typed)
    needed = length(language)
    if len(typed) <= 2 * needed:
        check_that_all_are_known(typed, language)
    if len(typed) != needed:
        raise DomainError("phrase-length", field="phrase", count=len(typed), needed=needed)
    width = bits_of_word(language)
    check_bits = width * needed - 8 * ENTROPY_BYTES
    value = 0
    for word in typed:
        value = value << width | numbers(language)[word.plain]
    entropy = (value >> check_bits).to_bytes(ENTROPY_BYTES, "big")
    if check(entropy, check_bits) != value & ((1 << check_bits) - 1):
        raise DomainError("phrase-check", field="phrase")
    return entropy


def language_of(typed: Sequence[Typed]) -> str:
    """The language that knows most of the words; the first of them where several know as many."""
    return max(LANGUAGES, key=lambda language: sum(word.plain in numbers(language) for word in typed))


def check_that_all_are_known(typed: Sequence[Typed], language: str) -> None:
    """Name every word that is not in the list.

    Which word was meant is told where most are known: else it is not even sure which list was.
    """
    known = numbers(language)
    wrong = [(place, one) for place, one in enumerate(typed, start=1) if one.plain not in known]
    if not wrong:
        return
    tells = 2 * len(wrong) <= len(typed)
    named = [(place, one.text[:40], meant_by(one.plain, language) if tells else None) for place, one in wrong]
    if len(named) > 1:
        each = "; ".join(f"{place}. {word}{f' ({meant}?)' if meant else ''}" for place, word, meant in named)
        raise DomainError("phrase-words-unknown", field="phrase", words=each)
    place, word, meant = named[0]
    if meant is None:
        raise DomainError("phrase-word-unknown", field="phrase", word=word, place=place)
    raise DomainError("phrase-word-unknown-but-near", field="phrase", word=word, place=place, meant=meant)


def meant_by(word: str, language: str) -> str | None:
    """The word of a list that was likely meant by a plain one that is not in it; none when none is near."""
    known = numbers(language)
    near = likest(word, known)
    return None if near is None else words(language)[known[near]]


def holds_phrase(text: str) -> bool:
    """Whether a text holds a phrase of a receipt, which belongs in no message.

    A run of words of one list as long as a phrase is taken for one, whether its check holds or not: with a word mistyped,
    or with its first or last one left out, it is as dangerous.
    """
    typed = typed_words(text)
    return any(runs_of(typed, language) for language in LANGUAGES)


def without_phrases(text: str, *, doubtful: bool = False) -> str:
    """A text with a mark in place of each phrase of a receipt.

    Args:
        doubtful: also in place of what only looks like one, so that `holds_phrase` is false of what is left.
    """
    while span := first_phrase(text) or (first_phrase(text, doubtful=True) if doubtful else None):
        start, end = span
        text = f"{text[:start]}{TAKEN_OUT}{text[end:]}"
    return text


def first_phrase(text: str, *, doubtful: bool = False) -> tuple[int, int] | None:
    """Where the first phrase of a text begins and ends; none when it holds none.

    Args:
        doubtful: also one that only looks like one; then with all words that may belong to it.
    """
    typed, found = typed_words(text), []
    for language in LANGUAGES:
        for first, last in runs_of(typed, language):
            start, end = typed[first].end - len(typed[first].text), typed[last - 1].end
            if doubtful or is_phrase(text[start:end]):
                found.append((start, end))
    if not found:
        return None
    start, end = min(found)
    for one, other in sorted(found) if doubtful else ():
        end = max(end, other) if one <= end else end
    return start, end


def is_phrase(text: str) -> bool:
    """Whether a text is a phrase without a mistake, and nothing else."""
    try:
        read(text)
    except DomainError:
        return False
    return True


def runs_of(typed: Sequence[Typed], language: str) -> Sequence[tuple[int, int]]:
    """Runs of words as long as a phrase, of which all are known, or all but one that may be mistyped.

    In the latter case a word that comes again counts once, and one may: prose says the same again, and chance hardly does.

    Returns:
        The place of each run's first word, and the one after its last.
    """
    known, count = numbers(language), length(language)
    around = ["", *(one.plain for one in typed), ""]
    is_known = [word in known for word in around]
    number = sum(is_known[: count - 1])
    found = []
    for end in range(count, len(around) + 1):
        number += is_known[end - 1]
        if number == count or (number == count - 1 and is_unlike_prose(around[end - count : end], known)):
            found.append((max(end - count - 1, 0), min(end - 1, len(typed))))
        number -= is_known[end - count]
    return found


def is_unlike_prose(run: Sequence[str], known: Mapping[str, int]) -> bool:
    """Whether a run of words, one of which is not known, says hardly any word again and has none that is common."""
    return len(known.keys() & set(run)) >= len(run) - 2 and not COMMON.intersection(run[1:-1])
