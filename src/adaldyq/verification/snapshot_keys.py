"""The keys that open snapshots of the country's registers.

Every snapshot has a key of its own, which lies beside its manifest as `key.age`, sealed with the age key of this
installation. So an operator opens one with `age --decrypt --identity snapshots-key key.age`, and a new key of the
installation needs no snapshot to be written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyrage
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private_bytes
from adaldyq.kernel.uploads.store import read_keys
from adaldyq.verification.sealed_parquet import KEY_BYTES

FILE = "snapshots-key"
BESIDE = "key.age"


def key_file() -> Path:
    """Where the keys of this installation are kept, unless the environment gives them."""
    return Path(settings.DATA_DIR) / FILE


def keys() -> Sequence[pyrage.x25519.Identity]:
    """The keys that open snapshots, the one that seals first; none when no snapshot was ever sealed.

    Raises:
        DomainError: `files-key-wrong`.
    """
    if settings.SNAPSHOTS_KEY:
        return read_keys(settings.SNAPSHOTS_KEY, "ADALDYQ_SNAPSHOTS_KEY")
    file = key_file()
    try:
        return read_keys(file.read_text(encoding="utf-8", errors="replace"), str(file))
    except FileNotFoundError:
        return ()


def write_keys(kept: Sequence[pyrage.x25519.Identity], *, fresh: bool = False) -> None:
    """Keep keys, whole or not at all.

    Args:
        fresh: leave a file that another process made first as it is.
    """
    write_private_bytes(key_file(), "".join(f"{one}\n" for one in kept).encode(), fresh=fresh)


def seal(key: bytes, folder: Path) -> None:
    """Put the key of a snapshot into its folder, sealed; the key of the installation is made at first use.

    Raises:
        DomainError: `files-key-wrong`.
    """
    if not keys():
        write_keys([pyrage.x25519.Identity.generate()], fresh=True)
    write_private_bytes(folder / BESIDE, pyrage.encrypt(key, [keys()[0].to_public()]))


def open_in(folder: Path) -> bytes:
    """The key of a snapshot.

    Raises:
        DomainError: `snapshot-closed` when no key that is here opens it; `files-key-wrong`.
    """
    try:
        key = bytes(pyrage.decrypt((folder / BESIDE).read_bytes(), list(keys())))
    except (FileNotFoundError, pyrage.DecryptError):
        key = b""
    if len(key) != KEY_BYTES:
        raise DomainError("snapshot-closed", file=str(folder))
    return key


def is_sealed(folder: Path) -> bool:
    """Whether a snapshot is one that a key opens."""
    return (folder / BESIDE).is_file()


def rotate(folders: Sequence[Path]) -> int:
    """Seal the keys of all snapshots with a new key of the installation, and forget the older ones.

    Killed at any moment, one of the keys that are kept opens each; run again, it ends what it began. Where the
    environment gives the keys, they are sealed with the first one of it, and the operator takes the others out.

    Args:
        folders: of the sealed snapshots.

    Returns:
        How many were sealed anew.

    Raises:
        DomainError: `snapshot-closed`, `files-key-wrong`.
    """
    opened = {folder: open_in(folder) for folder in folders}
    if not settings.SNAPSHOTS_KEY:
        write_keys([pyrage.x25519.Identity.generate(), *keys()])
    for folder, key in opened.items():
        seal(key, folder)
    if not settings.SNAPSHOTS_KEY:
        write_keys(keys()[:1])
    return len(opened)
