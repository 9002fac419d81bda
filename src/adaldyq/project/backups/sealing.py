"""Encryption of backups with age, so that a stolen copy tells nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import pyrage

from adaldyq.base.errors import DomainError

HEADER = b"age-encryption.org/"
COMMENT = "#"


def recipients(given: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Public age keys.

    Raises:
        DomainError: `age-recipient-wrong`.
    """
    found = []
    for text in given:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text.strip()))
        except pyrage.RecipientError:
            raise DomainError("age-recipient-wrong", value=text) from None
    return found


def identities(file: Path) -> list[pyrage.x25519.Identity]:
    """Private age keys of a file as `age-keygen` writes it.

    Raises:
        DomainError: `source-missing`, `age-key-file-wrong`.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise DomainError("source-missing", file=str(file)) from None
    except UnicodeDecodeError:
        lines = []
    try:
        kept = [line.strip() for line in lines if line.strip() and not line.startswith(COMMENT)]
        found = [pyrage.x25519.Identity.from_str(line) for line in kept]
    except pyrage.IdentityError:
        found = []
    if not found:
        raise DomainError("age-key-file-wrong", file=str(file))
    return found


class Reader:
    """Makes a file of pieces; remembers what stopped it, because pyrage tells only that something did."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.left, self.failure = pieces, b"", None

    failure: Exception | None

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        try:
            while not self.left:
                self.left = next(self.pieces)
        except StopIteration:
            return b""
        except Exception as error:
            self.failure = error
            raise
        size = len(self.left) if size < 0 else size
        data, self.left = self.left[:size], self.left[size:]
        return data


class Writer:
    """Writes to a file; remembers what stopped it."""

    failure: OSError | None = None

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out

    def write(self, data: bytes) -> int:
        """Write bytes."""
        try:
            return self.out.write(data)
        except OSError as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Hand on to the disk what was written."""
        try:
            self.out.flush()
        except OSError as error:
            self.failure = error
            raise


def seal(pieces: Iterator[bytes], out: IO[bytes], to: Sequence[pyrage.x25519.Recipient]) -> None:
    """Write pieces to a file, encrypted when there are recipients.

    Raises:
        OSError: of the file; or whatever the pieces raise.
    """
    if not to:
        out.writelines(pieces)
        return
    reader, writer = Reader(pieces), Writer(out)
    try:
        pyrage.encrypt_io(reader, writer, list(to))
    except (pyrage.EncryptError, OSError) as error:
        raise reader.failure or writer.failure or error from None


def is_sealed(file: Path) -> bool:
    """Whether a file is encrypted with age."""
    with file.open("rb") as content:
        return content.read(len(HEADER)) == HEADER


def unseal(file: Path, key: Path | None, target: Path) -> None:
    """Decrypt a backup to a file, which is worth something only when this returns.

    Raises:
        DomainError: `backup-key-needed`, `backup-key-wrong`, `backup-cut-short` when it was cut or changed; or as
            `identities`.
    """
    if key is None:
        raise DomainError("backup-key-needed", file=str(file))
    known = identities(key)
    with file.open("rb") as content, target.open("wb") as out:
        writer = Writer(out)
        try:
            pyrage.decrypt_io(content, writer, known)
        except pyrage.DecryptError:
            if writer.failure:
                raise writer.failure from None
            raise DomainError("backup-key-wrong", file=str(file), key=str(key)) from None
        except OSError as error:
            if writer.failure or error.errno:
                raise writer.failure or error from None
            raise DomainError("backup-cut-short", file=str(file)) from None
