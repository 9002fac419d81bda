"""Opaque identifiers: twelve characters that tell nothing and cannot be guessed.

The alphabet is Crockford's base 32 (no I, L, O, U), so that an id can be read over the telephone.
Twelve characters hold 60 bits.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
BITS = 5 * LENGTH
TOGETHER = 256
LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())
"""From the letters of RFC 4648 to ours."""


def new_id() -> str:
    """A fresh random id."""
    return encode(secrets.randbits(BITS))


def new_ids() -> Iterator[str]:
    """Fresh random ids without end, for whoever needs many: they are drawn from the system some hundreds at once."""
    while True:
        text = base64.b32encode(secrets.token_bytes(TOGETHER * BITS // 8)).translate(LETTERS).decode()
        yield from (text[start : start + LENGTH] for start in range(0, TOGETHER * LENGTH, LENGTH))


def encode(number: int) -> str:
    """Write a whole number below 2**60 as an id.

    Raises:
        ValueError: the number does not fit.
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"{number} does not fit into {BITS} bits")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
