"""Files that go to whoever has no script: opened piece by piece as they leave, so that the disk never has them in the open."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pyrage

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters import store
from adaldyq.measures.reports.adapters.arrival import Pieces
from adaldyq.sealing import envelopes


def opened_pieces(place: str, key: str) -> Iterator[bytes]:
    """What is in the envelope of a place, in pieces; the whole was found true before the first one.

    Raises:
        DomainError: `file-gone`, `envelope-not-opened`, `envelope-damaged`.
    """
    try:
        with store.path_of(place).open("rb") as sealed:
            body = envelopes.body_of(sealed, key)
    except FileNotFoundError:
        raise DomainError("file-gone") from None
    return leaving(place, key, body)


def leaving(place: str, key: str, body: range) -> Iterator[bytes]:
    """The pieces, which a thread of its own opens; it ends when nobody takes them any more."""
    pieces = Pieces()
    thread = threading.Thread(target=open_into, args=(store.path_of(place), key, body, pieces), daemon=True)
    thread.start()
    try:
        yield from pieces
    finally:
        pieces.broken = True
        while thread.is_alive():
            pieces.let_go()
            thread.join(0.01)


def open_into(envelope: Path, key: str, body: range, pieces: Pieces) -> None:
    """Open an envelope into pieces, and say that these were all."""
    try:
        with envelope.open("rb") as sealed:
            envelopes.hand_on(sealed, key, body, pieces.hand_in)
    except (OSError, pyrage.DecryptError):
        pieces.broken = True  # whoever takes the pieces learns that they are not the whole
    finally:
        pieces.waiting.put(None)
