"""Public beacons: rounds that many organisations sign together at a time known before, and that none of them can know or choose alone.

They are those of drand's chain *quicknet*, kept by the League of Entropy: every three seconds a round, which is a BLS signature over
its number (BLS12-381, signatures in G1, RFC 9380, scheme `bls-unchained-g1-rfc9380`). Whoever has the chain's public key checks a round
without a network and without trusting whoever brought it. The pairing comes from `py_ecc`, which an installation gets with
`pip install adaldyq[drand]`.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

SIGNED_AS = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
NUMBER_BYTES, HALF_A_KEY = 8, 48
SIGNATURE = re.compile(r"[0-9a-f]{96}")
MOST_ROUNDS = 10**12


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of rounds.

    Attributes:
        hash: its name, in hexadecimal; what its rounds stand under at every relay.
        public_key: a point of G2, compressed, in hexadecimal.
        genesis: when its first round came, in seconds since 1970.
        period: seconds between two rounds.
    """

    hash: str
    public_key: str
    genesis: int
    period: int

    def time_of(self, number: int) -> datetime:
        """When a round comes."""
        return datetime.fromtimestamp(self.genesis + (number - 1) * self.period, UTC)

    def first_after(self, at: datetime) -> int:
        """Number of the first round that comes after an instant."""
        return max(0, (int(at.timestamp()) - self.genesis) // self.period) + 2


QUICKNET = Chain(
    hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    public_key=(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
        "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
    ),
    genesis=1_692_803_367,
    period=3,
)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of quicknet, as somebody brought it.

    Attributes:
        signature: a point of G1, compressed, in hexadecimal.
    """

    number: int
    signature: str

    @property
    def text(self) -> str:
        """The beacon that it makes for a draw: chain, number and signature."""
        return f"drand {QUICKNET.hash} {self.number} {self.signature}"


def read(text: str) -> Round:
    """The round in the beacon of a draw.

    Raises:
        ValueError: it is none of quicknet.
    """
    name, chain, number, signature = [*text.split(" "), "", "", "", ""][:4]
    found = Round(int(number) if number.isascii() and number.isdecimal() else 0, signature)
    if (name, chain) != ("drand", QUICKNET.hash) or found.text != text:
        raise ValueError("no round of quicknet")
    return found


@contextmanager
def recursion_limit_kept() -> Iterator[None]:
    """Keep how deep functions may call each other while something is read in.

    `py_ecc` raises the limit a hundredfold for the whole process. JSON that lies deep in itself, which is refused with words
    else, would then take the process down.
    """
    limit = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def holds(one: Round) -> bool:
    """Whether a round is signed by the chain: e(signature, generator) = e(hash of the number, public key).

    Raises:
        ModuleNotFoundError: `py_ecc` is not installed.
    """
    if not 0 < one.number < MOST_ROUNDS or not SIGNATURE.fullmatch(one.signature):
        return False
    with recursion_limit_kept():
        from py_ecc.bls.g2_primitives import subgroup_check  # noqa: PLC0415  # optional, and slow to read in
        from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: PLC0415  # the same
        from py_ecc.bls.point_compression import decompress_G1, decompress_G2  # noqa: PLC0415  # the same
        from py_ecc.optimized_bls12_381 import FQ12, G2, final_exponentiate, neg, pairing  # noqa: PLC0415  # the same

    message = hashlib.sha256(one.number.to_bytes(NUMBER_BYTES, "big")).digest()
    key = bytes.fromhex(QUICKNET.public_key)
    public = decompress_G2((int.from_bytes(key[:HALF_A_KEY], "big"), int.from_bytes(key[HALF_A_KEY:], "big")))
    try:
        signature = decompress_G1(int(one.signature, 16))
    except ValueError:
        return False
    if not subgroup_check(signature):
        return False
    left = pairing(G2, signature, final_exponentiate=False)
    right = pairing(public, neg(hash_to_G1(message, SIGNED_AS, hashlib.sha256)), final_exponentiate=False)
    return bool(final_exponentiate(left * right) == FQ12.one())
