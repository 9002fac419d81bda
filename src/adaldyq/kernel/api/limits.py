"""How many requests a client may send in a minute, counted over all processes of this machine.

A request adds one byte to a file of its client and minute, and the length of that file is the count: appending is
atomic, waits for no database, and a long transaction elsewhere holds up no reader. Several machines count each for
itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a client.

    Attributes:
        limit: requests a minute.
        left: of them, in this minute; below zero when it asked too often.
        seconds: until the next minute.
    """

    limit: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """The same as headers of an answer."""
        known = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.left)),
            "RateLimit-Reset": str(self.seconds),
        }
        return known | ({"Retry-After": str(self.seconds)} if self.left < 0 else {})


def count(folder: Path, client: str, *, limit: int, at: datetime) -> Allowance:
    """Count a request.

    Args:
        folder: where the counts are kept; counts of earlier minutes are removed from it.
        client: whose request it is; kept only as a hash.
        limit: requests that it may send in a minute.
        at: now.
    """
    minute = int(at.timestamp()) // SECONDS
    counts = folder / str(minute)
    if not counts.is_dir():
        counts.mkdir(parents=True, exist_ok=True)
        forget_before(folder, minute)
    name = hashlib.sha256(client.encode()).hexdigest()[:32]
    file = os.open(counts / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, b".")
        used = os.fstat(file).st_size
    finally:
        os.close(file)
    return Allowance(limit, limit - used, SECONDS - int(at.timestamp()) % SECONDS)


def forget_before(folder: Path, minute: int) -> None:
    """Remove the counts of earlier minutes; the one before stays, since a slow request may still write to it."""
    for old in folder.iterdir():
        if old.name.isdigit() and int(old.name) < minute - 1:
            with suppress(FileNotFoundError):
                shutil.rmtree(old)
