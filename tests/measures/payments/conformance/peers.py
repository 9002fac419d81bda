"""Providers on this machine that an adapter is tried against: what payers and their banks do there, and what comes of it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

import requests

from adaldyq.measures.payments.adapters.providers.protocol import Provider
from adaldyq.measures.payments.adapters.providers.sample import SampleProvider
from adaldyq.measures.payments.domain.providing import Begun
from tests.conftest import serving
from tools.with_postgresql import free_port

SECONDS_OF_PATIENCE = 30.0
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')


@dataclass
class Webhook:
    """A webhook as it came."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Inbox:
    """Takes webhooks on a port of this machine."""

    address: str
    came: list[Webhook] = field(default_factory=list)

    def where(self, *, has: str) -> Webhook:
        """The first webhook whose body has a text; waits for it."""
        until = time.monotonic() + SECONDS_OF_PATIENCE
        while time.monotonic() < until:
            if found := next((one for one in self.came if has in one.body.decode()), None):
                return found
            time.sleep(0.02)
        raise AssertionError(f"no webhook with {has}, but {[one.body for one in self.came]}")


@contextmanager
def inbox() -> Iterator[Inbox]:
    """A server that takes webhooks."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.came.append(Webhook(dict(self.headers), body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by its class
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    found = Inbox(f"http://127.0.0.1:{server.server_port}/webhooks")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Peer(Protocol):
    """A provider that an adapter speaks to, from the side of payers and banks."""

    @property
    def provider(self) -> Provider:
        """The adapter."""

    @property
    def broken(self) -> Provider:
        """The same adapter, where nobody listens."""

    @property
    def inbox(self) -> Inbox:
        """Where webhooks come."""

    def pay(self, begun: Begun) -> None:
        """Let the payer pay."""

    def decline(self, begun: Begun) -> None:
        """Let the payer's bank decline."""

    def charge_back(self, begun: Begun) -> None:
        """Let the payer's bank take back what was paid."""


@dataclass
class SamplePeer:
    """The test provider in a process of its own, and browsers of payers."""

    provider: SampleProvider
    broken: SampleProvider
    inbox: Inbox

    def pay(self, begun: Begun) -> None:
        """Pay with a card that succeeds."""
        post(begun.page, number="4111 1111 1111 1111")

    def decline(self, begun: Begun) -> None:
        """Pay with a card that has no money."""
        post(begun.page, number="4000 0000 0000 0002")

    def charge_back(self, begun: Begun) -> None:
        """Dispute at the desk, and win."""
        desk = f"{self.provider.origin}/payments/{begun.reference}/"
        post(desk, step="disputed")
        post(desk, step="charged_back")


def post(page: str, **said: str) -> requests.Response:
    """Open a page and send its form, as a browser does."""
    with requests.Session() as browser:
        token = TOKEN.search(browser.get(page, timeout=20).text)
        assert token, page
        answer = browser.post(page, {"csrfmiddlewaretoken": token[1], **said}, timeout=20)
        answer.raise_for_status()
        return answer


@contextmanager
def sample_peer(data: Path, *words: str) -> Iterator[SamplePeer]:
    """The test provider, started as an operator starts it."""
    port = free_port()
    with inbox() as came, serving(data, port, "provider", "--port", str(port), *words) as address:
        kept = data / "provider"
        key, secret = ((kept / name).read_text() for name in ("api-key", "webhook-secret"))
        nowhere = SampleProvider(f"http://127.0.0.1:{free_port()}", key, secret)
        yield SamplePeer(SampleProvider(address, key, secret), nowhere, came)
