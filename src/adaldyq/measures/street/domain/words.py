"""What in a few words may name or reach somebody: numbers, telephones, addresses, and words that are names of officials."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain

from adaldyq.base import redaction
from adaldyq.base.redaction import TAKEN_OUT, WORD, beginnings

DIGITS = re.compile(
    r"(?<![\d.,])(?!\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![ \u00a0\u202f-]?\d))\d(?:[ \u00a0()./-]{0,2}\d){6,}"
)
"""Seven figures and more, however they are parted, but for a sum in thousands."""
LOGIN = re.compile(r"(?<!\w)@\w{3,}|\b(?:t\.me|wa\.me|instagram\.com|vk\.com|facebook\.com)/\S+", re.IGNORECASE)

Named = Callable[[Iterable[str]], frozenset[str]]
"""Which of some loose keys belong to a name of an official."""


def without_numbers(text: str) -> str:
    """A text without what looks like a number, a telephone, an account or an address; `TAKEN_OUT` stands in its place."""
    return DIGITS.sub(TAKEN_OUT, LOGIN.sub(TAKEN_OUT, redaction.without_numbers(text)))


def without_names(text: str, named: Named) -> str:
    """The same, and without words in a capital letter that are part of the name of an official."""
    text = without_numbers(text)
    words = {word: keys_of(word) for word in WORD.findall(text) if word[0].isupper()}
    known = named(frozenset(chain.from_iterable(words.values())))
    return WORD.sub(lambda found: TAKEN_OUT if known & words.get(found[0], frozenset()) else found[0], text)


def keys_of(word: str) -> frozenset[str]:
    """Loose keys of a word, also without the ending that a case may give it."""
    return frozenset(chain.from_iterable(beginnings(word)))
