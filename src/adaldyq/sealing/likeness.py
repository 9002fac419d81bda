"""Which word of a list was likely meant by a mistyped one. Browsers find the same: `frontend/sealing/likeness.mjs`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile


def likest(word: str, known: Iterable[str]) -> str | None:
    """The word that is made of `word` by the fewest slips; of several, the one that begins alike, then the first.

    Returns:
        None when each is more slips away than two in five of its letters, and more than one.
    """
    most = max(1, len(word) * 2 // 5)
    best: tuple[int, int] | None = None
    found = None
    letters = set(word)
    for one in known:
        if len(letters.difference(one)) > most:  # each of them is a slip
            continue
        apart = slips(word, one, most)
        if apart is None:
            continue
        rank = (apart, -alike(word, one))
        if best is None or rank < best:
            best, found, most = rank, one, apart
    return found


def slips(one: str, other: str, most: int) -> int | None:
    """How many letters are to be put in, left out, changed, or swapped with the next, to make one word of another.

    Returns:
        None when there are more than `most`. It is the optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        following = [at]
        for to, meant in enumerate(other, start=1):
            least = min(row[to] + 1, following[to - 1] + 1, row[to - 1] + (letter != meant))
            if at > 1 and to > 1 and letter == other[to - 2] and meant == one[at - 2]:
                least = min(least, before[to - 2] + 1)
            following.append(least)
        if min(following) > most and min(row) > most:
            return None
        before, row = row, following
    return row[-1] if row[-1] <= most else None


def alike(one: str, other: str) -> int:
    """With how many of the same letters two words begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
