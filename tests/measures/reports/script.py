"""A script of a reporter's page: it sends what the scripts of the pages send, sealed by the same formats."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import altcha
from django.test import Client
from django.urls import reverse

from adaldyq.measures.reports.adapters import letters
from adaldyq.sealing import containers, envelopes, phrases, receipts

CARRIED = re.compile(r'name="carried" value="([^"]*)"')


def in_base64(content: bytes) -> str:
    """Bytes as they stand in a head."""
    return base64.b64encode(content).decode()


class Script:
    """Sends steps to the one address for scripts."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.status = 0
        self.open()

    def open(self) -> None:
        """Open the page anew, for another report."""
        found = CARRIED.search(self.client.get(reverse("reports-file")).content.decode())
        assert found
        self.token = found[1]
        self.secret = phrases.new_entropy()

    def send(self, head: object, piece: bytes = b"") -> dict[str, Any]:
        """Send a step; what comes back."""
        body = json.dumps(head).encode() + b"\n" + piece
        answer = self.client.post(reverse("reports-sealed"), body, content_type="application/octet-stream")
        self.status, self.answer = answer.status_code, answer
        return dict(answer.json()) if answer["Content-Type"].startswith("application/json") else {}

    def step(self, name: str, piece: bytes = b"", **head: object) -> dict[str, Any]:
        """Send a step of the page."""
        return self.send({"step": name, "token": self.token, **head}, piece)

    def sealed_report(self, text: str, **changes: object) -> dict[str, Any]:
        """The head with which a report is sent."""
        routed = self.step("route", left_out=changes.get("left_out", []))
        recipients = routed["recipients"]
        (own_secret, own), (mailbox_secret, mailbox) = envelopes.new_identity(), envelopes.new_identity()
        letter = letters.Letter(letters.REPORT, text)
        return {
            "recipients": recipients,
            "recipient": own,
            "wrapped": in_base64(envelopes.wrap(own_secret, recipients)),
            "lookup": receipts.lookup(self.secret).hex(),
            "mailbox": mailbox,
            "locked": in_base64(receipts.lock(self.secret, mailbox_secret)),
            "sealed": in_base64(letters.seal(letter, [own, mailbox])),
            "work": solved(routed["work"]),
            **changes,
        }


def solved(work: dict[str, Any]) -> str:
    """A calculation, done by the library of those who made the protocol."""
    challenge = altcha.Challenge.from_dict(work)
    solution = altcha.solve_challenge(challenge)
    assert solution
    return altcha.Payload(challenge, solution).to_base64()


def sealed_file(content: bytes) -> bytes:
    """An envelope of a file."""
    whole = b"".join(containers.packing({"kind": "file"}, [content]))
    return envelopes.seal({}, whole, [envelopes.new_identity()[1]])
