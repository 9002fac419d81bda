"""A key locked as age locks it, at a cost for tests: the library chooses a cost that takes a second or more.

Format: age-encryption.org/v1, recipient type scrypt (https://c2sp.org/age).
"""

from __future__ import annotations

import base64
import hmac
import os
import textwrap

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

WORK = 10


def derived(key: bytes, salt: bytes | None, purpose: bytes) -> bytes:
    """A key of 32 bytes for one purpose."""
    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def unpadded(raw: bytes) -> str:
    """Base64 as headers have it."""
    return base64.b64encode(raw).decode().rstrip("=")


def lock(secret: str, passphrase: str) -> str:
    """A secret key as a file of text that opens with the passphrase."""
    own, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    stretched = Scrypt(b"age-encryption.org/v1/scrypt" + salt, 32, 1 << WORK, 8, 1).derive(passphrase.encode())
    wrapped = ChaCha20Poly1305(stretched).encrypt(bytes(12), own, None)
    header = f"age-encryption.org/v1\n-> scrypt {unpadded(salt)} {WORK}\n{unpadded(wrapped)}\n---"
    mac = hmac.digest(derived(own, None, b"header"), header.encode(), "sha256")
    last_chunk = bytes(11) + b"\x01"
    sealed = ChaCha20Poly1305(derived(own, nonce, b"payload")).encrypt(last_chunk, f"{secret}\n".encode(), None)
    whole = f"{header} {unpadded(mac)}\n".encode() + nonce + sealed
    lines = "\n".join(textwrap.wrap(base64.b64encode(whole).decode(), 64))
    return f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}\n-----END AGE ENCRYPTED FILE-----\n"
