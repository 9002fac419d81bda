"""Whether a text in own words names an office or a person, in any script, with the endings of cases, and written carelessly.

Where a browser seals, the server does not see the text: `frontend/sealing/named.mjs` has the same rules, and
`tests/browser/test_named_vectors.py` holds one against the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from adaldyq.base.name_keys import CHILD, loose_keys, name_words, usual_key
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
OF_ADJECTIVE, SOFTENED, CHAINED = "aia", "kp", 10
"""Of folded words: the ending of a Russian adjective (антикоррупционная, антикоррупционной), letters that Kazakh softens
(агенттік, агенттігінің), and how many letters several endings of Kazakh add at most."""
CHAIN_OF_OFFICE = re.compile("^[ldt][ae]r|^[ndt]ik")
"""What of a folded word begins with several endings of Kazakh: of the plural, and of what belongs to somebody."""
CHAIN = re.compile("(?:[лдт][ае]р[а-яёәіңғүұқөһ]{0,6}|[ндт][ыіи]к[іи][а-яёәіңғүұқөһ]{0,4})$")
"""The same of a word of a name in small letters (Садықоваларға, Садыкованыкінде)."""
SHORT, SHORT_LETTERS, SHORTEST_SHORT = "3", 4, 2
"""What keys of short words of names begin with, and how many letters such have: they are looked for as they are written, with
a capital, and with these endings only (Ким, Киму, Кимге)."""
SHORT_ENDINGS = (
    *("", "а", "у", "е", "ом", "ем", "ём", "ым", "им", "ой", "ей", "ы", "и", "ю", "я"),
    *(f"{one}{vowel}" for one in "гғқкн" for vowel in "ае"),
    *(f"{one}{vowel}{last}" for one in "ндт" for vowel in "ыіи" for last in ("", "ң", "н")),
    *(f"{one}{vowel}{last}" for one in "ндт" for vowel in "ае" for last in ("", "н")),
    *("мен", "бен", "пен", "нда", "нде"),
)
SHORT_CHANGES = (
    *(("й", one) for one in ("я", "ю", "е", "и", "ем", "ём")),
    *(("а", one) for one in ("ы", "е", "у", "ой")),
)
"""Last letters of short names that an ending takes the place of (Цой, Цоя; Иса, Исе)."""
FLEETING = (
    *(("яц", "йц"), ("ец", "ц"), ("ец", "йц"), ("ок", "к"), ("ек", "к"), ("ек", "ьк"), ("ень", "н"), ("лев", "льв")),
    *(("ел", "л"), ("ёл", "л")),
)
"""Ends of names of whose vowel cases leave nothing (Заяц, Зайца; Кравец, Кравца), and what they leave."""
ADJECTIVE, ADJECTIVE_LETTERS = re.compile("(?:ый|ий|ой|ая|яя)$", re.IGNORECASE), 5
OF_CASES = "аеиоуыюя"
"""Ends of names that are adjectives, how many letters one has of whose stem too little would stay (Белый, Дикая), and what may
stand behind the stem then (Белому, Диким)."""
REMEMBERED, REMEMBERED_WORDS = 500, 20_000  # people and words of names whose keys are kept
FULL_NAME = 2
"""Words of a name that must be there, unless one is known to be that of the family: many have a given name."""
OF_FAMILY = re.compile("(?:[оеё]ва?|[сц]к[иі]й|[сц]кая|[oey]va?|ski[iy]?|skaya)$", re.IGNORECASE)
"""Endings by which a word of a name is that of the family."""

CYRILLIC, LATIN = "АВСЕНІКМОРТХУасеікмортхуоз", "ABCEHIKMOPTXYaceikmoptxy03"
TO_CYRILLIC = dict(zip(LATIN, CYRILLIC, strict=True))
TO_LATIN = {**dict(zip(CYRILLIC[:-2], LATIN[:-2], strict=True)), "Һ": "H", "һ": "h", "ѕ": "s"}
"""Letters of one alphabet that look like one of the other, as somebody mixes them or a program misreads them."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
WORDLIKE = re.compile(r"[^\W_]+")
MIXED = re.compile("(?=.*[Ѐ-ӿ])(?=.*[A-Za-z03])")
LETTER_BY_LETTER = re.compile(r"(^|[\W_])((?:[^\W_][ .·*_-]){3,}[^\W_])(?![^\W_])")
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‘`][^\W\d_]+)*")
PART_OF_NAME = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)(\.?)")
PATRONYMICS = ("ич", "ична", "инична")
"""Endings of patronymics that `base.name_keys` leaves as they are (Ильич, Ильинична)."""


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
    words = folded_words(text)
    return any(is_within(name, words) for name in names)


def folded_words(text: str) -> list[str]:
    """The words of a text in which names of offices are looked for."""
    return comparison_key(put_right(text)).split()


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
    behind = behind_form(words, place, name[0])
    for part in name[1:]:
        if not behind:
            return False
        near = range(behind, min(behind + 1 + BETWEEN, len(words)))
        behind = next((found for further in near if (found := behind_form(words, further, part))), 0)
    return bool(behind)


def behind_form(words: Sequence[str], place: int, of: str) -> int:
    """The place behind a word of a text that is a form of another, or behind two that are it together; 0 if neither is."""
    if is_form(words[place], of):
        return place + 1
    return place + 2 if place + 1 < len(words) and is_form(words[place] + words[place + 1], of) else 0


def is_form(word: str, of: str) -> bool:
    """Whether a word is another, perhaps with the ending of a case, or with several of Kazakh behind one another."""
    if len(of) < SHORTEST_STEM:
        return word == of
    stem = stem_of(of)
    if not word.startswith(stem):
        return False
    return len(word) <= len(of) + ADDED or (
        len(word) <= len(of) + CHAINED and bool(CHAIN_OF_OFFICE.match(word[len(of) :]))
    )


@lru_cache(REMEMBERED)
def stem_of(word: str) -> str:
    """What stays of a folded word in all cases: without the ending of an adjective, a last vowel, or a k or p that softens."""
    if len(word) >= LONG:
        return word[: -len(OF_ADJECTIVE)] if word.endswith(OF_ADJECTIVE) else word[:-ENDING]
    changes = word[-1] in VOWELS or word[-1] in SOFTENED
    return word[:-1] if changes and len(word) > SHORTEST_STEM else word


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody is called, as keys that a text is held against.

    Attributes:
        alone: of words that are enough by themselves: the family name, or two words of the name written as one.
        names: of the words of each whole name, two of which must be there: given name and patronymic are enough.
        beside: of each word of a name with the initial of another, such as must stand beside it.
    """

    alone: frozenset[str]
    names: Sequence[Sequence[frozenset[str]]]
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spelt:
    """A whole name, in whatever order: its words that are written out, and those of which it has the initial."""

    words: tuple[str, ...]
    initials: tuple[str, ...]

    @classmethod
    def of(cls, name: str) -> Spelt:
        """Take a name apart."""
        found = PART_OF_NAME.findall(name)
        short = [part for part, dot in found if len(part) == 1 or (dot and len(part) <= LONGEST_INITIAL)]
        return cls(tuple(part for part, _dot in found if part not in short), tuple(short))

    @property
    def patronymics(self) -> list[str]:
        """Its patronymics: none unless there are two other words, since such a word may be the family name (Серікұлы Нұрлан)."""
        found = [one for one in self.words if is_patronymic(one)]
        return found if len(self.words) - len(found) >= FULL_NAME else []

    @property
    def own(self) -> list[str]:
        """Its words that are no patronymic."""
        return [one for one in self.words if one not in self.patronymics]

    @property
    def families(self) -> list[str]:
        """The word that is the family name, by its ending, or because it does not stand before the patronymic; else all that may be.

        A name of small letters is that of an account, and no family's.
        """
        able = [one for one in self.own if one[0].isupper()]
        certain = [one for one in able if len(one) > SHORTEST_STEM and OF_FAMILY.search(one)]
        given = {one for one, other in pairwise(self.words) if other in self.patronymics}
        return certain or [one for one in able if one not in given] or able


def is_patronymic(word: str) -> bool:
    """Whether a word of a name says whose child somebody is."""
    small = word.lower()
    return bool(CHILD.search(small)) or small.endswith(PATRONYMICS)


@lru_cache(REMEMBERED)
def called(families: tuple[str, ...], names: tuple[str, ...], *, by_family: bool = True) -> Called:
    """The keys of a person's family names and whole names. Without family names, what may be one in a whole name is.

    Many may have the same: who has it gets nothing either, and loses nothing by that.

    Args:
        by_family: whether the family name alone is enough.
    """
    spelt = [Spelt.of(name) for name in names]
    known = (families or tuple(one for name in spelt for one in name.families)) if by_family else ()
    pairs = [pair for name in spelt if len(pair := name.own[:FULL_NAME]) == FULL_NAME]
    joined = [(one + other).replace("-", "") for pair in pairs for one, other in (pair, pair[::-1])]
    alone = [keys_of_part(one) for one in known] + [keys_of(joined, stems=True)]
    return Called(
        frozenset[str]().union(*(filter_short(one, keys) for one, keys in zip([*known, ""], alone, strict=True))),
        [[keys_of_part(one) for one in name.words] for name in spelt],
        frozenset(found for name in spelt for one in name.own for found in beside_of(one, name)),
    )


def beside_of(word: str, name: Spelt) -> Iterator[str]:
    """The keys of a word of a name, each with the initial of another."""
    initials = {found for other in (*name.words, *name.initials) if other != word for found in initials_of(other)}
    yield from (f"{key} {initial}" for key in keys_of_part(word) for initial in initials)


def filter_short(word: str, keys: frozenset[str]) -> frozenset[str]:
    """Of the keys of a family name those that are enough by themselves: of few letters only as it is written (Ким, Цой)."""
    is_short = 0 < len(word) <= SHORT_LETTERS
    return frozenset(key for key in keys if key.startswith(SHORT)) if is_short else keys


@lru_cache(REMEMBERED_WORDS)
def keys_of_part(word: str) -> frozenset[str]:
    """The keys of a word of a name, also without a vowel that its cases leave out."""
    spelt = [word, *(word[: -len(end)] + left for end, left in FLEETING if word.lower().endswith(end))]
    if len(word) == ADJECTIVE_LETTERS and ADJECTIVE.search(word):
        spelt += [word[:-ENDING] + one for one in OF_CASES]
    short = {SHORT + comparison_key(one) for one in spelt if len(one) <= SHORT_LETTERS}
    return keys_of(spelt, stems=True) | short


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
        keys = {word: frozenset(keys_in(word)) for word in set(words)}
        usual = {pair: frozenset(usual_keys_in(pair)) for pair in {pair for _place, pair in pairs}}
        self.tokens = [
            *(Token(place, place, keys[word]) for place, word in enumerate(words)),
            *(Token(place, place + 1, usual[pair]) for place, pair in pairs),
        ]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all its words."""
        return frozenset[str]().union(*(token.keys for token in self.tokens))

    def names(self, one: Called) -> bool:
        """Whether it names somebody."""
        if not self.keys.isdisjoint(one.alone):
            return True
        whole = any(sum(self.has(part) for part in name) >= FULL_NAME for name in one.names)
        return whole or not self.with_initials.isdisjoint(one.beside)

    def names_whole(self, name: str) -> bool:
        """Whether it has two words of a whole name, or one with the initial of another; never the family name alone.

        Of most names it has no word: much less is done for those than `called` does.
        """
        spelt = Spelt.of(name)
        here = [one for one in spelt.words if self.has(keys_of_part(one))]
        if not here or len(here) >= FULL_NAME:
            return bool(here)
        return any(one in spelt.own and not self.with_initials.isdisjoint(beside_of(one, spelt)) for one in here)

    def has(self, keys: frozenset[str]) -> bool:
        """Whether it has a word with one of some keys."""
        return not self.keys.isdisjoint(keys)

    @cached_property
    def with_initials(self) -> frozenset[str]:
        """The keys of each word, with each initial beside it: one or two before it, or one behind it."""
        return frozenset(
            f"{key} {initial}"
            for token in self.tokens
            for place in (token.first - 2, token.first - 1, token.last + 1)
            for initial in self.initials.get(place, ())
            for key in token.keys
        )


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
    yield from short_keys_in(word)


def short_keys_in(word: str) -> Iterator[str]:
    """Keys of the short names of which a word with a capital may be a form."""
    if not word[0].isupper():
        return
    for spelt in name_words(word):
        for ending in SHORT_ENDINGS:
            size = len(spelt) - len(ending)
            if SHORTEST_SHORT <= size <= SHORT_LETTERS and spelt.endswith(ending):
                yield SHORT + comparison_key(spelt[:size])
        for last, ending in SHORT_CHANGES:
            size = len(spelt) - len(ending)
            if SHORTEST_SHORT <= size < SHORT_LETTERS and spelt.endswith(ending):
                yield SHORT + comparison_key(spelt[:size] + last)


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
            chained = CHAIN.sub("", spelt)
            if stem <= len(chained) < shortest:
                yield chained
