"""A peer on this machine that speaks as much of Stripe's HTTP protocol as Checkout, refunds and disputes need."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from adaldyq.measures.payments.adapters.providers.checkout import StripeProvider
from adaldyq.measures.payments.domain.providing import Begun
from adaldyq.measures.payments.domain.webhooks import signature
from tests.measures.payments.conformance.peers import Inbox, inbox
from tools.with_postgresql import free_port

SECRET = "whsec_of_a_test"
Facts = dict[str, Any]


class Refused(Exception):  # reads as what it is
    """What Stripe answers with an error."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error = status, {"error": {"type": kind, "message": message}}


@dataclass
class Account:
    """What an account at Stripe holds."""

    sessions: dict[str, Facts] = field(default_factory=dict)
    intents: dict[str, Facts] = field(default_factory=dict)
    refunds: list[Facts] = field(default_factory=list)
    disputes: list[Facts] = field(default_factory=list)
    answered: dict[str, tuple[Facts, Facts]] = field(default_factory=dict)

    def answer(self, method: str, path: str, said: Facts, key: str) -> Facts:
        """Answer a request; the same key again gets the same answer."""
        if key in self.answered:
            before, answer = self.answered[key]
            if before != said:
                raise Refused(
                    400, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters"
                )
            return answer
        found = self.answer_new(method, path, said)
        if key:
            self.answered[key] = (said, found)
        return found

    def answer_new(self, method: str, path: str, said: Facts) -> Facts:
        """Answer a request that is new."""
        parts = path.removeprefix("/v1/").split("/")
        match method, parts:
            case "POST", ["checkout", "sessions"]:
                return self.create(said)
            case "GET", ["checkout", "sessions", key] if key in self.sessions:
                session = self.sessions[key]
                intent = session["payment_intent"]
                return (
                    {**session, "payment_intent": self.intents[intent]} if intent and "expand[0]" in said else session
                )
            case "GET", ["payment_intents", key] if key in self.intents:
                return self.intents[key]
            case "POST", ["refunds"]:
                return self.refund(said)
            case "GET", ["refunds", key] if key in {one["id"] for one in self.refunds}:
                return next(one for one in self.refunds if one["id"] == key)
            case "GET", [("refunds" | "disputes") as kind]:
                rows = self.refunds if kind == "refunds" else self.disputes
                data = [one for one in rows if one["payment_intent"] == said["payment_intent"]]
                return {"object": "list", "data": data, "has_more": False, "url": path}
        raise Refused(404, "invalid_request_error", f"No such thing: {path}")

    def create(self, said: Facts) -> Facts:
        """Make a session."""
        amount = int(said["line_items[0][price_data][unit_amount]"])
        if amount <= 0:
            raise Refused(400, "invalid_request_error", "Invalid positive integer")
        key = f"cs_test_{secrets.token_hex(12)}"
        kept = {name[9:-1]: value for name, value in said.items() if name.startswith("metadata[")}
        self.sessions[key] = {
            "id": key,
            "object": "checkout.session",
            "client_reference_id": said["client_reference_id"],
            "metadata": kept,
            "amount_total": amount,
            "currency": said["line_items[0][price_data][currency]"],
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "created": int(time.time()),
            "expires_at": int(time.time()) + 86_400,
            "url": f"https://checkout.stripe.com/c/pay/{key}",
        }
        return dict(self.sessions[key])

    def pay(self, key: str, *, succeeds: bool) -> Facts:
        """Let the payer come to the end of a session."""
        session = self.sessions[key]
        intent = f"pi_{secrets.token_hex(12)}"
        facts = {name: session[name] for name in ("metadata", "currency", "created")}
        status = "succeeded" if succeeds else "requires_payment_method"
        self.intents[intent] = {
            "id": intent, "object": "payment_intent", "amount": session["amount_total"], "status": status, **facts,
        }  # fmt: skip
        paid = "paid" if succeeds else "unpaid"
        session |= {"payment_intent": intent, "payment_status": paid, "status": "complete"}
        return session

    def refund(self, said: Facts) -> Facts:
        """Give money back."""
        intent, amount = self.intents[said["payment_intent"]], int(said["amount"])
        before = sum(one["amount"] for one in self.refunds if one["payment_intent"] == intent["id"])
        if amount > intent["amount"] - before or intent["status"] != "succeeded":
            raise Refused(400, "invalid_request_error", "Refund amount is greater than unrefunded amount on charge")
        made = {
            "id": f"re_{secrets.token_hex(12)}",
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "metadata": {name[9:-1]: value for name, value in said.items() if name.startswith("metadata[")},
            "status": "succeeded",
            "created": int(time.time()),
        }
        self.refunds.append(made)
        return made

    def dispute(self, key: str) -> Facts:
        """Dispute what a session paid."""
        intent = self.intents[self.sessions[key]["payment_intent"]]
        made = {
            "id": f"du_{secrets.token_hex(12)}",
            "object": "dispute",
            "amount": intent["amount"],
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "status": "needs_response",
            "created": int(time.time()),
        }
        self.disputes.append(made)
        return made


