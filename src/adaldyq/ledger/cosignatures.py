"""Cosignatures: a witness states when it saw a log grow consistently (C2SP tlog-cosignature, Ed25519 version 1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar, NamedTuple

from adaldyq.base.errors import DomainError
from adaldyq.ledger.notes import Note, Signature, SignerKey, VerifierKey

COSIGNATURE = 4
TIME_BYTES = 8
MOST_SECONDS = 1 << 63


class CosignerKey(VerifierKey):
    """A public key of a witness: the same key bytes under this kind have another id, and sign a time too."""

    __slots__ = ()
    kind: ClassVar[int] = COSIGNATURE

    def holds(self, text: str, blob: bytes) -> bool:
        """Whether the bytes are this witness's time and signature over a checkpoint's text."""
        seconds = int.from_bytes(blob[:TIME_BYTES])
        return (
            len(blob) > TIME_BYTES and seconds < MOST_SECONDS and self.signed(blob[TIME_BYTES:], message(text, seconds))
        )


class Cosignature(NamedTuple):
    """Who cosigned, and when it says it did."""

    key: CosignerKey
    at: datetime


def cosigner(name: str) -> SignerKey:
    """A new key for a witness."""
    return SignerKey.generate(name, CosignerKey)


def cosign(text: str, signer: SignerKey, *, at: datetime) -> Signature:
    """Sign the text of a checkpoint with a time.

    Raises:
        DomainError: `key-malformed`: the key is not of the cosigning kind.
    """
    if not isinstance(signer.verifier, CosignerKey):
        raise DomainError("key-malformed", value=signer.verifier.name)
    seconds = int(at.timestamp())
    blob = seconds.to_bytes(TIME_BYTES) + signer.secret.sign(message(text, seconds))
    return Signature(signer.verifier.name, signer.verifier.id, blob)


def message(text: str, seconds: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosignatures(note: Note, keys: Iterable[CosignerKey]) -> list[Cosignature]:
    """The trusted witnesses that cosigned a checkpoint, in the order of its lines.

    Raises:
        DomainError: `signature-wrong`: a line names one of the witnesses, and is not its own.
    """
    return [Cosignature(key, time_of(line)) for key, line in note.checked(keys).items() if isinstance(key, CosignerKey)]


def time_of(line: Signature) -> datetime:
    """The time that a cosignature states; times that no calendar holds become the last one it does."""
    seconds = int.from_bytes(line.blob[:TIME_BYTES])
    last = int(datetime.max.replace(tzinfo=UTC, microsecond=0).timestamp())
    return datetime.fromtimestamp(min(seconds, last), UTC)
