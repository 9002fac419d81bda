"""The short form of `make faults`: a few kills, slow clients and requests that break off."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from adaldyq.project.cli.running import THREADS, WORKERS
from tests.faults.installation import WEB, WITNESS, Installation, running, status
from tests.faults.slow import KINDS, slow_clients, still_open
from tests.faults.trial import kill_at_random, tried
from tests.faults.visitor import FOUND, PASSWORD, REGISTRAR, Visitor

KILLS, SEED = 2, 3
SLOW, OTHERS, SIGN_INS, FEW = 50, 100, 14, 2
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


def test_many_who_sign_in_at_once_keep_nobody_else_waiting(served: Installation) -> None:
    """Without a thread of their own, pages would come when all threads but the last few have checked a password."""
    signing_in = [Visitor(served.port, cookies={"csrftoken": "x" * 32}) for _one in range(SIGN_INS)]
    given = {"username": REGISTRAR, "password": PASSWORD}
    with ThreadPoolExecutor(SIGN_INS) as pool:
        waiting = [pool.submit(one.ask, "POST", "/en/sign-in/", given) for one in signing_in]
        wait(waiting, return_when=FIRST_COMPLETED)
        pages = [status(served.port, seconds=60) for _request in range(FEW)]
        still_waiting = sum(not one.done() for one in waiting)
    assert pages == [OK] * FEW
    assert still_waiting > WORKERS * THREADS
    assert {one.result().status for one in waiting} == {FOUND}


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
