"""Locks between processes of one machine."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from adaldyq.base.errors import DomainError


@contextmanager
def held_alone(file: Path, otherwise: str) -> Iterator[None]:
    """Hold the lock of a file, which is made when absent; it goes by itself when the process dies.

    Args:
        file: whose lock it is.
        otherwise: code of the error when another process holds it.

    Raises:
        DomainError: of the code `otherwise`.
    """
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DomainError(otherwise) from None
        yield
