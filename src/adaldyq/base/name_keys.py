"""Loose keys of names: under one of them the spellings of a name meet that do not compare equal.

`base.names.comparison_key` says whether two spellings are the same name for sure. The keys here say whether they
may be: Khudaibergenov, Xudaybergenov and Құдайбергенов, Tchaikovski and Чайковский, Ахметұлы and Akhmetovich. A
word has several keys, because one spelling can stand for several sounds (`base.sounds`). Names that meet are
candidates for a person to look at; nothing may be decided by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

from adaldyq.base.names import unmarked
from adaldyq.base.sounds import LONGEST_SPELLING, SOUNDS, Sounds

MOST_KEYS = 12  # of one word; beyond, the less usual readings are left out
SHORTEST_BONES = 3
SHORTEST_BEGINNING = 2
AHEAD = "l"  # stands for the rest of a word that is not known yet
REMEMBERED, PEOPLE_REMEMBERED = 50_000, 500
"""Words, and people of whose names one act asks for the keys more than once."""
WHOLE, BONES, ARABIC_BONES = "0", "1", "2"
"""What keys begin with, so that they meet no word of a text: with their vowels, and without them."""

APOSTROPHES = {**dict.fromkeys(map(ord, 'ʹʺ’‘`ʼʻʾʿ"'), "'"), ord("·"): None}
"""What is written for an apostrophe; the dot in the middle parts spellings in BGN's system."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
COMPOUND = re.compile(r"[^\W_]+(?:[-'‐‑][^\W_]+)+")
VOWELS = re.compile("[aeiu]+")
REPEATED = re.compile(r"(.)\1+")
SYLLABIC = re.compile("(?<=[dt])e(?=r$)")
"""The vowel of Alexander, which Александр has not."""

FINAL = str.maketrans("bdfz", "ptvs")
"""Consonants that lose their voice at the end of a word (Рашид, Рашит; Ivanov, Ivanoff)."""

CHILD = re.compile(
    "(?:(?:[оеё]в|[oeyi]+[vw])(?:ич|на|i[ctq]+h?|itch|icz|ič|n[ae])|'?(?:ұлы|улы|uly|ulı|ūly|uli|оглы|оғлы|oglu|oğlu|ogly|ogli|"
    "o'g'li|қызы|кызы|qyzy|kyzy|qızı|kızı|qizi|kizi|gizi|kyzi|gyzy))$"
)
"""Endings that make a patronymic; the father's name stands before them."""

PARTICLES = frozenset(
    {"ұлы", "улы", "uly", "ulı", "uli", "ouly", "оглы", "оғлы", "oglu", "oglı", "ogly", "oglou"}
    | {"қызы", "кызы", "qyzy", "kyzy", "qızı", "kızı", "qizi", "kizi"}
    | {"al", "el", "ал", "эль", "аль", "ال", "bin", "ibn", "bint", "ben", "бин", "ибн", "بن", "ابن"}
)
"""Words of names, without accents, that one spelling has and another has not."""


def name_words(text: str) -> list[str]:
    """The words of a name in small letters, without particles unless there is nothing else; apostrophes are kept."""
    return plain_words(plain(text))


def plain_words(text: str) -> list[str]:
    """The same, of a text that is plain already."""
    found = WORD.findall(text)
    return [word for word in found if bare(word) not in PARTICLES] or found


def bare(word: str) -> str:
    """A word without accents and apostrophes."""
    if word.isascii() and word.isalpha():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return apart if apart.isalnum() else "".join(one for one in apart if one.isalnum())


def plain(text: str) -> str:
    """A text in small letters, with one kind of apostrophe, and without marks that make no letter of their own."""
    small = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()).translate(APOSTROPHES)
    return small if small.isascii() else unmarked(small)


@lru_cache(REMEMBERED)
def loose_keys(word: str) -> tuple[str, ...]:
    """The keys of one word of `name_words`, the most usual reading first; none for a word without letters or figures.

    Two words may be the same name when they have a key in common.
    """
    found = [*keys_of(word)]
    father = CHILD.sub("", word)
    if father != word and len(father) > SHORTEST_BONES:
        found += keys_of(father)
    return tuple(dict.fromkeys(found))


def usual_key(word: str) -> str:
    """The key of the most usual reading of a word alone, where there are too many words to try every one."""
    key = folded("".join(sounds[0] for sounds in spellings(word)))
    return WHOLE + key if key else ""


def keys_of(word: str) -> list[str]:
    """The keys of a word as it stands."""
    return [WHOLE + key for reading in readings(word) if (key := folded(reading))]


def readings(word: str) -> Iterator[str]:
    """What a word may sound like, the most usual first, at most `MOST_KEYS`."""
    spelt = [*spellings(word)]
    while (count := many(spelt)) > MOST_KEYS:
        longest = max(range(len(spelt)), key=lambda place: (len(spelt[place]), place))
        spelt[longest] = spelt[longest][:-1]
        if many(spelt) == count:
            break
    return map("".join, product(*spelt))


def many(spelt: Sequence[Sounds]) -> int:
    """How many readings there are."""
    count = 1
    for sounds in spelt:
        count *= len(sounds)
    return count


def spellings(word: str) -> Iterator[Sounds]:
    """The sounds of a word's spellings, the longest spelling first."""
    place = 0
    while place < len(word):
        for size in range(min(LONGEST_SPELLING, len(word) - place), 0, -1):
            if (sounds := SOUNDS.get(word[place : place + size])) is not None:
                break
        else:
            sounds, size = (stripped(word[place]),), 1
        yield silent(word, place + size, sounds)
        place += size


