"""Keys made from the secret of a receipt: what finds the report, and what opens its mailbox.

Two ways lead from the secret, so that a miss is cheap and a hit is dear. The *lookup* is one HKDF: it costs
microseconds, and a flood of wrong phrases starves nobody. The *lock* is Argon2id, asked only after a hit: it slows
down whoever has stolen the database and a part of a phrase. The server keeps the lookup and the locked mailbox, from
which neither the secret nor the key of the mailbox can be had.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adaldyq.base.errors import DomainError

LOOKUP = b"adaldyq/report/lookup/1"
MAILBOX = b"adaldyq/report/mailbox/1"
VERSION = b"\x01"
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32

LOCKED_BYTES = 1 + SALT_BYTES + NONCE_BYTES + 74 + 16  # version, salt, nonce, the key's text and the tag of the lock

# The second of OWASP's equal choices for Argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1


def lookup(entropy: bytes) -> bytes:
    """What finds the report of a receipt: 32 bytes, by HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=LOOKUP).derive(entropy)


def key(entropy: bytes, salt: bytes) -> bytes:
    """The key of the lock: 32 bytes, by Argon2id (RFC 9106). Takes some twentieth of a second of a core."""
    made = Argon2id(salt=salt, length=KEY_BYTES, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB)
    return made.derive(entropy)


def lock(entropy: bytes, secret: str) -> bytes:
    """The secret key of a mailbox, locked with the phrase: version, salt, nonce, AES-256-GCM."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key(entropy, salt)).encrypt(nonce, secret.encode(), MAILBOX)
    return VERSION + salt + nonce + sealed


def unlock(entropy: bytes, locked: bytes) -> str:
    """The secret key of a mailbox.

    Raises:
        DomainError: `mailbox-damaged`: another secret, another version, or changed bytes.
    """
    salt = locked[1 : 1 + SALT_BYTES]
    nonce = locked[1 + SALT_BYTES : 1 + SALT_BYTES + NONCE_BYTES]
    if locked[:1] != VERSION or len(nonce) != NONCE_BYTES:
        raise DomainError("mailbox-damaged")
    try:
        opened = AESGCM(key(entropy, salt)).decrypt(nonce, locked[1 + SALT_BYTES + NONCE_BYTES :], MAILBOX)
    except InvalidTag:
        raise DomainError("mailbox-damaged") from None
    return opened.decode()


def is_locked(content: bytes) -> bool:
    """Whether bytes have the version and length of a locked key; what they hold only the phrase tells."""
    return content[:1] == VERSION and len(content) == LOCKED_BYTES
