"""Names as Russian declines them, so that a name is known in any case however it is written.

The endings are those of the school grammar: too many for some names, never too few. What comes out is held against whole
words of a text, so that a form which nobody uses closes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CYRILLIC = re.compile("[а-яёәғқңөұүһі]+")
VOWELS = "аеёиоуыэюяәіөұү"
ENDINGS = (
    ("ия", ("ии", "ию", "ией", "иею")),
    ("ая", ("ой", "ую", "ою", "аи", "аю", "ае", "аей")),
    ("яя", ("ей", "юю", "ею")),
    ("я", ("и", "е", "ю", "ей", "ею", "ёй")),
    ("а", ("ы", "и", "е", "у", "ой", "ою", "ей", "ею")),
    ("ий", ("ия", "ию", "ием", "ии", "ого", "ому", "им", "ом", "его", "ему", "ем")),
    ("ый", ("ого", "ому", "ым", "ом", "ыя", "ыю", "ые")),
    ("ой", ("ого", "ому", "ым", "ом", "оя", "ою", "оем", "ое")),
    ("й", ("я", "ю", "ем", "ём", "е")),
    ("ь", ("я", "ю", "ем", "ём", "е", "и", "ью")),
)
"""Ends of the first case, and what stands in their place in the others, the longest end first."""
OF_CONSONANTS = ("а", "у", "ом", "ем", "ым", "е")
FLEETING = re.compile("[её](?=[лцкв]$)|о(?=[кв]$)")
"""A vowel before the last letter that the other cases may leave out (Павел, Павла)."""


def cases_of(word: str) -> Iterator[str]:
    """The other cases of a word of a name, in small letters; none of one that is not Cyrillic, or is not declined.

    Args:
        word: in small letters, in the first case.
    """
    if not CYRILLIC.fullmatch(word):
        return
    for end, others in ENDINGS:
        if word.endswith(end) and len(word) > len(end):
            yield from (word[: -len(end)] + other for other in others)
            return
    if word[-1] in VOWELS:
        return
    for stem in {word, FLEETING.sub("", word), FLEETING.sub("ь", word)}:
        yield from (stem + ending for ending in OF_CONSONANTS)
