"""Opaque identifiers: twelve characters that tell nothing and cannot be guessed.

The alphabet is Crockford's base 32 (no I, L, O, U), so that an id can be read over the telephone.
Twelve characters hold 60 bits.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
BITS = 5 * LENGTH


def new_id() -> str:
    """A fresh random id."""
    return encode(secrets.randbits(BITS))


def encode(number: int) -> str:
    """Write a whole number below 2**60 as an id.

    Raises:
        ValueError: the number does not fit.
    """
    if not 0 <= number < 1 << BITS:
        raise ValueError(f"{number} does not fit into {BITS} bits")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
