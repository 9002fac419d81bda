"""The name of a reporter: sealed by itself, handed to a custodian as a file, opened on the custodian's own computer."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from adaldyq.base.errors import DomainError
from adaldyq.sealing import envelopes

FORMAT, KIND = "adaldyq-identity/1", "identity"
LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """A name as it is kept.

    Attributes:
        recipient: public half of its own key.
        wrapped: the secret half, sealed to custodians.
        sealed: the name, sealed to that key.
        sealed_to: public keys of the custodians.
    """

    recipient: str
    wrapped: bytes
    sealed: bytes
    sealed_to: Sequence[str]


def seal(text: str, custodians: Sequence[str]) -> SealedIdentity:
    """A name, sealed to custodians.

    Raises:
        DomainError: `no-custodian`: nobody could ever open it.
    """
    if not custodians:
        raise DomainError("no-custodian", field="identity")
    secret, own = envelopes.new_identity()
    sealed = envelopes.seal({"kind": KIND}, json.dumps({"text": text}, ensure_ascii=False).encode(), [own])
    return SealedIdentity(own, envelopes.wrap(secret, custodians), sealed, custodians)


def written(report: str, wrapped: bytes, sealed: bytes) -> str:
    """The file that a custodian takes."""
    parts = {"wrapped": b64encode(wrapped).decode(), "sealed": b64encode(sealed).decode()}
    return json.dumps({"format": FORMAT, "report": report, **parts}, indent=1) + "\n"


def open_file(text: str, secret: str) -> str:
    """The name in such a file, opened with a custodian's key.

    Raises:
        DomainError: `identity-malformed`; `key-invalid`; `envelope-not-opened` when it is sealed to others.
    """
    try:
        told = json.loads(text) if len(text) <= LARGEST else {}
        if told["format"] != FORMAT:
            raise DomainError("identity-malformed")
        wrapped, sealed = (b64decode(told[name], validate=True) for name in ("wrapped", "sealed"))
        _head, body = envelopes.open_sealed(sealed, [envelopes.unwrap(wrapped, secret)])
        return str(json.loads(body)["text"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DomainError("identity-malformed") from None
