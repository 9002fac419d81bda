"""A secret key in a file, locked with a passphrase, as every program for age writes and reads it (scrypt)."""

from __future__ import annotations

import pyrage

from adaldyq.base.errors import DomainError

BEGINS = "-----BEGIN AGE ENCRYPTED FILE-----"


def lock(secret: str, passphrase: str) -> str:
    """A secret key as a file of text that opens with the passphrase."""
    return bytes(pyrage.passphrase.encrypt(f"{secret}\n".encode(), passphrase, armored=True)).decode()


def unlock(text: str, passphrase: str) -> str:
    """The secret key of a file; one that was never locked is given as it stands.

    Raises:
        DomainError: `passphrase-wrong`: another passphrase, or the file was changed.
    """
    if not text.lstrip().startswith(BEGINS):
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
        return lines[0] if lines else ""
    try:
        return bytes(pyrage.passphrase.decrypt(text.encode(), passphrase)).decode().strip()
    except pyrage.DecryptError:
        raise DomainError("passphrase-wrong") from None
