"""Clients that send half a request and then nothing, or a byte now and then."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

COOKIE = "csrftoken=" + "a" * 32  # with it the pages read the form
HEAD = b"GET /en/about/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
FORM = (
    f"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nusername="
).encode()
FILE = (
    f"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: {COOKIE}\r\n"
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 900000\r\n\r\n"
    '--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
).encode()
KINDS = {"headers": HEAD, "form": FORM, "file": FILE}


@contextmanager
def slow_clients(port: int, number: int, beginning: bytes) -> Iterator[list[socket.socket]]:
    """So many clients that have begun a request and go on with a byte each half second, until the body ends."""
    clients = [socket.create_connection(("127.0.0.1", port)) for _client in range(number)]
    stop = threading.Event()

    def trickle() -> None:
        while not stop.wait(0.5):
            for client in clients:
                client.sendall(b"a")

    thread = threading.Thread(target=trickle)
    try:
        for client in clients:
            client.sendall(beginning)
        thread.start()
        yield clients
    finally:
        stop.set()
        if thread.ident:
            thread.join()
        for client in clients:
            client.close()


def still_open(clients: list[socket.socket]) -> int:
    """How many of them the server has neither answered nor closed."""
    return sum(not answered(client) for client in clients)


def answered(client: socket.socket) -> bool:
    """Whether something came back, or the connection was closed."""
    client.setblocking(False)
    try:
        client.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    finally:
        client.setblocking(True)
    return True
