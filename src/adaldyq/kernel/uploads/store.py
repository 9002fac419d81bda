"""Where files lie: one folder, each under a random name, encrypted with age where their purpose says so.

A file is there when its name is there: it is written beside, flushed to the disk and then given its name.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyrage
from django.conf import settings

from adaldyq.base.errors import DomainError

PARTS = 2  # letters of the folder a file lies in, so that no folder grows large
UNFINISHED = ".part"


@cache
def identity(kept: Path, given: str) -> pyrage.x25519.Identity:
    """The key that opens sealed files; made at first use, readable by the program only.

    Args:
        kept: file of the key when the environment gives none.
        given: the key itself, from the environment.
    """
    if given:
        return pyrage.x25519.Identity.from_str(given)
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(str(pyrage.x25519.Identity.generate()))
            new.flush()
            os.fsync(new.fileno())
    except FileExistsError:
        pass
    return pyrage.x25519.Identity.from_str(kept.read_text(encoding="ascii").strip())


def key_file() -> Path:
    """Where the key is kept when the environment gives none."""
    return Path(settings.DATA_DIR) / "files-key"


def key_exists() -> bool:
    """Whether there is a key, without making one."""
    return bool(settings.FILES_KEY) or key_file().exists()


def file_exists(place: str) -> bool:
    """Whether a file lies where it should."""
    return (Path(settings.FILES_DIR) / place).exists()


def key() -> pyrage.x25519.Identity:
    """The key of this installation."""
    return identity(key_file(), settings.FILES_KEY)


def keep(content: bytes, *, sealed: bool) -> str:
    """Write a file and return its place, an address within the folder of files."""
    name = secrets.token_hex(16)
    place = f"{name[:PARTS]}/{name}"
    target = Path(settings.FILES_DIR) / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_suffix(UNFINISHED)
    data = pyrage.encrypt(content, [key().to_public()]) if sealed else content
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    return place


def take(place: str, *, sealed: bool) -> bytes:
    """The content of a file. Nothing of a sealed file is given out unless all of it opened.

    Raises:
        DomainError: `file-gone`, or `file-damaged` when it was changed or another key sealed it.
    """
    try:
        data = (Path(settings.FILES_DIR) / place).read_bytes()
    except FileNotFoundError:
        raise DomainError("file-gone") from None
    if not sealed:
        return data
    try:
        return bytes(pyrage.decrypt(data, [key()]))
    except pyrage.DecryptError:
        raise DomainError("file-damaged") from None


def drop(place: str) -> None:
    """Remove a file; one that is gone already is as it should be."""
    (Path(settings.FILES_DIR) / place).unlink(missing_ok=True)


def places_older_than(instant: float) -> Iterator[str]:
    """Places of files last written before an instant (seconds since 1970), unfinished ones among them."""
    folder = Path(settings.FILES_DIR)
    for file in folder.glob("??/*"):
        try:
            if file.stat().st_mtime < instant:
                yield str(file.relative_to(folder))
        except FileNotFoundError:
            continue
