"""A report that was sealed on a computer without network, as one file: a head in JSON, a line feed, and its files' envelopes."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from typing import Any, BinaryIO

from adaldyq.base.errors import DomainError
from adaldyq.kernel.uploads.store import has_room
from adaldyq.measures.reports.adapters import heads, pieces, store
from adaldyq.measures.reports.adapters.heads import Head
from adaldyq.sealing import envelopes

FORMAT = "adaldyq-report/1"
CHUNK = 1024 * 1024
Place = tuple[str, int]


def read(file: BinaryIO) -> Head:
    """The head of a file, which is left behind it.

    Raises:
        DomainError: `kit-malformed`.
    """
    line = file.readline(heads.LARGEST + 1)
    try:
        head = heads.read(line)
    except DomainError:
        raise DomainError("kit-malformed", field="file") from None
    if head.get("format") != FORMAT:
        raise DomainError("kit-malformed", field="file")
    return head


def store_files(head: Head, file: BinaryIO) -> Sequence[Place]:
    """Put the envelopes behind the head where the report says that they lie; where, and how many bytes each has.

    Raises:
        DomainError: `kit-malformed` when one is missing, too long, lies where another does or is no envelope;
            `too-many-files`, `storage-full`. Then nothing of them stays.
    """
    wanted = [place_of(one) for one in listed(head)]
    if not has_room(sum(size for _at, size in wanted)):
        raise DomainError("storage-full", field="file")
    kept: list[Place] = []
    try:
        for place, size in wanted:
            check_free(place)
            with store.begin(place) as target:
                kept.append((place, size))
                copy(file, target, size)
                store.finish(place, target)
        check_end(file)
    except (DomainError, OSError) as failed:
        drop(kept)
        full = isinstance(failed, OSError) and failed.errno == errno.ENOSPC
        raise DomainError("storage-full" if full else "kit-malformed", field="file") from None
    return kept


def listed(head: Head) -> list[Any]:
    """What a head says of its files.

    Raises:
        DomainError: `kit-malformed`.
    """
    files = head.get("files", [])
    if not isinstance(files, list):
        raise DomainError("kit-malformed", field="file")
    return files


def place_of(told: Any) -> Place:
    """Where a file shall lie, and how many bytes it has.

    Raises:
        DomainError: `kit-malformed`.
    """
    stored, size = (told.get("stored"), told.get("size")) if isinstance(told, dict) else (None, None)
    fits = isinstance(stored, str) and store.PLACE.fullmatch(stored) and stored[:2] == stored[3:5]
    if not fits or not isinstance(size, int) or not 0 < size <= pieces.LARGEST_FILE:
        raise DomainError("kit-malformed", field="file")
    return str(stored), size


def copy(file: BinaryIO, target: BinaryIO, size: int) -> None:
    """Copy an envelope of a size.

    Raises:
        DomainError: `kit-malformed` when the file ends before, or it is no envelope to one key.
    """
    for at in range(0, size, CHUNK):
        piece = file.read(min(CHUNK, size - at))
        if len(piece) < min(CHUNK, size - at) or (at == 0 and envelopes.recipients_of(piece) != 1):
            raise DomainError("kit-malformed", field="file")
        target.write(piece)


def check_free(place: str) -> None:
    """Refuse a place at which another envelope lies.

    Raises:
        DomainError: `kit-malformed`.
    """
    if store.path_of(place).exists():
        raise DomainError("kit-malformed", field="file")


def check_end(file: BinaryIO) -> None:
    """Refuse a file with more in it than its head says.

    Raises:
        DomainError: `kit-malformed`.
    """
    if file.read(1):
        raise DomainError("kit-malformed", field="file")


def drop(places: Sequence[Place]) -> None:
    """Remove envelopes of a report that was not taken in."""
    for place, _size in places:
        store.drop(place)
