"""Opaque identifiers: twelve characters that tell nothing and cannot be guessed.

The alphabet is Crockford's base 32 (no I, L, O, U), so that an id can be read over the telephone.
Twelve characters hold 60 bits.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
BITS = 5 * LENGTH
TOGETHER = 256
LETTERS = (ALPHABET * (256 // len(ALPHABET))).encode()
"""The letter that a random byte gives; each comes from eight bytes, so that all are as likely."""


def new_id() -> str:
    """A fresh random id."""
    return drawn(1)


def new_ids() -> Iterator[str]:
    """Fresh random ids without end, for whoever needs many: they are drawn from the system some hundreds at once."""
    while True:
        text = drawn(TOGETHER)
        yield from (text[start : start + LENGTH] for start in range(0, TOGETHER * LENGTH, LENGTH))


def drawn(count: int) -> str:
    """The letters of so many fresh random ids."""
    return secrets.token_bytes(count * LENGTH).translate(LETTERS).decode()


def encode(number: int) -> str:
    """Write a whole number below 2**60 as an id.

    Raises:
        ValueError: the number does not fit.
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"{number} does not fit into {BITS} bits")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
