"""Words for the search: one normaliser for Kazakh, Russian and English text, whatever database looks them up.

A word gives several *forms*: itself, folded as names are (`base.names.comparison_key`), and its stems. A text
is found when each word that was asked has a form in common with one of its words. That the forms are made
here and not by a database is why SQLite and PostgreSQL find the same.

Russian and English are stemmed by Snowball. Kazakh, which has no stemmer there, loses the endings of case,
possession and plural one after the other, and each step is a form of its own, so that too long a cut does
no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from threading import Lock

import snowballstemmer

from adaldyq.base.name_keys import word_keys
from adaldyq.base.names import comparison_key

WORD = re.compile(r"[^\W_]+")
CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
KAZAKH_LETTERS = frozenset("әғқңөұүһі")
SHORTEST_STEM = 3
SHORTEST_PREFIX = 3
REMEMBERED = 50_000  # words whose forms are kept in memory

CASES = (
    *("ндағы", "ндегі", "дағы", "дегі", "тағы", "тегі"),
    *("ның", "нің", "дың", "дің", "тың", "тің"),
    *("нан", "нен", "дан", "ден", "тан", "тен", "мен", "бен", "пен", "нда", "нде"),
    *("да", "де", "та", "те", "ға", "ге", "қа", "ке", "на", "не", "ны", "ні", "ды", "ді", "ты", "ті"),
)
POSSESSIVES = ("ымыз", "іміз", "ыңыз", "іңіз", "мыз", "міз", "сы", "сі", "ым", "ім", "ың", "ің", "ы", "і")
PLURALS = ("лар", "лер", "дар", "дер", "тар", "тер")
VOICED = {"ғ": "қ", "г": "к", "б": "п"}
"""Consonants that a Kazakh ending makes voiced, with what they are without it (министрлік, министрлігі)."""

SMALL_WORDS = frozenset(
    {"және", "мен", "пен", "бен", "үшін", "бойынша", "туралы"}
    | {"и", "в", "во", "на", "по", "о", "об", "с", "со", "для", "из", "от", "к"}
    | {"ұлы", "улы", "uly", "қызы", "кызы", "kyzy", "qyzy", "оглы", "oglu"}
    | {"of", "the", "and", "in", "on", "for", "to", "a", "an", "by"}
)

_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")
_ONE_AT_A_TIME = Lock()  # a stemmer keeps the word it works on


def words(text: str) -> list[str]:
    """The words of a text, in small letters, in their order."""
    return WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("ё", "е"))


def stripped(word: str) -> Iterator[str]:
    """A Kazakh word without its endings of case, possession and plural, one step after the other."""
    for endings in (CASES, POSSESSIVES, PLURALS):
        ending = next((one for one in endings if word.endswith(one) and len(word) - len(one) >= SHORTEST_STEM), "")
        if not ending:
            continue
        word = word.removesuffix(ending)
        if endings is POSSESSIVES and word[-1] in VOICED:
            word = word[:-1] + VOICED[word[-1]]
        yield word


@lru_cache(REMEMBERED)
def forms(word: str) -> tuple[str, ...]:
    """The forms under which a word is found, the word itself first; none for a sign without letters or figures.

    Args:
        word: one word of `words`.
    """
    if word.isascii() and word.isdecimal():  # has no stem
        return (comparison_key(word),)
    with _ONE_AT_A_TIME:
        if CYRILLIC.search(word):
            steps = [word, *stripped(word)]
            plain = [step for step in steps if not KAZAKH_LETTERS & set(step)]
            stems = [*steps, *(_RUSSIAN.stemWord(step) for step in plain)]
        else:
            stems = [word, _ENGLISH.stemWord(word)]
    keys = (comparison_key(stem).replace(" ", "") for stem in stems)
    return tuple(dict.fromkeys(filter(None, keys)))


def tokens(texts: Iterable[str]) -> str:
    """All forms of the words of some texts, each once, with a space between them: what is put into the index."""
    return " ".join(dict.fromkeys(form for text in texts for word in words(text) for form in forms(word)))


def asked(text: str, most: int = 8, *, sounds: bool = True) -> list[tuple[str, ...]]:
    """What is looked for: for each word its forms, and the keys of names (`base.name_keys`) that may be spelt so.

    Small words count only when there are no others.

    Args:
        text: as it was typed.
        most: words that are looked at.
        sounds: whether keys of names are wanted; an index without them is asked less.
    """
    found = words(text)
    weighty = [word for word in found if word not in SMALL_WORDS] or found
    return [
        (*given, *(word_keys(word) if sounds and len(word) >= SHORTEST_STEM else ()))
        for word in dict.fromkeys(weighty)
        if (given := forms(word))
    ][:most]


def trigrams(word: str) -> list[str]:
    """The overlapping threes of letters of a folded word, its ends marked by a figure: for words mistyped."""
    marked = f"1{word}1"
    return list(dict.fromkeys(marked[place : place + 3] for place in range(len(marked) - 2)))


def likeness(one: str, other: str) -> float:
    """How alike two folded words are, from 0 to 1: twice the letters in common, in their order, by all letters."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
