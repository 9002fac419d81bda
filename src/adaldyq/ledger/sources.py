"""Where an auditor reads a log from: its public address, or a folder with the same files."""

from __future__ import annotations

import http.client
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from adaldyq.base.errors import DomainError
from adaldyq.ledger.tiles import MOST_ENTRY_BYTES, WIDTH

SECONDS = 30.0
TRIES = 4
PAUSE = 0.5
MOST_BYTES = WIDTH * (MOST_ENTRY_BYTES + 2)
OK, GONE, BUSY = 200, (404, 410), (429, 500, 502, 503, 504)


class Source(Protocol):
    """Gives the files of a log."""

    name: str

    def read(self, path: str) -> bytes | None:
        """Bytes of a file; None when there is none.

        Raises:
            DomainError: `source-unreachable`.
        """


class Folder:
    """A copy of a log on this machine."""

    def __init__(self, place: Path) -> None:
        self.place, self.name = place, str(place)

    def read(self, path: str) -> bytes | None:
        """Bytes of a file."""
        try:
            return (self.place / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise DomainError("source-unreachable", address=str(self.place / path), problem=str(error)) from None


class Web:
    """A log at its public address, over one connection that is kept."""

    def __init__(self, address: str, *, pause: float = PAUSE) -> None:
        """Take an address.

        Args:
            pause: seconds before the first retry; each further one takes twice as long.

        Raises:
            DomainError: `source-unreachable`: it is not an HTTP address.
        """
        self.name, self.pause = address.rstrip("/"), pause
        parts = urlsplit(self.name)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise DomainError("source-unreachable", address=address, problem="HTTP?")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self.connection = kind(parts.hostname, parts.port, timeout=SECONDS)
        self.prefix = parts.path

    def read(self, path: str) -> bytes | None:
        """Bytes of a file; tries again when the server is busy or the connection breaks."""
        problem = ""
        for tried in range(TRIES):
            if tried:
                time.sleep(self.pause * 2 ** (tried - 1))
            try:
                status, body = self.once(f"{self.prefix}/{path}")
            except (OSError, http.client.HTTPException) as error:
                self.connection.close()
                problem = str(error) or type(error).__name__
                continue
            if status == OK:
                return body
            if status in GONE:
                return None
            problem = f"HTTP {status}"
            if status not in BUSY:
                break
        raise DomainError("source-unreachable", address=f"{self.name}/{path}", problem=problem)

    def once(self, address: str) -> tuple[int, bytes]:
        """Ask once.

        Raises:
            HTTPException: the answer is larger than any file of a log.
        """
        self.connection.request("GET", address, headers={"Accept-Encoding": "identity", "User-Agent": "adaldyq-audit"})
        answer = self.connection.getresponse()
        body = answer.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise http.client.HTTPException("the answer is too long")
        return answer.status, body


class Kept:
    """A source whose files are copied to a folder as they are read."""

    def __init__(self, source: Source, place: Path) -> None:
        self.source, self.place, self.name = source, place, source.name

    def read(self, path: str) -> bytes | None:
        """Bytes of a file, kept on the way."""
        found = self.source.read(path)
        if found is not None:
            target = self.place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            new = target.with_name(target.name + ".new")
            new.write_bytes(found)
            new.replace(target)
        return found


def source_of(address: str) -> Source:
    """A log by its address or folder."""
    return Web(address) if "://" in address else Folder(Path(address))
