"""Locks between processes of one machine."""

from __future__ import annotations

import fcntl
import time
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


@contextmanager
def held_in_turn(file: Path, name: str, otherwise: str, seconds: float) -> Iterator[None]:
    """Hold the lock of a file that several names share: other names wait for it, the same name is refused.

    Args:
        file: whose lock it is; its holder's name stands in it.
        name: of the one that wants it.
        otherwise: code of the error when this name holds it already.
        seconds: how long another name is waited for.

    Raises:
        DomainError: of the code `otherwise`, also when the wait was in vain.
    """
    until = time.monotonic() + seconds
    with file.open("a+") as lock:
        while not is_taken(lock.fileno()):
            if file.read_text() == name or time.monotonic() > until:
                raise DomainError(otherwise)
            time.sleep(0.005)
        lock.truncate(0)
        lock.write(name)
        lock.flush()
        yield


def is_taken(descriptor: int) -> bool:
    """Take the lock of an open file, unless somebody holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
