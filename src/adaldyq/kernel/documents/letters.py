"""Letters that the fonts of documents can draw. The others are written by their numbers, so that no paper fails for one.

`fonts/letters.txt` lists what both weights of a font have: the first and the last letter of each range, in hexadecimal.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

LISTED = Path(__file__).resolve().parent / "fonts" / "letters.txt"
BREAKS = "\n\r\t"
NOT_DRAWN = {0xFE0E, 0xFE0F}
"""Variation selectors, which only say how the letter before them looks."""


@cache
def known() -> frozenset[int]:
    """Code points of all letters that can be drawn."""
    ranges = (line.split() for line in LISTED.read_text(encoding="ascii").splitlines())
    return frozenset(number for first, last in ranges for number in range(int(first, 16), int(last, 16) + 1))


def drawable(text: str) -> str:
    """A text in which each letter that no font has stands as its number, such as `[U+1F697]`."""
    return "".join(written(letter) for letter in text)


def written(letter: str) -> str:
    """A letter, or its number."""
    number = ord(letter)
    if number in known() or letter in BREAKS or unicodedata.category(letter) == "Cf":  # those are never drawn
        return letter
    return "" if number in NOT_DRAWN else f"[U+{number:04X}]"
