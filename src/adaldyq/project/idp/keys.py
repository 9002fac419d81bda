"""Secrets of the sample country's e-ID: made at first start, readable by their owner only."""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

BITS = 2048
EXPONENT = 65537
CLIENT = "adaldyq"


def folder(data: Path) -> Path:
    """Where the e-ID keeps what is its own."""
    kept = data / "idp"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    return kept


def secret(kept: Path, name: str) -> str:
    """A random secret by its name."""
    return once(kept / name, secrets.token_urlsafe(48))


def client_secret(data: Path) -> str:
    """The secret that the portal and the e-ID share."""
    return secret(folder(data), "client-secret")


def signing_key(kept: Path) -> str:
    """The RSA key that signs ID tokens (RS256), in PEM."""
    file = kept / "signing-key.pem"
    return file.read_text(encoding="ascii") if file.exists() else once(file, new_key())


def new_key() -> str:
    """A fresh RSA key in PEM."""
    key = rsa.generate_private_key(public_exponent=EXPONENT, key_size=BITS)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption()).decode("ascii")


def once(file: Path, content: str) -> str:
    """Keep `content` in a file unless something is kept there already; return what is kept."""
    try:
        with file.open("x", encoding="ascii") as new:
            file.chmod(0o600)
            new.write(content)
    except FileExistsError:
        pass
    return file.read_text(encoding="ascii")
