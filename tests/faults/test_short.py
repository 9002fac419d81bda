"""The short form of `make faults`: a few kills, slow clients and requests that break off."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.faults.installation import WEB, WITNESS, Installation, running, status
from tests.faults.slow import KINDS, slow_clients, still_open
from tests.faults.trial import kill_at_random, tried

KILLS, SEED = 4, 3
SLOW, OTHERS = 50, 100
OK, TOO_LARGE, BAD = 200, 413, 400


def test_whatever_is_killed_no_acknowledged_act_is_lost_and_none_doubled(installation: Installation) -> None:
    outcome = tried(installation, lambda load: kill_at_random(installation, load, KILLS, SEED))
    assert outcome.wrong == {}
    assert outcome.acknowledged > 0
    assert outcome.counts["receipts"] == outcome.acknowledged
    assert sum(count for part, count in outcome.kills.items() if part != WITNESS) == KILLS
    assert "Traceback" not in installation.said()


@pytest.fixture(scope="module")
def served(installation: Installation) -> Iterator[Installation]:
    """The pages alone."""
    alone = Installation(installation.data, installation.database, parts=(WEB,))
    alone.prepared = installation.prepared
    with running(alone):
        yield alone


@pytest.mark.parametrize("kind", KINDS)
def test_half_sent_requests_keep_nobody_waiting(served: Installation, kind: str) -> None:
    with slow_clients(served.port, SLOW, KINDS[kind]) as clients:
        answers = [status(served.port) for _request in range(OTHERS)]
        assert answers == [OK] * OTHERS
        assert still_open(clients) == SLOW


def sent(port: int, request: bytes) -> bytes:
    """What a server answers to bytes after which nothing more comes."""
    with socket.create_connection(("127.0.0.1", port), 20) as client:
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        return client.recv(100)


def test_a_form_that_breaks_off_is_not_taken_for_the_whole(served: Installation) -> None:
    assert b" 200 " not in sent(served.port, KINDS["form"])
    assert b" 302 " not in sent(served.port, KINDS["form"])
    assert status(served.port) == OK


def test_a_body_beyond_all_measure_is_refused_before_it_is_read(served: Installation) -> None:
    head = b"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000\r\n\r\n"
    assert sent(served.port, head).startswith(f"HTTP/1.1 {TOO_LARGE} ".encode())
