"""A temporary file that holds nothing in the open: its key is in memory only, and dies with it."""

from __future__ import annotations

import os
import secrets
from io import RawIOBase
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, cast

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

KEY_BYTES, BLOCK = 32, 16
KEPT_IN_MEMORY = 256_000
"""Bytes that come to no file at all."""


class SealedSpool(RawIOBase):
    """What comes in is written once, from its beginning to its end, then read from its beginning.

    AES-256 in counter mode: nobody but this process reads the file, so that it needs no proof of being unchanged.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key = secrets.token_bytes(KEY_BYTES)
        self.file = cast("IO[bytes]", SpooledTemporaryFile(KEPT_IN_MEMORY))  # noqa: SIM115  # closed with the spool
        self.stream = self.fresh()

    def fresh(self) -> CipherContext:
        """The key stream from its beginning."""
        return Cipher(AES(self.key), CTR(bytes(BLOCK))).encryptor()

    def write(self, data: ReadableBuffer, /) -> int:
        """Append what came."""
        return self.file.write(self.stream.update(bytes(data)))

    def read(self, size: int = -1, /) -> bytes:
        """What follows, at most `size` bytes."""
        return self.stream.update(self.file.read(size))

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to the beginning, to read.

        Raises:
            OSError: to anywhere else.
        """
        if offset or whence != os.SEEK_SET:
            raise OSError("a sealed spool is read from its beginning")
        self.stream = self.fresh()
        return self.file.seek(0)

    def tell(self) -> int:
        """How much has been written or read."""
        return self.file.tell()

    def readable(self) -> bool:
        """It is."""
        return True

    def writable(self) -> bool:
        """It is, until it is read."""
        return True

    def close(self) -> None:
        """Forget the file and its key."""
        if not self.closed:
            self.file.close()
        super().close()
