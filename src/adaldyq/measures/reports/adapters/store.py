"""Where the envelopes of files lie: among the other files, each under a random name.

Backups take them with the others, and the kernel clears away those that no report knows after a day.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.uploads.store import has_room

PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{32}")
UNFINISHED = ".part"


def folder() -> Path:
    """The folder of envelopes."""
    return Path(settings.FILES_DIR)


def new_place() -> str:
    """A place that nothing lies at."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def path_of(place: str) -> Path:
    """The file of a place.

    Raises:
        DomainError: `file-gone` for what is no place of ours.
    """
    if not PLACE.fullmatch(place):
        raise DomainError("file-gone")
    return folder() / place


def begin(place: str) -> BinaryIO:
    """Begin to write an envelope; it is there once `finish` has been called.

    Raises:
        OSError: the disk has no room but what must stay free.
    """
    if not has_room():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    target = path_of(place)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(target.with_suffix(UNFINISHED), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def finish(place: str, file: BinaryIO) -> int:
    """Flush an envelope to the disk and give it its name; how many bytes it has."""
    file.flush()
    os.fsync(file.fileno())
    size = file.tell()
    file.close()
    target = path_of(place)
    target.with_suffix(UNFINISHED).rename(target)
    return size


def give_up(place: str, file: BinaryIO) -> None:
    """Close what was begun and remove it; what still waits to be written need find no room."""
    with contextlib.suppress(OSError):
        file.close()
    drop(place)


def put(place: str, at: int, piece: bytes, *, last: bool) -> None:
    """Write a piece of an envelope behind those before it, and give the whole its name after the last one.

    Raises:
        DomainError: `file-gone` when the pieces before it are not there; `storage-full` when the disk has no more room.
    """
    target = path_of(place)
    unfinished = target.with_suffix(UNFINISHED)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if at and (target.exists() or not unfinished.exists() or unfinished.stat().st_size < at):
        if last and target.exists() and target.stat().st_size == at + len(piece):
            return  # the answer to the last piece was lost
        raise DomainError("file-gone")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            file.truncate(at)
            file.seek(at)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise DomainError("storage-full") from None
    if last:
        unfinished.rename(target)


def drop(place: str) -> None:
    """Remove an envelope, finished or not; one that is gone already is as it should be."""
    target = path_of(place)
    target.unlink(missing_ok=True)
    target.with_suffix(UNFINISHED).unlink(missing_ok=True)


def size_of(place: str) -> int:
    """How many bytes an envelope has.

    Raises:
        DomainError: `file-gone`.
    """
    try:
        return path_of(place).stat().st_size
    except FileNotFoundError:
        raise DomainError("file-gone") from None
