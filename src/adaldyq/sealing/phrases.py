"""The phrase of a receipt: words that stand for 88 random bits, and bits that show a typing error.

The phrase is the only key to come back to a report. It is made as BIP 39 makes a mnemonic sentence: the bits and the
first bits of their hash, cut into numbers of words. Lists differ in length, so that a sentence has nine words of
English or Russian (2,048 words each, 11 bits) or ten of Kazakh (1,024 words, 10 bits).
"""

from __future__ import annotations

import difflib
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType

from adaldyq.base.errors import DomainError

LANGUAGES = ("kk", "ru", "en")
ENTROPY_BYTES = 11
LEAST_CHECK_BITS = 8
TAG = b"adaldyq receipt phrase 1"

# Letters that a keyboard may lack, and how people write without them; no two words of a list become the same.
PLAIN_LETTERS = str.maketrans("әғқңөұүһіёй", "агкноуухиеи")
BETWEEN_WORDS = re.compile(r"[\s,.;:/_\-‐‑–—0-9]+")


@cache
def words(language: str) -> Sequence[str]:
    """The list of a language; a word's place in it is its number."""
    return tuple(resources.files(__package__).joinpath("words", f"{language}.txt").read_text("utf-8").split())


@cache
def numbers(language: str) -> Mapping[str, int]:
    """Each word of a language, spelt with plain letters, and its number."""
    return MappingProxyType({plain(word): number for number, word in enumerate(words(language))})


def plain(word: str) -> str:
    """A word as it is compared: in small letters, without those that a keyboard may lack."""
    return unicodedata.normalize("NFKC", word).casefold().translate(PLAIN_LETTERS)


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

    Capitals, commas, hyphens, numbers before words and letters that a keyboard lacks do not matter.

    Raises:
        DomainError: `phrase-word-unknown` with the first such word, its place and the likeliest word meant;
            `phrase-length` with both counts; `phrase-check` when words are changed or out of order.
    """
    typed = [word for word in BETWEEN_WORDS.split(text.strip()) if word]
    language = language_of(typed)
    found = [number_of(word, place, language) for place, word in enumerate(typed, start=1)]
    if len(found) != length(language):
        raise DomainError("phrase-length", field="phrase", count=len(found), needed=length(language))
    width = bits_of_word(language)
    check_bits = width * len(found) - 8 * ENTROPY_BYTES
    value = 0
    for number in found:
        value = value << width | number
    entropy = (value >> check_bits).to_bytes(ENTROPY_BYTES, "big")
    if check(entropy, check_bits) != value & ((1 << check_bits) - 1):
        raise DomainError("phrase-check", field="phrase")
    return entropy


def language_of(typed: Sequence[str]) -> str:
    """The language that knows most of the words; the first of them where several know as many."""
    return max(LANGUAGES, key=lambda language: sum(plain(word) in numbers(language) for word in typed))


def number_of(word: str, place: int, language: str) -> int:
    """The number of a typed word."""
    known = numbers(language)
    number = known.get(plain(word))
    if number is not None:
        return number
    near = difflib.get_close_matches(plain(word), known, n=1, cutoff=0.6)
    if not near:
        raise DomainError("phrase-word-unknown", field="phrase", word=word[:40], place=place)
    meant = words(language)[known[near[0]]]
    raise DomainError("phrase-word-unknown-but-near", field="phrase", word=word[:40], place=place, meant=meant)


def holds_phrase(text: str) -> bool:
    """Whether a text holds a phrase of a receipt, which belongs in no message.

    A run of words of one list as long as a phrase is taken for one, whether its check holds or not: with one letter
    mistyped it is as dangerous.
    """
    typed = [plain(word) for word in BETWEEN_WORDS.split(text) if word]
    return any(
        longest_run([word in numbers(language) for word in typed]) >= length(language) - 1 for language in LANGUAGES
    )


def longest_run(known: Sequence[bool]) -> int:
    """How many in a row are true at most."""
    longest = run = 0
    for one in known:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest
