"""The token of a licence: a short signed text that a QR code holds and anybody checks without a network.

It is `PAYLOAD.SIGNATURE`, both base64url without padding. The payload is canonical JSON in UTF-8; the signature is Ed25519
(RFC 8032) over `adaldyq-licence/1`, a newline and the payload. One licence has one spelling only: whoever changes a letter, also
one whose bits do not count, breaks it. What became of a licence after its issue stands in the signed list of states.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from adaldyq.base.errors import DomainError

FORMAT = "adaldyq-licence/1"
LIST_FORMAT = "adaldyq-licence-states/1"
LONGEST = 2000
NAMES = ("body", "entry", "from", "holder", "key", "number", "serial", "until")
VALID, SUSPENDED, REVOKED, EXPIRED, UNKNOWN = "valid", "suspended", "revoked", "expired", "unknown"
NOT_YET, RENEWED = "not_yet", "renewed"
UNSTATED = "unstated"
"""The list is older than the licence, or there is none: the signature holds, and nobody said what became of it."""

Sign = Callable[[bytes], bytes]
Holds = Callable[[str, bytes, bytes], bool]
"""Whether a signature over a message is of the key with an id."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says.

    Attributes:
        serial: by which the list of states names the licence.
        entry: number in the catalogue.
        body: official name of the body.
        until: last day; None without end.
        key: id of the key that signed it, eight hexadecimal digits.
    """

    serial: int
    number: str
    entry: str
    holder: str
    body: str
    since: date
    until: date | None
    key: str

    def payload(self) -> bytes:
        """Its one text."""
        facts = {
            "body": self.body,
            "entry": self.entry,
            "from": self.since.isoformat(),
            "holder": self.holder,
            "key": self.key,
            "number": self.number,
            "serial": self.serial,
            "until": self.until.isoformat() if self.until else "",
        }
        return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def message(payload: bytes) -> bytes:
    """What is signed."""
    return f"{FORMAT}\n".encode() + payload


def made(claims: Claims, sign: Sign) -> str:
    """A token."""
    payload = claims.payload()
    return f"{spelt(payload)}.{spelt(sign(message(payload)))}"


def spelt(data: bytes) -> str:
    """Bytes as base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unspelt(text: str) -> bytes:
    """Bytes of their one spelling.

    Raises:
        DomainError: `licence-token-wrong`.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise DomainError("licence-token-wrong", field="token") from None
    if spelt(data) != text:
        raise DomainError("licence-token-wrong", field="token")
    return data


def opened(token: str, holds: Holds) -> Claims:
    """What a token says, its signature checked.

    Args:
        token: also as a whole address that ends with `t=TOKEN`.

    Raises:
        DomainError: `licence-token-wrong`: it is none, was altered, or a key signed it that is not known.
    """
    text = token.strip().rpartition("t=")[2].strip()
    payload_text, dot, signature_text = text.partition(".")
    if not dot or len(text) > LONGEST or not text.isascii():
        raise DomainError("licence-token-wrong", field="token")
    payload, signature = unspelt(payload_text), unspelt(signature_text)
    claims = claims_of(payload)
    if payload_of(claims) != payload or not holds(claims.key, signature, message(payload)):
        raise DomainError("licence-token-wrong", field="token")
    return claims


def payload_of(claims: Claims) -> bytes:
    """The one payload that says something.

    Raises:
        DomainError: `licence-token-wrong` for what is no text, such as half of a character.
    """
    try:
        return claims.payload()
    except UnicodeEncodeError:
        raise DomainError("licence-token-wrong", field="token") from None


def claims_of(payload: bytes) -> Claims:
    """What a payload says, its signature not looked at.

    Raises:
        DomainError: `licence-token-wrong`.
    """
    try:
        said = json.loads(payload)
        if tuple(sorted(said)) != NAMES or not isinstance(said["serial"], int):
            raise DomainError("licence-token-wrong", field="token")
        until = date.fromisoformat(said["until"]) if said["until"] else None
        texts = {name: str(said[name]) for name in ("number", "entry", "holder", "body", "key")}
        return Claims(serial=said["serial"], since=date.fromisoformat(said["from"]), until=until, **texts)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise DomainError("licence-token-wrong", field="token") from None


@dataclass(frozen=True, slots=True)
class States:
    """The list of states: licences that are not simply valid, by serial, and up to which serial it speaks.

    Attributes:
        made: instant at which it was made, RFC 3339.
    """

    made: str
    last: int
    states: Mapping[int, str]

    def text(self, origin: str) -> str:
        """The text that is signed as a note (C2SP signed-note)."""
        lines = [f"{serial} {state}" for serial, state in sorted(self.states.items())]
        return "\n".join([LIST_FORMAT, origin, self.made, str(self.last), *lines]) + "\n"


def states_of(text: str) -> States:
    """The list of a text whose signature was checked.

    Raises:
        DomainError: `licence-list-wrong`.
    """
    lines = text.removesuffix("\n").split("\n")
    try:
        kind, _origin, made_at, last, *listed = lines
        if kind != LIST_FORMAT:
            raise DomainError("licence-list-wrong", field="states")
        pairs = [line.split(" ") for line in listed]
        return States(made_at, int(last), {int(serial): state for serial, state in pairs})
    except ValueError:
        raise DomainError("licence-list-wrong", field="states") from None


def state_on(claims: Claims, states: States | None, day: date) -> str:
    """How a licence stands on a day, as far as its token and a list say: suspended, revoked, expired, valid, not yet or unstated.

    One that was renewed holds up to its own last day; older lists name it.
    """
    listed = states.states.get(claims.serial) if states else None
    if listed and listed != RENEWED:
        return SUSPENDED if listed == SUSPENDED else EXPIRED if listed == EXPIRED else REVOKED
    if claims.until and day > claims.until:
        return EXPIRED
    if day < claims.since:
        return NOT_YET
    return VALID if states and claims.serial <= states.last else UNSTATED
