"""How the body of a request is taken in: what does not come in whole is told from what does, and its beginning is kept."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator, Sequence
from io import BytesIO
from typing import Any, cast

import pytest

from adaldyq.base.cut import NO_ROOM, STALLED, TOO_LARGE
from adaldyq.project import bodies
from adaldyq.project.bodies import Body, Unreadable, arrived


class Sender:
    """Sends parts as the server hands them on, then goes away or stalls."""

    def __init__(self, parts: Sequence[bytes], *, stalls: bool = False) -> None:
        self.parts, self.stalls = list(parts), stalls

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.sent()

    async def sent(self) -> AsyncIterator[bytes]:
        """The parts."""
        while self.parts:
            yield self.parts.pop(0)
        if self.stalls:
            await asyncio.sleep(60)


class Full(BytesIO):
    """A file on a disk without room."""

    def write(self, _data: object) -> int:
        """Fail."""
        raise OSError(errno.ENOSPC, "No space left on device")


def taken(sender: Sender, length: int, *, sealed: bool = True) -> Body:
    """What comes of a body."""
    return asyncio.run(arrived(cast("Any", sender), length, sealed=sealed))


def test_a_body_that_comes_in_whole_is_kept_in_whole() -> None:
    body = taken(Sender([b"a" * 300_000, b"b"]), 300_001)
    assert (body.cut, body.size) == (0, 300_001)
    with body.file as file:
        assert file.read() == b"a" * 300_000 + b"b"


@pytest.mark.parametrize("sealed", [True, False])
def test_of_a_body_that_is_too_large_all_is_read_and_the_beginning_kept_where_somebody_reports(
    monkeypatch: pytest.MonkeyPatch, *, sealed: bool
) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 10)
    monkeypatch.setattr(bodies, "KEPT_IN_MEMORY", 6)
    sender = Sender([b"what", b" happened", b"film"])
    body = taken(sender, 17, sealed=sealed)
    assert (body.cut, sender.parts) == (TOO_LARGE, [])  # a browser shows no answer before it has sent all
    assert body.file.read() == (b"what h" if sealed else b"")


def test_a_body_beyond_all_measure_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST_BYTES", 10)
    monkeypatch.setattr(bodies, "MOST_PASSED_OVER", 20)
    sender = Sender([b"0123456789"] * 5)
    assert taken(sender, 50).cut == TOO_LARGE
    assert len(sender.parts) == 5


def test_a_body_without_room_on_the_disk_gives_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SealedSpool", Full)
    sender = Sender([b"what=", b"it happened"])
    body = taken(sender, 16)
    assert (body.cut, body.file.read(), sender.parts) == (NO_ROOM, b"what=it happened", [])


def test_a_body_that_stalls_gives_its_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS_BETWEEN_PARTS", 0.01)
    body = taken(Sender([b"what="], stalls=True), 16)
    assert (body.cut, body.file.read()) == (STALLED, b"what=")


def test_whoever_goes_away_gets_no_answer() -> None:
    with pytest.raises(Unreadable):
        taken(Sender([b"what="]), 16)


def test_what_was_kept_of_a_report_is_overwritten() -> None:
    beginning = bodies.Beginning(8)
    beginning.add(b"canary")
    beginning.add(b"canary")
    assert bytes(beginning.room) == b"canaryca"
    beginning.wipe()
    assert bytes(beginning.room) == bytes(8)
