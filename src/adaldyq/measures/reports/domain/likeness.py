"""How much two texts have in common, worked out where they are open: on an officer's own computer.

A text is taken as the set of its parts of five letters, spaces and endings evened out, so that a word counts in each of its forms;
likeness is the share of parts that both have among those that one of them has (Jaccard, 1901; Broder, 1997, on shingles). A list
of who has which part spares comparing each with each.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

LETTERS = 5
TOO_COMMON = 200
"""A part that so many texts have says nothing, and is not compared."""
BETWEEN_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, by name, and of a hundred parts how many they share."""

    one: str
    other: str
    percent: int


def parts_of(text: str) -> frozenset[str]:
    """The parts of a text; of a short one the text itself."""
    plain = " ".join(BETWEEN_WORDS.sub(" ", text.casefold()).split())
    if len(plain) <= LETTERS:
        return frozenset({plain} - {""})
    return frozenset(plain[start : start + LETTERS] for start in range(len(plain) - LETTERS + 1))


def alike(texts: Mapping[str, str], least: int) -> list[Pair]:
    """Pairs of texts that share at least so many of a hundred parts, those with most first.

    Args:
        texts: by name.
        least: from 1 to 100.
    """
    parts = {name: parts_of(text) for name, text in texts.items()}
    having: dict[str, list[str]] = defaultdict(list)
    for name in sorted(parts):
        for part in parts[name]:
            having[part].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        if len(names) <= TOO_COMMON:
            shared.update((one, other) for place, one in enumerate(names) for other in names[place + 1 :])
    found = []
    for (one, other), count in shared.items():
        percent = 100 * count // (len(parts[one]) + len(parts[other]) - count)
        if percent >= least:
            found.append(Pair(one, other, percent))
    return sorted(found, key=lambda pair: (-pair.percent, pair.one, pair.other))
