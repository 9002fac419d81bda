"""Asks a ClamAV daemon about a file, where one is set (its `INSTREAM` command)."""

from __future__ import annotations

import socket
import struct

from django.conf import settings

from adaldyq.base.errors import DomainError

SECONDS = 30
CHUNK = 65_536
LONGEST_ANSWER = 4_096


def is_scanned() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.CLAMD)


def scan(content: bytes, name: str) -> None:
    """Hold a file to be clean.

    Raises:
        DomainError: `file-infected`, or `scanner-away` when the scanner does not answer: nothing unscanned is kept.
    """
    scanning = Scanning()
    scanning.feed(content)
    scanning.end(name)


def asked(content: bytes) -> str:
    """What the scanner says of a content, such as `stream: OK`; else why it says nothing."""
    scanning = Scanning()
    scanning.feed(content)
    return scanning.answer() or scanning.failure


class Scanning:
    """A file that is scanned piece by piece as it comes; where there is no scanner, every one is clean."""

    def __init__(self) -> None:
        self.daemon: socket.socket | None = None
        self.failure = ""
        if not is_scanned():
            return
        try:
            self.daemon = connected(settings.CLAMD)
            self.daemon.sendall(b"zINSTREAM\0")
        except OSError as error:
            self.give_up(error)

    def feed(self, content: bytes) -> None:
        """Hand the next piece on."""
        if self.daemon is None:
            return
        try:
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                self.daemon.sendall(struct.pack("!L", len(part)) + part)
        except OSError as error:
            self.give_up(error)

    def end(self, name: str) -> None:
        """Hold the file to be clean, once all of it was handed on.

        Raises:
            DomainError: as `scan`.
        """
        answer = self.answer()
        if answer.endswith("FOUND"):
            raise DomainError("file-infected", field="file", name=name)
        if self.failure or (answer and not answer.endswith("OK")):
            raise DomainError("scanner-away", field="file")

    def answer(self) -> str:
        """What the daemon says, such as `stream: OK`; nothing when there is none."""
        if self.daemon is None:
            return ""
        answer = b""
        try:
            self.daemon.sendall(struct.pack("!L", 0))
            while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (more := self.daemon.recv(LONGEST_ANSWER)):
                answer += more
        except OSError as error:
            self.give_up(error)
        else:
            self.failure = "" if answer else "no answer"
        self.close()
        return answer.rstrip(b"\0\n").decode(errors="replace")

    def give_up(self, error: OSError) -> None:
        """Note why the scanner does not answer."""
        self.failure = error.strerror or type(error).__name__
        self.close()

    def close(self) -> None:
        """Leave the daemon, also before its answer."""
        if self.daemon is not None:
            self.daemon.close()
            self.daemon = None


def connected(address: str) -> socket.socket:
    """A connection to the daemon: `HOST:PORT`, or the path of a socket."""
    if address.startswith("/"):
        local = socket.socket(socket.AF_UNIX)
        local.settimeout(SECONDS)
        try:
            local.connect(address)
        except OSError:
            local.close()
            raise
        return local
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), SECONDS)
