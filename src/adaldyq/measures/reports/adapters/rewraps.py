"""Keys of reports that are sealed anew to other readers, on the officer's own computer.

The server makes an *order*: for each report its wrapped key and the public keys that shall read it. With the officer's
key the *answer* is made of it: the same keys, sealed to those. No file and no message is sealed twice, and the server
sees no key.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.sealing import envelopes

ORDER, ANSWER = "adaldyq-rewrap-order/1", "adaldyq-rewrap/1"
LARGEST = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The key of a report, sealed; in an order to those who read it now, in an answer to `recipients`.

    Attributes:
        recipients: public keys that shall read it, in their order.
        of: which sealed key the order holds, by `name_of`; an answer says it again, since another key may take its place meanwhile.
    """

    report: str
    wrapped: bytes
    recipients: tuple[str, ...]
    of: str


def name_of(wrapped: bytes) -> str:
    """By what a sealed key is known, so that an answer tells of which one it was made."""
    return hashlib.sha256(wrapped).hexdigest()


def ordered(report: str, wrapped: bytes, recipients: Sequence[str]) -> Wrapped:
    """What an order asks for: the key of a report as it is sealed now, and who shall read it."""
    return Wrapped(report, wrapped, tuple(recipients), name_of(wrapped))


def digest(recipients: Iterable[str]) -> str:
    """What is kept of the readers of a wrap: whether they are still the same can be asked, not who they are."""
    return hashlib.sha256("\n".join(sorted(recipients)).encode()).hexdigest()


def written(kind: str, wraps: Sequence[Wrapped]) -> str:
    """An order or an answer as a file."""
    rows = [
        {
            "report": one.report,
            "of": one.of,
            "wrapped": b64encode(one.wrapped).decode(),
            "recipients": list(one.recipients),
        }
        for one in wraps
    ]
    return json.dumps({"format": kind, "reports": rows}, indent=1) + "\n"


def read(kind: str, text: str) -> list[Wrapped]:
    """The wraps of an order or of an answer.

    Raises:
        DomainError: `rewrap-malformed`; `rewrap-is-order` for the order where its answer was expected.
    """
    try:
        found = json.loads(text) if len(text) <= LARGEST else {}
        if kind == ANSWER and found["format"] == ORDER:
            raise DomainError("rewrap-is-order", field="file")
        if found["format"] != kind:
            raise DomainError("rewrap-malformed", field="file")
        return [one_of(row) for row in found["reports"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DomainError("rewrap-malformed", field="file") from None


def one_of(row: Any) -> Wrapped:
    """A wrap of a row of JSON; one of an older order does not say of which key it is."""
    recipients = tuple(str(one) for one in row["recipients"])
    return Wrapped(str(row["report"]), b64decode(row["wrapped"], validate=True), recipients, str(row.get("of", "")))


def rewrapped(order: Sequence[Wrapped], secret: str) -> list[Wrapped]:
    """The answer to an order, with an officer's key; reports that this key does not open are left out.

    Raises:
        DomainError: `key-invalid`; `nobody-to-seal-to` when a report has no reader left.
    """
    made = []
    for one in order:
        try:
            key = envelopes.unwrap(one.wrapped, secret)
        except DomainError as refused:
            if refused.code != "envelope-not-opened":
                raise
            continue
        made.append(Wrapped(one.report, envelopes.wrap(key, one.recipients), one.recipients, one.of))
    return made
