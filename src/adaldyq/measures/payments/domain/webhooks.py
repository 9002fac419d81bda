"""Signatures of what providers send: HMAC-SHA256 over the instant and the raw body, good for some minutes.

The same form as Stripe's: a header `t=SECONDS,v1=HEX`, several `v1` while a secret is changed. The body is signed as it
was sent, before anything reads it; the instant, so that what was overheard cannot be sent again later.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import datetime

from adaldyq.base.errors import DomainError

HEADER = "Adaldyq-Signature"
SECONDS = 300
"""How far the instant may lie from ours, either way; what is sent again within it is known by its id."""
INSTANT = re.compile("[0-9]{1,12}")


def signature(secret: str, at: int, body: bytes) -> str:
    """The header that goes with a body.

    Args:
        at: seconds since 1970 in UTC.
    """
    return f"t={at},v1={digest(secret, at, body)}"


def digest(secret: str, at: int, body: bytes) -> str:
    """The signature itself."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def check_signature(secret: str, header: str, body: bytes, *, at: datetime) -> None:
    """See that a body comes from whoever has the secret, and was signed just now.

    Raises:
        DomainError: `webhook-unsigned`, `webhook-signature`, or `webhook-stale` for one that was right minutes ago.
    """
    parts = [part.strip().partition("=") for part in header.split(",")]
    instants = [value for name, _, value in parts if name == "t"]
    given = [value for name, _, value in parts if name == "v1"]
    if len(instants) != 1 or not given or not INSTANT.fullmatch(instants[0]):
        raise DomainError("webhook-unsigned")
    expected = digest(secret, int(instants[0]), body)
    if not secret or not any(hmac.compare_digest(expected.encode(), one.encode()) for one in given):
        raise DomainError("webhook-signature")
    if abs(at.timestamp() - int(instants[0])) > SECONDS:
        raise DomainError("webhook-stale", limit=SECONDS // 60)
