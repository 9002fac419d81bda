"""Files that a script sealed: they come in pieces, so that one of any size needs little memory and survives a bad line."""

from __future__ import annotations

from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel.uploads.store import has_room
from adaldyq.measures.reports.adapters import carried, store
from adaldyq.sealing import envelopes

LARGEST_PIECE = 4 * 1024 * 1024
MOST_OF_FILE = 600_000_000
LARGEST_FILE = 680_000_000  # an envelope is up to 12% longer than its file, by its padding


def take_piece(kept: str, piece: bytes, *, last: bool) -> dict[str, Any]:
    """Put a piece of an envelope to those before it; what the page carries on to the next one.

    A piece that comes twice, because its answer was lost, takes its own place again.

    Args:
        kept: what the page carries since the piece before; empty for the first one.

    Raises:
        DomainError: `page-too-old`; `envelope-damaged` when it is no envelope to one key, or a piece is missing;
            `sealed-file-too-large`, `storage-full`; `file-gone` when it is finished or was cleared away.
    """
    place, size = whose(kept)
    if size == 0 and envelopes.recipients_of(piece) != 1:
        raise DomainError("envelope-damaged", field="enclosures")
    whole = size + len(piece)
    if whole > LARGEST_FILE:
        raise DomainError("sealed-file-too-large", most=MOST_OF_FILE // 1_000_000)
    if not has_room(len(piece)):
        raise DomainError("storage-full")
    store.put(place, size, piece, last=last)
    return {"kept": carried.put({"stored": place, "size": whole, "whole": last}), "stored": place, "size": whole}


def whose(kept: str) -> tuple[str, int]:
    """Where an unfinished envelope lies and how much of it has come.

    Raises:
        DomainError: `page-too-old`, `envelope-damaged`.
    """
    if not kept:
        return store.new_place(), 0
    found = carried.take(kept)
    if not isinstance(found.get("stored"), str) or found.get("whole"):
        raise DomainError("envelope-damaged", field="enclosures")
    return str(found["stored"]), int(found["size"])


def finished(kept: str) -> tuple[str, int]:
    """Where an envelope lies that came whole, and its bytes.

    Raises:
        DomainError: `page-too-old`; `envelope-damaged` when a piece is missing; `file-gone` when it was cleared away.
    """
    found = carried.take(kept)
    if not found.get("whole") or store.size_of(str(found["stored"])) != found["size"]:
        raise DomainError("envelope-damaged", field="enclosures")
    return str(found["stored"]), int(found["size"])
