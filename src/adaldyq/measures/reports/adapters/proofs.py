"""Proof of filing as one file: lines of the ledger with what opens them, the envelopes they name, the locked mailbox.

The file alone shows that envelopes came to the office, and on which day. With the phrase of the receipt it shows, far
from the server, what is in them.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.ledger.receipts import Receipt

MAILBOX, RECEIPT, ENVELOPE = "mailbox.locked", "receipt-{:03}.json", "envelope-{:03}.age"
LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Proved:
    """An act of a reporter: its receipt as a file of the ledger, and the envelope that came with it."""

    receipt: str
    envelope: bytes

    def names_it(self) -> bool:
        """Whether the line of the ledger names this envelope.

        Raises:
            DomainError: `receipt-malformed`.
        """
        payload = Receipt.parse(self.receipt).payload or "{}"
        named = json.loads(payload).get("envelope")
        return bool(named == hashlib.sha256(self.envelope).hexdigest())


def packed(locked_mailbox: bytes, acts: Sequence[Proved]) -> bytes:
    """The file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as pack:
        pack.writestr(MAILBOX, locked_mailbox)
        for number, one in enumerate(acts, start=1):
            pack.writestr(RECEIPT.format(number), one.receipt)
            pack.writestr(ENVELOPE.format(number), one.envelope)
    return file.getvalue()


def unpacked(file: Path) -> tuple[bytes, Sequence[Proved]]:
    """The locked mailbox and the acts of a file.

    Raises:
        DomainError: `proof-malformed`.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            if sum(one.file_size for one in pack.infolist()) > LARGEST:
                raise DomainError("proof-malformed")
            count = sum(one.startswith("receipt-") for one in pack.namelist())
            acts = [
                Proved(pack.read(RECEIPT.format(one)).decode(), pack.read(ENVELOPE.format(one)))
                for one in range(1, count + 1)
            ]
            return pack.read(MAILBOX), acts
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
        raise DomainError("proof-malformed") from None
