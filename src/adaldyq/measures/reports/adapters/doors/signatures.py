"""Webhooks that are signed by the specification Standard Webhooks 1.0: id, time and body, with HMAC-SHA256."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from adaldyq.base.errors import DomainError

TOLERANCE = timedelta(minutes=5)
"""How much older or newer than the server's clock a call may be; the specification's own value."""
VERSION, LONGEST_ID = "v1", 200


def checked(headers: Mapping[str, str], body: bytes, secrets: Sequence[bytes], at: datetime) -> str:
    """The id of a message whose signature is right.

    Args:
        secrets: any of them may have signed, so that one can be replaced without a gap.

    Raises:
        DomainError: `door-not-signed` when a header is missing or no signature fits; `door-too-old` when the call is
            older than the tolerance, as one is that was recorded and is sent again.
    """
    own, time = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = [one.partition(",") for one in headers.get("webhook-signature", "").split(" ")]
    if not own or len(own) > LONGEST_ID or not (time.isascii() and time.isdecimal()):
        raise DomainError("door-not-signed")
    signed = b".".join((own.encode(), time.encode(), body))
    right = [base64.b64encode(hmac.new(secret, signed, sha256).digest()).decode() for secret in secrets]
    if not any(
        version == VERSION and hmac.compare_digest(one.encode(), other.encode())
        for version, _comma, one in given
        for other in right
    ):
        raise DomainError("door-not-signed")
    if abs(at.timestamp() - int(time[:12])) > TOLERANCE.total_seconds():
        raise DomainError("door-too-old")
    return own
