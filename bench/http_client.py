"""Clients that cost little, since they share the processors with the server: one process, one thread, bare HTTP/1.1."""

from __future__ import annotations

import asyncio
import json
import random
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

GZIP = 16 + zlib.MAX_WBITS
CSRF = "x" * 32
SECONDS = 30.0
CHANCE = random.Random(1)  # noqa: S311  # when somebody reads on is no secret
FOUND, REFUSED = 302, 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; status 0 when nothing did."""

    status: int
    location: str = ""
    text: str = ""

    @property
    def path(self) -> str:
        """Where a redirect leads, without the place on the page."""
        return self.location.partition("#")[0]


@dataclass
class Measured:
    """What some clients saw together.

    Attributes:
        milliseconds: each answer took, by what was asked.
        wholes: milliseconds that all requests of one piece of work took together, with what the client does between them.
        wrong: answers that were not as they should be, by what was asked and their status.
    """

    milliseconds: dict[str, list[float]] = field(default_factory=dict)
    wholes: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    def note(self, what: str, began: float, status: int, expected: int) -> None:
        """Keep what an answer took, or that it was wrong."""
        self.milliseconds.setdefault(what, []).append((time.perf_counter() - began) * 1000)
        if status != expected:
            self.wrong[f"{what}: {status}"] += 1

    @property
    def all(self) -> list[float]:
        """What all answers took, sorted."""
        return sorted(one for listed in self.milliseconds.values() for one in listed)

    def part(self, share: float) -> float:
        """Milliseconds within which a share of all answers came."""
        return within(self.all, share)

    def part_of_wholes(self, share: float) -> float:
        """Milliseconds within which a share of the works was done as a whole."""
        return within(sorted(self.wholes), share)


def within(found: list[float], share: float) -> float:
    """The value within which a share of some lies, which come sorted; 0 of none."""
    return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


@dataclass
class Client:
    """One kept connection, with cookies and headers of its own.

    Attributes:
        pause: seconds between an answer and the next request, on the average; as chance has it, so that nobody goes in
            step with others.
    """

    port: int
    seen: Measured
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=lambda: {"csrftoken": CSRF})
    pause: float = 0.0
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, what: str, path: str, expected: int = 200) -> Answer:
        """Ask for a page."""
        return await self.ask(what, path, b"", "", expected)

    async def post(self, what: str, path: str, form: dict[str, str], expected: int = FOUND) -> Answer:
        """Send a form."""
        body = urlencode({**form, "csrfmiddlewaretoken": CSRF}).encode()
        return await self.ask(what, path, body, "application/x-www-form-urlencoded", expected)

    async def send(self, what: str, path: str, value: Any, expected: int = 200) -> Answer:
        """Send JSON; bytes are sent as they are."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return await self.ask(what, path, body, "application/json", expected)

    async def ask(self, what: str, path: str, body: bytes, kind: str, expected: int) -> Answer:
        """Send a request on the kept connection, and measure until the last byte of the answer is there."""
        lines = [f"{'POST' if kind else 'GET'} {path} HTTP/1.1", "Host: localhost", "Accept-Encoding: gzip"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if kind:
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
        began = time.perf_counter()
        try:
            answer = await asyncio.wait_for(self.answered(request), SECONDS)
        except (OSError, EOFError, TimeoutError):
            self.close()
            answer = Answer(0)
        self.seen.note(what, began, answer.status, expected)
        if self.pause:
            await asyncio.sleep(CHANCE.expovariate(1 / self.pause))
        return answer

    async def answered(self, request: bytes) -> Answer:
        """Send bytes and read one answer."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        reader, writer = self.streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.splitlines()
        headers: dict[str, str] = {}
        for line in filter(None, lines):
            name, _colon, value = line.partition(": ")
            if name.lower() == "set-cookie":
                key, _equals, kept = value.partition(";")[0].partition("=")
                self.cookies[key] = kept
            headers[name.lower()] = value
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("content-encoding") == "gzip":
            body = zlib.decompress(body, GZIP)
        return Answer(int(first.split(" ", 2)[1]), headers.get("location", ""), body.decode())

    def close(self) -> None:
        """Let the connection go."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None
