"""Asks witnesses over HTTP: to sign a checkpoint, and what they signed last."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from hashlib import sha256
from typing import Self
from urllib.parse import urlsplit

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import whole_number
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import Note
from adaldyq.ledger.witness import CONFLICT, GOOD, MOST_BYTES, UNKNOWN, UNPROVED, Submission
from adaldyq.ledger.witness_server import SIZE

SECONDS = 5.0
REFUSALS = {CONFLICT, UNPROVED}


class WitnessAway(Exception):
    """A witness did not answer, or its answer is of no use; the log goes on without it."""


class WitnessRefused(Exception):
    """A witness saw another history of this log, and says so."""


@dataclass(frozen=True, slots=True)
class Knows:
    """A witness remembers another size than that from which it was shown a proof."""

    size: int


@dataclass(frozen=True, slots=True)
class WitnessAddress:
    """Where a witness is, and the key that makes its answers its own."""

    url: str
    key: CosignerKey

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `ADDRESS KEY`.

        Raises:
            DomainError: `witness-address-malformed`, `key-malformed`.
        """
        url, _, key = text.strip().partition(" ")
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not key:
            raise DomainError("witness-address-malformed", value=text.strip())
        return cls(url.rstrip("/"), CosignerKey.parse(key))

    def cosignature(self, asked: Submission) -> Note | Knows:
        """Ask for a signature: the checkpoint with this witness's line and no other, or the size it knows.

        Raises:
            WitnessAway: no answer, or one that is not this witness's.
            WitnessRefused: it saw another history.
        """
        status, kind, body = self.ask("POST", "/add-checkpoint", asked.text().encode())
        if status == CONFLICT and kind == SIZE:
            size = whole_number(body.removesuffix("\n"))
            if size is None:
                raise WitnessAway(f"{self.key.name}: {body[:100]!r}")
            return Knows(size)
        if status in REFUSALS:
            raise WitnessRefused(body.strip()[:500])
        if status != GOOD:
            raise WitnessAway(f"{self.key.name}: HTTP {status} {body.strip()[:200]}")
        return self.own(Note.parse(asked.note).text + "\n" + body)

    def last(self, origin: str) -> Note | None:
        """The checkpoint that this witness signed last of a log; None when it says that it signed none.

        Raises:
            WitnessAway: no answer, or one that is not this witness's.
        """
        status, _kind, body = self.ask("GET", f"/{sha256(origin.encode()).hexdigest()}/checkpoint")
        if status == UNKNOWN:
            return None
        if status != GOOD:
            raise WitnessAway(f"{self.key.name}: HTTP {status}")
        self.own(body)
        return Note.parse(body)

    def own(self, text: str) -> Note:
        """A note with the line of this witness only.

        Raises:
            WitnessAway: there is none, or it is not its own.
        """
        try:
            note = Note.parse(text)
            found = tuple(note.checked([self.key]).values())
        except DomainError as error:
            raise WitnessAway(f"{self.key.name}: {error}") from error
        if not found:
            raise WitnessAway(f"{self.key.name}: no line of its own in the answer")
        return Note(note.text, found)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, str]:
        """Status, content type and text of an answer.

        Raises:
            WitnessAway: there is none.
        """
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        try:
            connection.request(method, parts.path + path, body, {"User-Agent": "adaldyq-ledger"})
            answer = connection.getresponse()
            found = answer.read(MOST_BYTES)
            return answer.status, answer.headers.get_content_type(), found.decode()
        except (OSError, http.client.HTTPException, UnicodeDecodeError) as error:
            raise WitnessAway(f"{self.key.name}: {error or type(error).__name__}") from error
        finally:
            connection.close()
