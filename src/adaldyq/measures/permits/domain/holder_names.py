"""Whether a licence of a former register names the holder as the registers do, however both write it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from adaldyq.base.names import comparison_key

QUOTED = re.compile("[«„“\"'](.+)[»“”\"']")
INITIAL, ENOUGH = 2, 2
"""So many letters may stand for one of another alphabet; so many words of a name are enough."""


def is_company(said: str, registered: str, forms: Collection[str]) -> bool:
    """Whether a name is that of a company: by its words but for the legal form, in any alphabet; or by what stands in quotes.

    Args:
        forms: what legal forms are called in the country's languages, folded by `comparison_key`, the longest first.
    """
    return bool(readings(said, forms) & readings(registered, forms))


def readings(name: str, forms: Collection[str]) -> set[str]:
    """A name without its legal form, and what of it stands in quotes."""
    key = f" {comparison_key(name)} "
    for form in forms:
        key = key.replace(f" {form} ", " ")
    quoted = QUOTED.search(name)
    return {one for one in (key.strip(), comparison_key(quoted.group(1)) if quoted else "") if one}


def is_person(said: str, names: Iterable[str]) -> bool:
    """Whether a name is one of those that somebody has or had: its words, in whatever order; a letter may stand for a word."""
    words = comparison_key(said).split()
    return any(all_among(words, comparison_key(one).split()) for one in names)


def all_among(words: list[str], known: list[str]) -> bool:
    """Whether some words, one of them in full at least, are each another of those of a name, of which two are enough."""
    left, full = list(known), 0
    for word in sorted(words, key=len, reverse=True):
        begun = (one for one in left if len(word) <= INITIAL and one.startswith(word))
        meant = word if word in left else next(begun, "")
        if not meant:
            return False
        left.remove(meant)
        full += meant == word
    return full > 0 and len(words) >= min(ENOUGH, len(known))
