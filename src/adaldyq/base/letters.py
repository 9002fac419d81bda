"""Letters that nobody can see, and those that people write between thousands."""

from __future__ import annotations

import re
import unicodedata

from adaldyq.base.errors import DomainError

BETWEEN_THOUSANDS = str.maketrans("", "", " \u00a0\u2009\u202f\t\n")
"""Takes out of a number, by `str.translate`, the spaces with which people write it."""
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Letters that are drawn as nothing, such as the filler of Hangul."""
PILED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")
"""More marks on one letter than any language writes."""
JOINED = re.compile("(?<=[\ufe0f\u2600-\u27bf\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])")
"""What joins two pictures to one, such as the people of a family."""
HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs"})
LAST_OF_A_PLANE = 0xFFFE
NO_LETTERS = range(0xFDD0, 0xFDF0)


def check_seen(text: str, field: str | None = None) -> None:
    """Refuse what cannot be seen: zero-width letters, those that turn the direction of writing, control characters.

    Args:
        field: in which it was typed.

    Raises:
        DomainError: `declared-hidden-letter` with the code point, or `declared-piled-marks`.
    """
    if text.isascii() and text.isprintable():
        return
    if found := PILED.search(text):
        raise DomainError("declared-piled-marks", field=field, value=f"U+{ord(found[0][0]):04X}")
    if text.isprintable() and not UNSEEN.search(text):
        return
    for letter in JOINED.sub("", text):
        if letter not in "\n\r\t" and (unicodedata.category(letter) in HIDDEN or is_drawn_as_nothing(letter)):
            raise DomainError("declared-hidden-letter", field=field, value=f"U+{ord(letter):04X}")


def as_told(text: object, most: int | None = None) -> str:
    """What somebody sent as it may stand in a sentence about it, be kept and be shown: the code point of what cannot be seen.

    Args:
        most: letters of it that are told.
    """
    given = str(text)[:most]
    if given.isprintable():
        return given
    return "".join(one if one.isprintable() or is_space(one) else f"U+{ord(one):04X}" for one in given)


def is_space(letter: str) -> bool:
    """Whether a letter is a space of any width, as people write it between thousands."""
    return unicodedata.category(letter) == "Zs"


def is_drawn_as_nothing(letter: str) -> bool:
    """Whether a letter is a filler, or a place of the code that never holds one."""
    place = ord(letter)
    return bool(UNSEEN.match(letter)) or place & LAST_OF_A_PLANE == LAST_OF_A_PLANE or place in NO_LETTERS
