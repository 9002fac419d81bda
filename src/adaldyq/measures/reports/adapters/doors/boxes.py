"""Names and locks for what must not stand in the open while a message is being taken in."""

from __future__ import annotations

import hmac
import json
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from adaldyq.kernel.carried import derived

NAME, LOCK = b"adaldyq/report/door/name/1", b"adaldyq/report/door/lock/1"
NONCE_BYTES = 12


def name_of(*facts: str) -> str:
    """A name for some facts, from which only the server could find them again, by trying."""
    return hmac.new(derived(NAME), json.dumps(facts).encode(), sha256).hexdigest()


def lock(content: bytes, *facts: str) -> bytes:
    """Content, locked with the server's key and some facts: whoever lacks one of them does not open it.

    Unlike a token it tells no time.
    """
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key_of(facts)).encrypt(nonce, content, None)


def unlock(locked: bytes, *facts: str) -> bytes | None:
    """Content that was locked with the same facts; none for other facts, or what is damaged."""
    try:
        return AESGCM(key_of(facts)).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], None)
    except (InvalidTag, ValueError):
        return None


def key_of(facts: tuple[str, ...]) -> bytes:
    """The key of a lock."""
    return derived(LOCK, sha256(json.dumps(facts).encode()).digest())