@dataclass
class StripePeer:
    """An account, the adapter that speaks to it, and the inbox of its webhooks."""

    provider: StripeProvider
    broken: StripeProvider
    inbox: Inbox
    account: Account

    def pay(self, begun: Begun) -> None:
        """Pay with a card that succeeds."""
        self.tell("checkout.session.completed", self.account.pay(begun.reference, succeeds=True))

    def decline(self, begun: Begun) -> None:
        """Pay with a bank that declines later."""
        self.tell("checkout.session.async_payment_failed", self.account.pay(begun.reference, succeeds=False))

    def charge_back(self, begun: Begun) -> None:
        """Dispute, and win."""
        dispute = self.account.dispute(begun.reference)
        self.tell("charge.dispute.created", dispute)
        dispute["status"] = "lost"
        self.tell("charge.dispute.closed", dispute)

    def tell(self, kind: str, of: Facts) -> None:
        """Send a webhook."""
        event = {"id": f"evt_{secrets.token_hex(12)}", "object": "event", "type": kind, "data": {"object": of}}
        body = json.dumps(event).encode()
        headers = {"Stripe-Signature": signature(SECRET, int(time.time()), body), "Content-Type": "application/json"}
        requests.post(self.inbox.address, body, headers=headers, timeout=20).raise_for_status()


def answering(account: Account, told: list[StripePeer]) -> type[BaseHTTPRequestHandler]:
    """What answers requests about an account.

    Args:
        told: the peer that tells of refunds, once there is one.
    """

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer("GET", dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self.answer("POST", dict(parse_qsl(body)))

        def answer(self, method: str, said: Facts) -> None:
            path, status = urlsplit(self.path).path, 200
            assert re.fullmatch(r"Bearer sk_\w+", self.headers["Authorization"])
            try:
                found = account.answer(
                    method, path, said, self.headers.get("Idempotency-Key", "") if method == "POST" else ""
                )
            except Refused as refused:
                found, status = refused.error, refused.status
            sent = json.dumps(found).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)
            if method == "POST" and found.get("object") == "refund" and told:
                told[0].tell("refund.created", found)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by its class
            """Say nothing."""

    return Answering


@contextmanager
def stripe_peer(data: Path) -> Iterator[StripePeer]:
    """The peer, served."""
    account, told = Account(), list[StripePeer]()
    server = ThreadingHTTPServer(("127.0.0.1", 0), answering(account, told))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        with inbox() as came:
            here, nowhere = (f"http://127.0.0.1:{port}" for port in (server.server_port, free_port()))
            peer = StripePeer(
                StripeProvider("sk_test", SECRET, here), StripeProvider("sk_test", SECRET, nowhere), came, account
            )
            told.append(peer)
            yield peer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
