"""Makes a backup."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

import pyrage
from django.conf import settings

from adaldyq import __version__
from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_alone
from adaldyq.base.private_files import flush_folder
from adaldyq.kernel.naming import pack
from adaldyq.kernel.uploads import store
from adaldyq.ledger import keys as ledger_keys
from adaldyq.project import env
from adaldyq.project.backups import databases, folders
from adaldyq.project.backups.archive import stream
from adaldyq.project.backups.databases import Facts
from adaldyq.project.backups.manifest import (
    DATABASE_PARTS,
    DEMO,
    FILES,
    FILES_KEY,
    LEDGER_KEY,
    SECRET_KEY,
    SNAPSHOTS_KEY,
    Manifest,
)
from adaldyq.project.backups.sealing import seal
from adaldyq.verification import snapshot_keys

WORK, LOCK = "backup-work", "backup.lock"
PLAIN, SEALED = ".tar", ".tar.age"
UNFINISHED = ".part"

Told = Callable[[str, int, int], None]
"""Told what is done (`database`, `files`), how much of it, and of how much."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies in its place."""

    file: Path
    size: int
    manifest: Manifest


def stem(country: str) -> str:
    """How names of a country's backups begin."""
    return f"adaldyq-{country}-"


def destination_of(given: str) -> Path:
    """The folder or file that was named; one whose name ends with a stroke is a folder, and is made.

    Raises:
        DomainError: `backup-there`: a file stands where the folder would be.
    """
    destination = Path(given)
    if given.endswith(("/", os.sep)):
        try:
            destination.mkdir(mode=0o700, parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise DomainError("backup-there", file=str(destination)) from None
    return destination


def place_of(destination: Path, at: datetime, *, sealed: bool) -> Path:
    """Where a backup goes: a name with its moment in a folder, or the file that was named.

    Raises:
        DomainError: `backup-there`.
    """
    if destination.is_dir():
        ending = SEALED if sealed else PLAIN
        destination /= f"{stem(pack().code)}{at:%Y%m%dT%H%M%SZ}{ending}"
    if destination.exists():
        raise DomainError("backup-there", file=str(destination))
    return destination


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder for what is not yet encrypted, on the disk where the data lies; one backup or restore at a time.

    Raises:
        DomainError: `backup-under-way`.
    """
    data = Path(settings.DATA_DIR)
    with held_alone(data / LOCK, "backup-under-way"):
        work = data / WORK
        shutil.rmtree(work, ignore_errors=True)  # of one that was killed
        work.mkdir(mode=0o700)
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)


def take_backup(
    place: Path, *, to: Sequence[pyrage.x25519.Recipient], with_ledger_key: bool, at: datetime, told: Told
) -> Made:
    """Write a backup of everything that cannot be made again. It has its name only when it is whole and on the disk.

    Args:
        place: the file.
        to: age recipients; none leaves it open.
        with_ledger_key: whether the private keys that sign the ledger are in it.

    Raises:
        DomainError: `database-not-prepared`, `backup-under-way`, `disk-full`, `ledger-key-missing`, `pg-…`.
    """
    if not databases.is_prepared():
        raise DomainError("database-not-prepared")
    with workshop() as work:
        part = work / DATABASE_PARTS[databases.engine()]
        secrets = secret_parts(with_ledger_key=with_ledger_key)
        found = databases.copy(part, lambda done, total: told("database", done, total))
        parts = Parts([(part.name, part)], secrets, told)
        made: list[Manifest] = []

        def finish(count: int, sums: str) -> Manifest:
            made.append(manifest_of(found, parts, at, count, sums))
            return made[0]

        write(place, stream(parts.all(), finish), to)
        return Made(place, place.stat().st_size, made[0])


def secret_parts(*, with_ledger_key: bool) -> dict[str, bytes]:
    """Private keys that go into the backup, by name of their part.

    Raises:
        DomainError: `ledger-key-missing`: it was asked for, and is not here.
    """
    found = {} if env.given_secret_key() else {SECRET_KEY: str(settings.SECRET_KEY).encode()}
    if with_ledger_key and settings.LEDGER_KEY:
        found[LEDGER_KEY] = f"{settings.LEDGER_KEY}\n".encode()
    elif with_ledger_key:
        file = ledger_keys.file()
        if not file.exists():
            raise DomainError("ledger-key-missing", file=str(file))
        found[LEDGER_KEY] = file.read_bytes()
    return found


def told_apart(secret_key: str) -> str:
    """What tells one secret key from another; worth no more to a guesser than what the key has sealed."""
    return hashlib.sha256(b"adaldyq-backup " + secret_key.encode()).hexdigest()[:16]


class Parts:
    """The parts of a backup in their order.

    Attributes:
        files: how many files people handed in.
        files_keys: keys that open those.
        datasets: names of the imported collections.
        snapshots: how many snapshots of the country's registers.
        pack: folder of the country's own pack, if it has one.
    """

    def __init__(self, first: list[tuple[str, Path]], secrets: dict[str, bytes], told: Told) -> None:
        self.first, self.secrets, self.told = first, secrets, told
        self.files = 0
        self.datasets: list[str] = []
        self.snapshots = 0
        self.pack = folders.own_pack()
        self.files_keys = store.opening_keys()

    def all(self) -> Iterator[tuple[str, Path | bytes | IO[bytes]]]:
        """Name and content of each."""
        yield from self.first
        yield from self.handed_in()
        for file in sorted((Path(settings.DATA_DIR) / "demo").glob("*")):
            if file.is_file() and file.stat().st_size:
                yield f"{DEMO}{file.name}", file
        yield from self.published()
        if not settings.SNAPSHOTS_KEY and (keys := snapshot_keys.keys()):
            yield SNAPSHOTS_KEY, "".join(f"{key}\n" for key in keys).encode()
        if self.pack is not None:
            yield from ((f"{folders.PACK}/{name}", file) for name, file in folders.pack_files(self.pack))
        yield from self.secrets.items()

    def published(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Datasets and snapshots, each as it was at one moment."""
        for kind in folders.KEPT:
            for folder in folders.published(kind):
                with ExitStack() as stack:
                    found = folders.files_of(folder, stack)
                    yield from ((f"{kind}/{folder.name}/{name}", content) for name, content in found.items())
                if found and kind == folders.DATASETS:
                    self.datasets.append(folder.name)
                elif found:
                    self.snapshots += 1

    def handed_in(self) -> Iterator[tuple[str, Path | bytes]]:
        """Files that people handed in, and the keys that open them."""
        folder = Path(settings.FILES_DIR)
        places = sorted(store.places(folder))
        for number, place in enumerate(places, 1):
            yield f"{FILES}{place}", folder / place
            self.told("files", number, len(places))
        self.files = len(places)
        # A key made while files were copied may have sealed some of them; one that was taken away, others.
        self.files_keys = [
            *self.files_keys,
            *(key for key in store.opening_keys() if str(key) not in map(str, self.files_keys)),
        ]
        if not settings.FILES_KEY and self.files_keys:
            yield FILES_KEY, "".join(f"{key}\n" for key in self.files_keys).encode()


def manifest_of(found: Facts, parts: Parts, at: datetime, count: int, sums: str) -> Manifest:
    """What a backup says about itself."""
    return Manifest(
        version=__version__,
        country=pack().code,
        made_at=at.isoformat(),
        engine=databases.engine(),
        migrations=found.migrations,
        tree=found.tree,
        waiting=found.waiting,
        files=parts.files,
        files_keys=[str(key.to_public()) for key in parts.files_keys],
        files_key_inside=not settings.FILES_KEY,
        secret_key=told_apart(str(settings.SECRET_KEY)),
        secret_key_inside=SECRET_KEY in parts.secrets,
        ledger_key_inside=LEDGER_KEY in parts.secrets,
        parts=count,
        sums=sums,
        datasets=parts.datasets,
        snapshots=parts.snapshots,
        pack_inside=parts.pack is not None,
    )


def write(place: Path, pieces: Iterator[bytes], to: Sequence[pyrage.x25519.Recipient]) -> None:
    """Write a file for its owner only, durably, whole or not at all."""
    unfinished = place.with_name(f".{place.name}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)  # of one that was killed
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            seal(pieces, out, to)
            out.flush()
            os.fsync(out.fileno())
        unfinished.rename(place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    flush_folder(place.parent)
