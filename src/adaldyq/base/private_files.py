"""Small files that only their owner reads, such as keys: there whole or not at all, also after a power failure."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_private(place: Path, text: str, *, fresh: bool = False) -> None:
    """Write a text as `write_private_bytes` does."""
    write_private_bytes(place, text.encode(), fresh=fresh)


def write_private_bytes(place: Path, content: bytes, *, fresh: bool = False) -> None:
    """Write a file beside its place, flush it to the disk, then give it its name.

    Args:
        fresh: leave a file that another process made first as it is.

    Raises:
        OSError: the disk takes it not; what was there stays.
    """
    new = place.with_name(f"{place.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if fresh:
            link_first(new, place)
        else:
            new.replace(place)
    finally:
        new.unlink(missing_ok=True)
    flush_folder(place.parent)


def link_first(new: Path, place: Path) -> None:
    """Give a file its name unless there is one of that name."""
    try:
        os.link(new, place)
    except FileExistsError:
        return


def flush_folder(folder: Path) -> None:
    """Flush to the disk which names a folder holds."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