def silent(word: str, end: int, sounds: Sounds) -> Sounds:
    """Sounds at the end of a word, where an h or a French e may not be heard."""
    if end == len(word) and end > SHORTEST_BONES and word.endswith(("h", "ه", "ine")):
        return (*sounds, "") if sounds[0] in {"k", "e"} else sounds
    return sounds


def stripped(letter: str) -> str:
    """A letter that no alphabet here has: without its marks if that helps, as it is if it is a letter or a figure."""
    without = bare(letter)
    sounds = SOUNDS.get(without) if without != letter else None
    return sounds[0] if sounds else without


def folded(reading: str) -> str:
    """A reading without what spellings differ in: glides beside vowels, doubled letters, the voice of the last."""
    short = VOWELS.sub(lambda run: vowel(run.group()), reading)
    short = SYLLABIC.sub("", REPEATED.sub(r"\1", short))
    return short[:-1] + short[-1:].translate(FINAL)


def vowel(run: str) -> str:
    """What is left of vowels that stand together: glides and e go when there is another, but ай, ой, уй stay.

    So Bayev, Baev and Баев are one, and Айман is not Аман.
    """
    full = run.replace("i", "").replace("e", "")
    if not full:
        return "e"
    return f"{full}i" if run.endswith("i") else full


@lru_cache(REMEMBERED)
def bones(word: str) -> tuple[str, ...]:
    """The consonants of a word, for spellings in Arabic letters, which leave vowels out and have no p and v."""
    found = (VOWELS.sub("", key[1:]).translate(str.maketrans("pfg", "bvk")) for key in loose_keys(word))
    return tuple(dict.fromkeys(one for one in found if len(one) >= SHORTEST_BONES))


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return any("\u0600" <= letter <= "\u06ff" for letter in word)


def kept_keys(names: Iterable[str]) -> list[str]:
    """The keys under which somebody with some names is kept, each once.

    A word that one of the keys kept so far finds adds none, and Cyrillic, which says most of the sounds, comes
    first; so a name in three languages is kept under few more keys than in one.
    """
    return [*keys_of_all(tuple(dict.fromkeys(word for name in names for word in words_kept(name))))]


@lru_cache(PEOPLE_REMEMBERED)
def keys_of_all(words: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of all words of somebody's names, each once."""
    found: dict[str, None] = {}
    for word in sorted(words, key=str.isascii):
        keys = loose_keys(word)
        if not any(key in found for key in keys) or is_arabic(word):
            prefix = ARABIC_BONES if is_arabic(word) else BONES
            found |= dict.fromkeys((*keys, *(prefix + one for one in bones(word))))
    return tuple(found)


@lru_cache(REMEMBERED)
def words_kept(name: str) -> tuple[str, ...]:
    """The words of a name under whose keys it is kept, those that are put together of two as one too."""
    text = plain(name)
    return (*plain_words(text), *(re.sub(r"[\W_]", "", one) for one in COMPOUND.findall(text)))


def asked_keys(text: str) -> list[tuple[str, ...]]:
    """For each word of a name that is looked for, the keys one of which must be kept.

    Two words that follow each other are looked for as one too: Kassym Jomart finds Касымжомарт.
    """
    words = name_words(text)
    groups = [[*word_keys(word)] for word in words]
    for place, (one, other) in enumerate(pairwise(words)):
        together = loose_keys(one + other) if min(len(one), len(other)) > 1 else ()
        groups[place] += together
        groups[place + 1] += together
    return [tuple(dict.fromkeys(group)) for group in groups if group]


def word_keys(word: str) -> tuple[str, ...]:
    """The keys that one word is looked for by."""
    prefix = BONES if is_arabic(word) else ARABIC_BONES
    return (*loose_keys(word), *(prefix + one for one in bones(word)))


def beginnings(word: str) -> tuple[str, ...]:
    """What keys of words that begin like this begin with; none when too little is known of the word."""
    letters = (folded(reading + AHEAD)[: -len(AHEAD)] for reading in readings(word))
    known = (letter.rstrip("ei") for letter in letters)
    return tuple(dict.fromkeys(WHOLE + one for one in known if len(one) >= SHORTEST_BEGINNING))


def may_be_one(one: str, other: str) -> bool:
    """Whether two spellings of full names may be those of one person, in any order of words.

    Each word of the shorter must meet another word of the longer; an initial meets a word that sounds so at its
    beginning. Two words or more must meet, not all of them initials, unless both names have one word only.
    """
    return any(all_meet(mine, theirs) for mine in ways(one) for theirs in ways(other))


def ways(name: str) -> list[list[str]]:
    """The words of a name, and the same with what a hyphen joins as one word."""
    together = COMPOUND.sub(lambda found: re.sub(r"[\W_]", "", found.group()), plain(name))
    return [name_words(name), name_words(together)]


def all_meet(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each of the fewer words meets another one of the more."""
    fewer, more = sorted((one, other), key=len)
    left, full = list(more), 0
    for word in sorted(fewer, key=len, reverse=True):
        met = next((theirs for theirs in left if meet(word, theirs)), None)
        if met is None:
            return False
        left.remove(met)
        full += min(len(word), len(met)) > 1
    return full > 0 and (len(fewer) > 1 or len(more) == 1)


def meet(one: str, other: str) -> bool:
    """Whether two words may be the same, or one is the initial of the other."""
    if min(len(one), len(other)) == 1:
        initial, whole = sorted((one, other), key=len)
        return any(mine[:2] == theirs[:2] for mine in loose_keys(initial) for theirs in loose_keys(whole))
    return not set(word_keys(one)).isdisjoint(kept_keys([other]))
