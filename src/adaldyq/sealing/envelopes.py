"""Envelopes in the format of age (C2SP), which anyone can open later with any program for it.

Each report has a key of its own. Text, messages and files are sealed to that key, and the key is wrapped to the people
who may read: when a case goes to another officer the key is wrapped anew, and no file is sealed twice. A wrap always
has a multiple of `SLOTS` recipients, filled up with keys that nobody has, so that it does not tell how many read.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import pyrage

from adaldyq.base.errors import DomainError
from adaldyq.sealing import containers

SLOTS = 16
MOST_RECIPIENTS = 64
LARGEST_HEADER = 200 * MOST_RECIPIENTS  # a recipient takes some 110 bytes of it
BEGINS = b"age-encryption.org/v1\n"
END_OF_HEADER = b"\n--- "
MAC_LENGTH, NONCE_LENGTH, TAG_LENGTH, CHUNK = 43, 16, 16, 64 * 1024
"""Of age: the MAC of the header in base64, what stands before the chunks, what is added to each, and what one holds."""
CHANCE = random.SystemRandom()


def new_identity() -> tuple[str, str]:
    """A new secret key and its recipient, the public half: `AGE-SECRET-KEY-1…` and `age1…`."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient(text: str, *, field: str | None = None) -> pyrage.x25519.Recipient:
    """A recipient as age writes it.

    Args:
        field: of the form that it was typed into.

    Raises:
        DomainError: `recipient-invalid`.
    """
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise DomainError("recipient-invalid", field=field, value=text[:80]) from None


def identity(text: str) -> pyrage.x25519.Identity:
    """A secret key as age writes it.

    Raises:
        DomainError: `key-invalid`.
    """
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise DomainError("key-invalid") from None


def with_dummies(recipients: Iterable[str]) -> Sequence[str]:
    """Recipients in random order, filled up with keys that nobody has to a multiple of `SLOTS`."""
    whole = sorted(set(recipients))
    whole += [new_identity()[1] for _ in range(-len(whole) % SLOTS)]
    CHANCE.shuffle(whole)
    return whole


def wrap(secret: str, recipients: Iterable[str]) -> bytes:
    """The secret key of a report, sealed to those who may read it and to dummies.

    Raises:
        DomainError: `nobody-to-seal-to`: without a recipient the report could never be read.
    """
    readers = set(recipients)
    if not readers:
        raise DomainError("nobody-to-seal-to")
    return seal({"kind": "key"}, secret.encode(), with_dummies(readers))


def unwrap(wrapped: bytes, secret: str) -> str:
    """The secret key of a report, opened by one of its readers."""
    return open_sealed(wrapped, [secret])[1].decode()


def seal(head: Mapping[str, object], body: bytes, recipients: Iterable[str]) -> bytes:
    """A container, sealed to recipients."""
    return bytes(pyrage.encrypt(containers.pack(head, body), [recipient(one) for one in recipients]))


def open_sealed(sealed: bytes, secrets: Iterable[str]) -> tuple[Mapping[str, object], bytes]:
    """The head and body of an envelope.

    Raises:
        DomainError: `envelope-not-opened`: sealed to other keys, cut off or changed.
    """
    try:
        container = pyrage.decrypt(sealed, [identity(one) for one in secrets])
    except pyrage.DecryptError:
        raise DomainError("envelope-not-opened") from None
    return containers.unpack(bytes(container))


def recipients_of(beginning: bytes) -> int:
    """To how many keys an envelope is sealed, from its first `LARGEST_HEADER` bytes.

    Raises:
        DomainError: `envelope-damaged`: it is no envelope, or its header is longer than `MOST_RECIPIENTS` make it.
    """
    header, found, _rest = beginning[:LARGEST_HEADER].partition(END_OF_HEADER)
    if not found or not header.startswith(BEGINS):
        raise DomainError("envelope-damaged")
    return header.count(b"\n-> X25519 ")  # the rest is what age calls grease: lines that readers must pass over


def is_whole(sealed: bytes) -> bool:
    """Whether an envelope is as long as one that holds a container: who opens nothing sees by it that it was cut off."""
    _header, found, rest = sealed.partition(END_OF_HEADER)
    size = len(rest) - MAC_LENGTH - len(b"\n") - NONCE_LENGTH
    chunks = -(-size // (CHUNK + TAG_LENGTH))
    return bool(found) and containers.is_padded(size - chunks * TAG_LENGTH)


class Measuring:
    """Takes what an envelope holds and keeps of it what tells where the body stands."""

    def __init__(self) -> None:
        self.begin, self.end, self.size = b"", b"", 0

    def write(self, data: bytes) -> int:
        """Take what comes next."""
        self.begin += data[: containers.LONGEST_BEGINNING - len(self.begin)]
        self.end = (self.end + data)[-containers.BODY_LENGTH.size :]
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


class Handing:
    """Takes what an envelope holds and hands the body on."""

    def __init__(self, body: range, to: Callable[[bytes], object]) -> None:
        self.body, self.to, self.at = body, to, 0

    def write(self, data: bytes) -> int:
        """Take what comes next."""
        begin, end = (min(max(one - self.at, 0), len(data)) for one in (self.body.start, self.body.stop))
        if begin < end:
            self.to(bytes(data[begin:end]))
        self.at += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


def body_of(sealed: BinaryIO, secret: str) -> range:
    """Where the body stands in what an envelope holds, once the whole has been found true; nothing of it is kept.

    Raises:
        DomainError: `envelope-not-opened`, `envelope-damaged`.
    """
    measuring = Measuring()
    try:
        pyrage.decrypt_io(sealed, measuring, [identity(secret)])
    except (pyrage.DecryptError, OSError):
        raise DomainError("envelope-not-opened") from None
    sealed.seek(0)
    return containers.place_of_body(measuring.begin, measuring.end, measuring.size)


def hand_on(sealed: BinaryIO, secret: str, body: range, to: Callable[[bytes], object]) -> None:
    """Hand on the body of an envelope piece by piece, so that neither a disk nor memory has the whole in the open."""
    pyrage.decrypt_io(sealed, Handing(body, to), [identity(secret)])


def open_file(sealed: BinaryIO, target: Path, secrets: Iterable[str]) -> Mapping[str, object]:
    """Open an envelope of any size into a file; its head.

    pyrage says that an envelope was cut off or changed only after it has written a part: it writes to a file beside,
    which takes the target's place once the whole has been found true.

    Raises:
        DomainError: `envelope-not-opened`.
    """
    keys = [identity(one) for one in secrets]
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".opening-")
    opening = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            pyrage.decrypt_io(sealed, file, keys)
            file.flush()
            head = containers.strip(file)
        opening.replace(target)
    except pyrage.DecryptError:
        raise DomainError("envelope-not-opened") from None
    except OSError as error:
        if error.errno is not None:  # of the disk; what pyrage finds in the middle of an envelope has no number
            raise
        raise DomainError("envelope-not-opened") from None
    finally:
        opening.unlink(missing_ok=True)
    return head
