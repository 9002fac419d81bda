"""Finds in free text what names or reaches a person: numbers, accounts, addresses, telephones, words of known names.

Decision 7 says where it is used: whatever people write into a box that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from adaldyq.base.name_keys import loose_keys, name_words

TAKEN_OUT = "[…]"
"""Stands where something was taken out, the same in files of every language."""

SHORTEST_NAME, SHORTEST_STEM, LONGEST_ENDING = 3, 4, 4
VOWELS = "аеёиоуыэюяәіөұүaeiouy"
OF_ADJECTIVE = re.compile("(?:ая|яя|ий|ый|ой)$")
"""Endings of Russian surnames that are declined as adjectives (Толстая, Толстой)."""
REMEMBERED = 20_000

STREETS = (
    "көшесі|көш|даңғылы|даңғ|шағынауданы|ықшамауданы|тұйығы|бульвары"
    "|улица|ул|проспект|пр-т|просп|микрорайон|мкр|переулок|пер|бульвар|шоссе|street|avenue|lane"
)
"""What streets are called in the languages of the product."""
HOUSE = r"\d+[\w/-]*(?:\W{1,3}(?:үй|дом|д|кв|пәтер|flat|apt)?\W{0,3}\d+\w?)*"

LOOKS_CLOSED = re.compile(
    "|".join(
        (
            r"[\w.+-]+@[\w-]+\.\w[\w.-]*",
            r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b",  # IBAN, ISO 13616
            r"\b\d{4}(?:[ -]\d{4}){3}\b",  # a card
            r"\+\d[\d ()-]{8,}\d",  # a telephone, E.164
            r"\b\d{6}[ -]\d{6}\b",
            r"\b\d{9,}\b",
            r"\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}\b",  # a wallet
            rf"(?i:(?:[^\W\d_][\w.-]*\s+){{1,2}}(?:{STREETS})\b[\s.,№]{{1,4}}{HOUSE})",
            rf"(?i:\b(?:{STREETS})\b[\s.,№]{{1,4}}(?:[\w.-]+\s+){{0,2}}[^\W_][\w.-]*[\s,№]{{1,4}}{HOUSE})",
        )
    )
)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def without_numbers(text: str) -> str:
    """A text without what looks like the number of a person, an account or a telephone, or like an address."""
    if not any(letter.isdigit() or letter == "@" for letter in text):
        return text
    return LOOKS_CLOSED.sub(TAKEN_OUT, text)


def keys_of(names: Iterable[str], *, stems: bool = False) -> frozenset[str]:
    """Loose keys of the words of names, by which the three scripts meet; initials are left out.

    Args:
        stems: also without a last vowel, or the ending of an adjective, in whose place a case puts another (Мария, Марии;
            Толстая, Толстой).
    """
    words = [word for name in names for word in name_words(name) if len(word) >= SHORTEST_NAME]
    if stems:
        declined = [OF_ADJECTIVE.sub("", word) for word in words]
        declined = [stem for word, stem in zip(words, declined, strict=True) if SHORTEST_STEM <= len(stem) < len(word)]
        words += [word[:-1] for word in words if word[-1] in VOWELS and len(word) > SHORTEST_STEM] + declined
    return frozenset(key for word in words for key in loose_keys(word))


def is_named(word: str, names: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a word is one of some names, also with the ending of a case; not when the declarant is called so."""
    for keys in beginnings(word):
        if not own.isdisjoint(keys):
            return False
        if not names.isdisjoint(keys):
            return True
    return False


@lru_cache(REMEMBERED)
def beginnings(word: str) -> Sequence[Sequence[str]]:
    """Loose keys of a word, and of what is left of it without each ending that a case may give it."""
    found = []
    for spelt in name_words(word):
        if len(spelt) < SHORTEST_NAME:
            continue
        found.append(loose_keys(spelt))
        shortest = max(SHORTEST_STEM, len(spelt) - LONGEST_ENDING) if word[0].isupper() else len(spelt)
        found += [loose_keys(spelt[:end]) for end in range(len(spelt) - 1, shortest - 1, -1)]
    return found
