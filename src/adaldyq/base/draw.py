"""Verifiable chance: a draw that anybody can repeat who has its list and its seed, and that nobody could steer.

The list is fixed first, and its commitment is recorded where it cannot be changed. Then comes a text that nobody could
know at that time, the beacon; the seed is made of both. Each key of the list has a place by the seed, and those with the
lowest places are drawn. A shell repeats all of it with `sha256sum` and `sort`.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable


def commitment(listed: bytes) -> str:
    """What is recorded of a list before its seed is known: its SHA-256, in hexadecimal."""
    return hashlib.sha256(listed).hexdigest()


def seed_text(committed: str, beacon: str) -> str:
    """The text of which the seed is the SHA-256: the commitment on a line, then the beacon as it is.

    Args:
        committed: as `commitment` makes it.
        beacon: what became known after the commitment was recorded.

    Raises:
        ValueError: the beacon says nothing.
    """
    if not beacon.strip():
        raise ValueError("a seed needs a beacon")
    return f"{committed}\n{beacon}"


def seed_of(text: str) -> str:
    """The seed that a text makes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def place(seed: str, key: str) -> str:
    """The place of a key in a draw: SHA-256 of `SEED:KEY`, in hexadecimal."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def lowest(seed: str, keys: Iterable[str], count: int) -> tuple[str, ...]:
    """The keys with the lowest places, the lowest first; all of them when there are not so many."""
    return tuple(heapq.nsmallest(count, keys, key=lambda key: place(seed, key)))
