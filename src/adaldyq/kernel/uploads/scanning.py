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
    try:
        answer = asked(content)
    except OSError:
        raise DomainError("scanner-away", field="file") from None
    if answer.endswith("FOUND"):
        raise DomainError("file-infected", field="file", name=name)
    if not answer.endswith("OK"):
        raise DomainError("scanner-away", field="file")


def asked(content: bytes) -> str:
    """The daemon's answer to a content, such as `stream: OK`."""
    with connected(settings.CLAMD) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            daemon.sendall(struct.pack("!L", len(part)) + part)
        daemon.sendall(struct.pack("!L", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (more := daemon.recv(LONGEST_ANSWER)):
            answer += more
    return answer.rstrip(b"\0\n").decode(errors="replace")


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
