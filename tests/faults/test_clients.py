"""Slow clients, many who sign in at once, and requests that break off keep nobody else waiting.

What is held here is the server before the pages; it is the same on every database.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import pytest

from adaldyq.project.cli.serving import THREADS, WORKERS
from tests.faults.installation import WEB, Installation, running, status
from tests.faults.slow import KINDS, slow_clients, still_open
from tests.faults.visitor import FOUND, PASSWORD, REGISTRAR, Visitor

pytestmark = pytest.mark.journey

SLOW, OTHERS, SIGN_INS, FEW = 50, 100, 14, 2
OK, TOO_LARGE = 200, 413


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
