"""Sealing files anew after their key was replaced; killed at any moment it has lost nothing, and goes on when run again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyrage
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.uploads import store
from adaldyq.kernel.uploads.queries import kept_by_measures

HEADER = b"age-encryption.org/"

Told = Callable[[int, int], None]
"""Told how many files were looked at, and of how many."""


@dataclass(slots=True)
class Resealed:
    """What came of sealing files anew.

    Attributes:
        files: how many were sealed anew.
        closed: how many no key opens; they were left as they are.
    """

    files: int = 0
    closed: int = 0


def begin_rotation() -> bool:
    """Put a new key before those that are here, unless a rotation is under way already; says whether it was begun.

    Raises:
        DomainError: `files-key-in-environment`: the keys are not ours to write, and only one is given.
    """
    present = store.opening_keys()
    if len(present) > 1:
        return False
    if settings.FILES_KEY:
        raise DomainError("files-key-in-environment")
    store.write_keys([pyrage.x25519.Identity.generate(), *present])
    return True


def reseal(told: Told) -> Resealed:
    """Seal every file with the first key that lies sealed with another one.

    Each is written beside, flushed to the disk and moved over the old one: at any moment one of the keys opens it.
    """
    found, [newest, *others] = Resealed(), store.opening_keys()
    for file, data in sealed_files(told):
        if opens(data, [newest]) is not None:
            continue
        content = opens(data, others)
        if content is None:
            found.closed += 1
            continue
        overwrite(file, pyrage.encrypt(content, [newest.to_public()]))
        found.files += 1
    return found


def retire_keys(told: Told) -> int:
    """Take the older keys away when no file needs them, and return how many they were.

    Raises:
        DomainError: `files-key-in-use`, with how many files need them; `files-key-in-environment`.
    """
    present = store.opening_keys()
    newest, others, needed = present[:1], present[1:], 0
    for _file, data in sealed_files(told):
        needed += opens(data, newest) is None and opens(data, others) is not None
    if needed:
        raise DomainError("files-key-in-use", count=needed)
    if settings.FILES_KEY and others:
        raise DomainError("files-key-in-environment")
    if others:
        store.write_keys(newest)
    return len(others)


def sealed_files(told: Told) -> Iterator[tuple[Path, bytes]]:
    """Files that lie encrypted with keys of the server, and their bytes; one that is removed meanwhile is passed over."""
    folder = Path(settings.FILES_DIR)
    found = sorted(store.places(folder))
    places = sorted(set(found) - kept_by_measures(found))
    for number, place in enumerate(places, 1):
        file = folder / place
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            continue
        if data.startswith(HEADER):
            yield file, data
        told(number, len(places))


def opens(data: bytes, keys: Sequence[pyrage.x25519.Identity]) -> bytes | None:
    """The content that some keys give; None when none of them opens it."""
    try:
        return bytes(pyrage.decrypt(data, list(keys)))
    except pyrage.DecryptError:
        return None


def overwrite(file: Path, data: bytes) -> None:
    """Put other bytes in a file's place, unless it was removed meanwhile."""
    new = file.with_suffix(store.UNFINISHED)
    new.unlink(missing_ok=True)  # of one that was killed
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            new.replace(file)
    finally:
        new.unlink(missing_ok=True)
