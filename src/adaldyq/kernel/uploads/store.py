"""Where files lie: one folder, each under a random name, encrypted with age where their purpose says so.

A file is there when its name is there: it is written beside, flushed to the disk and then given its name.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import pyrage
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private

PARTS = 2  # letters of the folder a file lies in, so that no folder grows large
UNFINISHED = ".part"
LEFT_FREE = 1_000_000_000
"""Bytes of the disk that files of people whom nobody knows must not take."""


def key_file() -> Path:
    """Where the keys that open sealed files are kept, unless the environment gives them."""
    return Path(settings.DATA_DIR) / "files-key"


def opening_keys() -> Sequence[pyrage.x25519.Identity]:
    """The keys that open sealed files; the first one seals. None when nothing was ever sealed.

    A key that another process has put before is seen at once: the file is read anew when it has changed.

    Raises:
        DomainError: `files-key-wrong`.
    """
    if settings.FILES_KEY:
        return read_keys(settings.FILES_KEY, "ADALDYQ_FILES_KEY")
    file = key_file()
    try:
        state = file.stat()
    except FileNotFoundError:
        return ()
    return kept_keys(file, state.st_ino, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def kept_keys(file: Path, *_state: int) -> Sequence[pyrage.x25519.Identity]:
    """Keys of the file in one state of it."""
    return read_keys(file.read_text(encoding="utf-8", errors="replace"), str(file))


@lru_cache(maxsize=4)
def read_keys(text: str, place: str) -> Sequence[pyrage.x25519.Identity]:
    """Keys of a text, separated by commas or lines.

    Raises:
        DomainError: `files-key-wrong`.
    """
    try:
        return tuple(
            pyrage.x25519.Identity.from_str(one.strip()) for one in text.replace(",", "\n").split("\n") if one.strip()
        )
    except pyrage.IdentityError:
        raise DomainError("files-key-wrong", file=place) from None


def key_exists() -> bool:
    """Whether there is a key, without making one."""
    return bool(settings.FILES_KEY) or key_file().exists()


def file_exists(place: str) -> bool:
    """Whether a file lies where it should."""
    return (Path(settings.FILES_DIR) / place).exists()


def key() -> pyrage.x25519.Identity:
    """The key that seals; made at first use, readable by the program only.

    Raises:
        DomainError: `files-key-wrong`.
    """
    if not opening_keys():
        write_keys([pyrage.x25519.Identity.generate()], fresh=True)
    return opening_keys()[0]


def write_keys(kept: Sequence[pyrage.x25519.Identity], *, fresh: bool = False) -> None:
    """Keep keys, whole or not at all.

    Args:
        fresh: leave a file that another process made first as it is.
    """
    write_private(key_file(), "".join(f"{one}\n" for one in kept), fresh=fresh)


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
        return bytes(pyrage.decrypt(data, list(opening_keys())))
    except pyrage.DecryptError:
        raise DomainError("file-damaged") from None


def drop(place: str) -> None:
    """Remove a file; one that is gone already is as it should be."""
    (Path(settings.FILES_DIR) / place).unlink(missing_ok=True)


def places(folder: Path) -> Iterator[str]:
    """Places of files that are whole."""
    for file in folder.glob("??/*"):
        if file.suffix != UNFINISHED:
            yield str(file.relative_to(folder))


def places_older_than(instant: float) -> Iterator[str]:
    """Places of files last written before an instant (seconds since 1970), unfinished ones among them."""
    folder = Path(settings.FILES_DIR)
    for file in folder.glob("??/*"):
        try:
            if file.stat().st_mtime < instant:
                yield str(file.relative_to(folder))
        except FileNotFoundError:
            continue


def has_room(size: int = 0) -> bool:
    """Whether the disk has room for so many bytes of strangers besides what must stay free."""
    folder = Path(settings.FILES_DIR)
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    return shutil.disk_usage(existing).free >= LEFT_FREE + size
