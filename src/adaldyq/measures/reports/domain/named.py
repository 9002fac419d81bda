"""Whether a text in own words names an office or a person, in any script, with the endings of cases, and written carelessly.

Where a browser seals, the server does not see the text: `frontend/sealing/named.mjs` has the same rules, and
`tests/browser/test_named_vectors.py` holds one against the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from adaldyq.base.name_keys import loose_keys, name_words, usual_key
from adaldyq.base.names import comparison_key
from adaldyq.base.redaction import keys_of

ENDING, SHORTEST_STEM, LONG, ADDED = 2, 4, 9, 4
"""Letters that a case may change at the end of a word, and how many must stay; of a word that is not long it changes the last
vowel only. A case adds so many at most."""
BETWEEN = 3
"""Words that may stand between two of a name, such as those of the country in the official one."""
VOWELS = "аеёиоуыэюяәіөұүaeiouyь"
SHORTEST_NAME, SHORTEST_SMALL_STEM, LONGEST_INITIAL, LONGEST_PAIR = 3, 6, 2, 20
"""Letters of a word that may be a name; that stay of one that begins small, which more often is no name; of an initial (Sh.);
of two words that may be one."""
REMEMBERED = 500  # people whose keys are kept
FULL_NAME = 2
"""Words of a name that must be there, unless the register tells which is that of the family: many have a given name."""

CYRILLIC, LATIN = "АВСЕНІКМОРТХУасеікмортхуоз", "ABCEHIKMOPTXYaceikmoptxy03"
TO_CYRILLIC = dict(zip(LATIN, CYRILLIC, strict=True))
TO_LATIN = {**dict(zip(CYRILLIC[:-2], LATIN[:-2], strict=True)), "Һ": "H", "һ": "h", "ѕ": "s"}
"""Letters of one alphabet that look like one of the other, as somebody mixes them or a program misreads them."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
WORDLIKE = re.compile(r"[^\W_]+")
MIXED = re.compile("(?=.*[Ѐ-ӿ])(?=.*[A-Za-z03])")
LETTER_BY_LETTER = re.compile(r"(^|[\W_])((?:[^\W_][ .·*_-]){3,}[^\W_])(?![^\W_])")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*")
OF_NAME = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def put_right(text: str) -> str:
    """A text with each word in one alphabet, and with words together that were written letter by letter."""
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    joined = LETTER_BY_LETTER.sub(lambda found: found[1] + re.sub(r"[\W_]", "", found[2]), plain)
    return WORDLIKE.sub(lambda found: in_one_alphabet(found[0]), joined)


def in_one_alphabet(word: str) -> str:
    """A word that mixes Cyrillic with Latin letters, written in one of them if they look alike; any other as it is."""
    if not MIXED.match(word):
        return word
    cyrillic = "".join(TO_CYRILLIC.get(letter, letter) for letter in word)
    if not re.search("[A-Za-z]", cyrillic):
        return cyrillic
    latin = "".join(TO_LATIN.get(letter, letter) for letter in word)
    return word if re.search("[Ѐ-ӿ]", latin) else latin


def has_office(text: str, names: Iterable[Sequence[str]]) -> bool:
    """Whether a text has one of the names of an office, each given as folded words."""
    words = comparison_key(put_right(text)).split()
    return any(is_within(name, some) for some in (words, pairs_of(words)) for name in names)


def pairs_of(words: Sequence[str]) -> list[str]:
    """Words of a text, each written together with the next: a name is also found where somebody parts a word of it."""
    return [one + other for one, other in pairwise(words)]


