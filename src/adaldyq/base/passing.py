"""Names that hold as long as a server runs: made with a secret that its processes share in memory and that is written nowhere."""

from __future__ import annotations

import hmac
import json
import secrets
from hashlib import sha256

BYTES = 32


class Passing:
    """Makes names for what must be known again for a while only. Once the server has ended, nobody finds out what they stood for."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    def share(self, secret: bytes) -> None:
        """Take the secret of the server that this process belongs to; alone it has one of its own."""
        self.secret = secret

    def name_of(self, *facts: str) -> str:
        """A name for some facts, in hexadecimal: the same in all processes of a server."""
        return hmac.new(self.secret, json.dumps(facts).encode(), sha256).hexdigest()


def new_secret() -> bytes:
    """A secret for a server that begins."""
    return secrets.token_bytes(BYTES)


PASSING = Passing(new_secret())
