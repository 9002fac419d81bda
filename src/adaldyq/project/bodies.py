"""How the body of a request is taken in: to the last byte, and off the disk in the open where somebody reports."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian.rsgi import Scope

from adaldyq.base.cut import NO_ROOM, STALLED, TOO_LARGE
from adaldyq.project.spools import KEPT_IN_MEMORY, SealedSpool

SECONDS_BETWEEN_PARTS = 20.0
SECONDS_IN_ALL = 1_200.0  # 50 MB at 45 kB a second, a poor mobile connection
MOST_BYTES = 120_000_000
MOST_PASSED_OVER = 1_000_000_000
"""Bytes of a body that is too large which are read and dropped, since a browser shows no answer before it has sent all. One
that is larger yet is refused unread."""


class Unreadable(Exception):
    """A request whose body is not taken, with the status that says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def spool(*, sealed: bool) -> IO[bytes]:
    """Where a body or an answer waits: in memory, and a long one in a temporary file.

    Args:
        sealed: whether the file must hold nothing in the open.
    """
    return cast("IO[bytes]", SealedSpool() if sealed else SpooledTemporaryFile(KEPT_IN_MEMORY))


def length_of(scope: Scope) -> int:
    """How long the body says it is; 0 when it does not say, and then it is not read, as WSGI has it.

    Raises:
        Unreadable: the length is no number.
    """
    told = scope.headers.get("content-length") or "0"
    if not (told.isascii() and told.isdecimal()):
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return int(told)


@dataclass(slots=True)
class Body:
    """What came of a body.

    Attributes:
        file: the whole; when it did not come in whole, its beginning.
        size: bytes of the file.
        cut: the HTTP status that says why it did not come in whole; 0 when it did.
    """

    file: IO[bytes]
    size: int
    cut: int = 0


class Beginning:
    """The first bytes of a body, in one place that is overwritten when it is let go: somebody's report may stand there."""

    def __init__(self, size: int) -> None:
        self.room, self.used = bytearray(size), 0

    def add(self, part: bytes) -> None:
        """Keep what still fits."""
        more = part[: len(self.room) - self.used]
        self.room[self.used : self.used + len(more)] = more
        self.used += len(more)

    def wipe(self) -> None:
        """Let it go."""
        self.room[:] = bytes(len(self.room))


async def arrived(protocol: HTTPProtocol, length: int, *, sealed: bool = False) -> Body:
    """The whole body, in memory or in a temporary file; or its beginning, with what the matter is.

    Args:
        sealed: whether the file must hold nothing in the open. Only of such a body the beginning is kept.

    Raises:
        Unreadable: it ended before its length: the client went away.
    """
    if not length:
        return Body(BytesIO(), 0)
    body, beginning = spool(sealed=sealed), Beginning(min(length, KEPT_IN_MEMORY) if sealed else 0)
    try:
        async with asyncio.timeout(SECONDS_IN_ALL):
            cut = await taken(protocol, length, body, beginning)
    except TimeoutError:
        cut = STALLED
    except (StopAsyncIteration, RuntimeError):  # what came is never taken for the whole
        let_go(body)
        beginning.wipe()
        raise Unreadable(HTTPStatus.BAD_REQUEST) from None
    came = Body(BytesIO(beginning.room[: beginning.used]), beginning.used, cut) if cut else Body(body, length)
    beginning.wipe()
    if cut:
        let_go(body)
    return came


async def taken(protocol: HTTPProtocol, length: int, body: IO[bytes], beginning: Beginning) -> int:
    """Write a body as it comes and go back to its start; what finds no room is read and dropped.

    Returns: the status that says why it was not kept; 0 when it was.

    Raises:
        TimeoutError: nothing came for a while.
        StopAsyncIteration, RuntimeError: the client went away.
    """
    if length > MOST_PASSED_OVER:
        return TOO_LARGE
    cut, came, parts = TOO_LARGE if length > MOST_BYTES else 0, 0, aiter(protocol)
    while came < length:
        part = await asyncio.wait_for(anext(parts), SECONDS_BETWEEN_PARTS)
        came += len(part)
        beginning.add(part)
        try:
            if not cut:
                body.write(part)
            if not cut and came >= length:
                body.seek(0)  # writes what still waits to be written
        except OSError:
            cut = NO_ROOM
    return cut


def let_go(body: IO[bytes]) -> None:
    """Close a body that is not needed; that the rest of it finds no room on the disk is of no matter then."""
    with suppress(OSError):
        body.close()
