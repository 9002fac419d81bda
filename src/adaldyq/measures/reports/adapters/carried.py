"""What the page of a reporter carries from one step to the next, sealed with a key of the server.

The server keeps nothing between the steps: the secrets of a report that is being written, and of one that is being
read, stand in the reporter's page only, in a form that only the server reads, and grow stale within hours.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.doors import boxes

INFO = b"adaldyq/report/page/1"
SECONDS = 12 * 60 * 60
LONGEST = 200_000


def sealer() -> Fernet:
    """What seals and opens; its key is made from the server's own."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(made))


def put(facts: Mapping[str, Any]) -> str:
    """Facts as a page carries them."""
    return sealer().encrypt(json.dumps(facts).encode()).decode()


def take(text: str) -> Mapping[str, Any]:
    """Facts that a page carried.

    Raises:
        DomainError: `page-too-old`: it is older than `SECONDS`, of another server, or no page of ours.
    """
    try:
        found = json.loads(sealer().decrypt(text[:LONGEST].encode("utf-8", "replace"), ttl=SECONDS))
    except InvalidToken:
        raise DomainError("page-too-old") from None
    return dict(found)


def name_of(facts: Mapping[str, Any]) -> str:
    """The name under which it is known that a page has sent its report; only the server makes it of what the page carried.

    Raises:
        DomainError: `page-too-old`: it is no page for a new report.
    """
    secret = facts.get("secret")
    if not isinstance(secret, str):
        raise DomainError("page-too-old")
    return boxes.name_of("page", secret)