def is_within(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the words of a name stand in a text in their order, near each other, each perhaps with another ending.

    Two words of it may be written as one.
    """
    if not name:
        return False
    first = name[0]
    joint = [[first + name[1], *name[2:]]] if len(name) > 1 else []
    return any(follows(one, words, place) for one in ([*name], *joint) for place in range(len(words)))


def follows(name: Sequence[str], words: Sequence[str], place: int) -> bool:
    """Whether a name begins at a place of a text and goes on, with few words between two of its own."""
    if not is_form(words[place], name[0]):
        return False
    for part in name[1:]:
        near = words[place + 1 : place + 2 + BETWEEN]
        found = next((further for further, word in enumerate(near, place + 1) if is_form(word, part)), None)
        if found is None:
            return False
        place = found
    return True


def is_form(word: str, of: str) -> bool:
    """Whether a word is another, perhaps with the ending of a case."""
    if len(of) < SHORTEST_STEM:
        return word == of
    stem = of[:-ENDING] if len(of) >= LONG else of[:-1] if of[-1] in VOWELS and len(of) > SHORTEST_STEM else of
    return word.startswith(stem) and len(word) <= len(of) + ADDED


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called, as keys that a text is held against.

    Attributes:
        alone: of words that are enough by themselves: the family name, or two words of the name written as one.
        names: of the two words of each whole name, both of which must be there.
        beside: of each word of a name with the initial of the other, such as must stand beside it.
    """

    alone: frozenset[str]
    names: Sequence[Sequence[frozenset[str]]]
    beside: frozenset[str]


@lru_cache(REMEMBERED)
def called(families: tuple[str, ...], names: tuple[str, ...]) -> Called:
    """The keys of a person's family names and whole names.

    A family name of few letters is not enough by itself (Ким, Цой). Many may have the same: who has it gets nothing either, and
    loses nothing by that.
    """
    pairs = [parts for name in names if len(parts := OF_NAME.findall(name)[:FULL_NAME]) == FULL_NAME]
    joined = [one + other for pair in pairs for one, other in (pair, pair[::-1])]
    alone = [one for one in (*families, *(one.replace("-", "") for one in joined)) if len(one) > SHORTEST_STEM]
    return Called(
        keys_of(alone, stems=True),
        [[keys_of([part], stems=True) for part in pair] for pair in pairs],
        frozenset(
            f"{key} {initial}"
            for pair in pairs
            for one, other in (pair, pair[::-1])
            for key in keys_of([one], stems=True)
            for initial in initials_of(other)
        ),
    )


def initials_of(part: str) -> set[str]:
    """What the initial of a word of a name may be, folded: its letter, the two by which Latin writes it (Sh, Ya), or Y alone."""
    key, letter = comparison_key(part), comparison_key(part[0])
    return {one for one in (letter, key[:LONGEST_INITIAL], letter[:1] if letter.startswith("i") else "") if one}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, or two that stand beside each other: where it begins and ends, and its keys."""

    first: int
    last: int
    keys: frozenset[str]


class Reading:
    """A text, read once for all who may be named in it."""

    def __init__(self, text: str) -> None:
        """Find its words."""
        words = WORD.findall(parted(put_right(text)))
        pairs = [(place, pair) for place, pair in enumerate(pairs_of(words)) if len(pair) <= LONGEST_PAIR]
        self.initials = {place: found for place, word in enumerate(words) if (found := as_initials(word))}
        self.tokens = [
            *(Token(place, place, frozenset(keys_in(word))) for place, word in enumerate(words)),
            *(Token(place, place + 1, frozenset(usual_keys_in(pair))) for place, pair in pairs),
        ]

    def names(self, one: Called) -> bool:
        """Whether it names somebody."""
        if any(not one.alone.isdisjoint(token.keys) for token in self.tokens):
            return True
        whole = any(all(self.has(part) for part in name) for name in one.names)
        return whole or any(f"{key} {initial}" in one.beside for key, initial in self.with_initials(one))

    def has(self, keys: Collection[str]) -> bool:
        """Whether it has a word with one of some keys."""
        return any(not token.keys.isdisjoint(keys) for token in self.tokens)

    def with_initials(self, one: Called) -> Iterator[tuple[str, str]]:
        """The keys of each word that may be of a name, with each initial beside it: one or two before it, or one behind it."""
        known = frozenset[str]().union(*(part for name in one.names for part in name))
        for token in self.tokens:
            for place in (token.first - 2, token.first - 1, token.last + 1):
                for initial in self.initials.get(place, ()):
                    yield from ((key, initial) for key in token.keys & known)


def parted(text: str) -> str:
    """A text with a gap where a capital stands behind a small letter, or begins a word behind capitals (АСадыкова)."""
    found = []
    for before, letter, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        begins = letter.isupper() and (before.islower() or (before.isupper() and after.islower()))
        found.append(f" {letter}" if begins else letter)
    return "".join(found)


def as_initials(word: str) -> list[str]:
    """What a word of one or two letters may stand for as an initial: Ш, Sh, and АМ for А. М."""
    if len(word) > LONGEST_INITIAL:
        return []
    key, first = comparison_key(word), comparison_key(word[0])
    return [one for one in dict.fromkeys((key, first) if word.isupper() else (key,)) if one]


def keys_in(word: str) -> Iterator[str]:
    """Keys of a word, and of what is left of it without each ending that a case may give it."""
    for form in forms_of(word):
        yield from loose_keys(form)


def usual_keys_in(pair: str) -> Iterator[str]:
    """The same of two words written as one, which are many: each as it is usually read."""
    yield from filter(None, map(usual_key, forms_of(pair)))


def forms_of(word: str) -> Iterator[str]:
    """A word of a name in small letters, and what is left of it without each ending that a case may give it."""
    stem = SHORTEST_STEM if word[0].isupper() else SHORTEST_SMALL_STEM
    for spelt in name_words(word):
        if len(spelt) >= SHORTEST_NAME:
            shortest = min(len(spelt), max(stem, len(spelt) - ADDED))
            yield from (spelt[:end] for end in range(len(spelt), shortest - 1, -1))
