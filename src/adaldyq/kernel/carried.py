"""What a page carries from one step to the next, sealed with a key of the server.

The server keeps nothing between the steps: what somebody is writing stands in their page only, in a form that only the
server reads, and grows stale within hours.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from adaldyq.base.errors import DomainError

SECONDS = 12 * 60 * 60
LONGEST = 200_000


def derived(info: bytes, salt: bytes = b"") -> bytes:
    """A key of 32 bytes for one purpose, made from the server's own."""
    made = HKDF(algorithm=SHA256(), length=32, salt=salt or None, info=info)
    return made.derive(settings.SECRET_KEY.encode())


@dataclass(frozen=True, slots=True)
class Carrier:
    """Seals and opens what the pages of one purpose carry.

    Attributes:
        purpose: names it, so that no page is taken for one of another purpose.
    """

    purpose: bytes

    def sealer(self) -> Fernet:
        """What seals and opens; its key is made from the server's own."""
        return Fernet(base64.urlsafe_b64encode(derived(self.purpose)))

    def put(self, facts: Mapping[str, Any]) -> str:
        """Facts as a page carries them."""
        return self.sealer().encrypt(json.dumps(facts).encode()).decode()

    def take(self, text: str) -> Mapping[str, Any]:
        """Facts that a page carried.

        Raises:
            DomainError: `page-too-old`: it is older than `SECONDS`, of another server, or no page of this purpose.
        """
        try:
            found = json.loads(self.sealer().decrypt(text[:LONGEST].encode("utf-8", "replace"), ttl=SECONDS))
        except InvalidToken:
            raise DomainError("page-too-old") from None
        return dict(found)
