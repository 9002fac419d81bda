"""Takes a backup in: into an empty installation, or in place of what is there, whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import pyrage
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.kernel.uploads import store
from adaldyq.ledger import keys as ledger_keys
from adaldyq.project import env
from adaldyq.project.backups import databases
from adaldyq.project.backups.archive import walk
from adaldyq.project.backups.folders import ASIDE, put_folders
from adaldyq.project.backups.manifest import (
    DATABASE_PARTS,
    DEMO,
    FILES,
    FILES_KEY,
    LEDGER_KEY,
    SECRET_KEY,
    SNAPSHOTS_KEY,
)
from adaldyq.project.backups.taking import Told
from adaldyq.verification import snapshot_keys

KEYS = (FILES_KEY, SNAPSHOTS_KEY, SECRET_KEY, LEDGER_KEY)
STAGE = ".restoring"
"""Folder, within that of the files, in which they lie until all is there."""
NAME = r"\w[\w.-]*"
PART = re.compile(
    rf"(?:datasets|snapshots)/{NAME}/{NAME}|pack(?:/{NAME})+|"
    r"files/[0-9a-f]{2}/[0-9a-f]+|demo/[\w-]+\.\w+|(?:files|snapshots|secret|ledger)-key|database\.(?:sqlite3\.gz|dump)"
)


def is_empty() -> bool:
    """Whether nothing is here that a restore would replace."""
    return not databases.has_tables() and not any(store.places(Path(settings.FILES_DIR)))


def name_of_replaced(at: datetime) -> str:
    """Name under which what was there before a restore is kept."""
    return f"replaced_{at:%Y%m%dT%H%M%SZ}".lower()


class Stage:
    """Parts of a backup, taken out beside their places."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.files = Path(settings.FILES_DIR) / STAGE
        shutil.rmtree(self.files, ignore_errors=True)  # of a restore that was killed
        self.files.mkdir(mode=0o700, parents=True)

    def place(self, name: str) -> Path:
        """Where a part is taken out to.

        Raises:
            DomainError: `backup-foreign`: no backup has a part of this name.
        """
        if not PART.fullmatch(name):
            raise DomainError("backup-foreign", file=name)
        return self.files / name.removeprefix(FILES) if name.startswith(FILES) else self.work / name

    def take(self, name: str, content: IO[bytes]) -> None:
        """Take a part out."""
        target = self.place(name)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with target.open("xb") as out:
            shutil.copyfileobj(content, out, 1 << 20)

    def clear(self) -> None:
        """Remove what was not put in its place."""
        shutil.rmtree(self.files, ignore_errors=True)


def restore(archive: Path, place: str, work: Path, *, replaced: str, prepare: Callable[[], int], told: Told) -> int:
    """Put a backup that was checked in place, and bring its tables to this program's version.

    When anything fails, what was there before is there again.

    Args:
        archive: not encrypted.
        place: what the operator calls it.
        work: a folder for what is taken out.
        replaced: name under which what is there is kept; empty when nothing is.
        prepare: applies the migrations that are missing, and tells how many.

    Returns:
        How many migrations were missing.

    Raises:
        DomainError: `restore-in-use`, `pg-…`, or as `archive.walk`.
    """
    stage = Stage(work)
    try:
        found = walk(archive, place, lambda done, total: told("taking", done, total), stage.take)
        with ExitStack() as undone:
            undone.enter_context(databases.put(work / DATABASE_PARTS[found.engine], replaced=replaced))
            undone.enter_context(put_files(stage.files, replaced))
            undone.enter_context(put_folders(work, Path(settings.DATA_DIR) / (f".{replaced}" if replaced else ASIDE)))
            undone.enter_context(put_kept(work / DEMO, Path(settings.DATA_DIR) / "demo"))
            undone.enter_context(put_keys(work))
            return prepare()
    finally:
        stage.clear()


@contextmanager
def put_files(staged: Path, replaced: str) -> Iterator[None]:
    """Move the files into their folder; they are as before when the body fails."""
    folder = Path(settings.FILES_DIR)
    moved: list[tuple[Path, Path]] = []
    try:
        if replaced:
            old = folder / f".{replaced}"
            old.mkdir(mode=0o700)
            move(sorted(folder.glob("??")), old, moved)
        else:
            for left in folder.glob("??"):
                left.rmdir()  # empty, or the restore would have been refused
        move(sorted(staged.glob("??")), folder, moved)
        yield
    except BaseException:
        for source, target in reversed(moved):
            target.replace(source)
        raise


def move(found: list[Path], folder: Path, moved: list[tuple[Path, Path]]) -> None:
    """Move entries to a folder, and note from where to where."""
    for one in found:
        target = folder / one.name
        one.replace(target)
        moved.append((one, target))


@contextmanager
def put_kept(staged: Path, folder: Path) -> Iterator[None]:
    """Copy what tells which sample country is loaded."""
    yield
    if staged.is_dir():
        shutil.copytree(staged, folder, dirs_exist_ok=True)


def brought_first(file: Path, present: Sequence[pyrage.x25519.Identity]) -> list[pyrage.x25519.Identity]:
    """Keys that a backup brings, then those that were here."""
    brought = store.read_keys(file.read_text(encoding="ascii"), file.name)
    known = set(map(str, brought))
    return [*brought, *(key for key in present if str(key) not in known)]


@contextmanager
def put_keys(work: Path) -> Iterator[None]:
    """Put the keys of the backup in place; those that were here are there again when the body fails.

    Keys of files and of snapshots are added before those that are here. A key that signs the ledger is put only where there is none.
    """
    data = Path(settings.DATA_DIR)
    before = {name: (data / name).read_bytes() for name in KEYS if (data / name).exists()}
    try:
        if (work / FILES_KEY).exists() and not settings.FILES_KEY:
            store.write_keys(brought_first(work / FILES_KEY, store.opening_keys()))
        if (work / SNAPSHOTS_KEY).exists() and not settings.SNAPSHOTS_KEY:
            snapshot_keys.write_keys(brought_first(work / SNAPSHOTS_KEY, snapshot_keys.keys()))
        if (work / SECRET_KEY).exists() and not env.given_secret_key():
            write_private(data / SECRET_KEY, (work / SECRET_KEY).read_text(encoding="ascii"))
        if (work / LEDGER_KEY).exists() and not settings.LEDGER_KEY and not ledger_keys.file().exists():
            ledger_keys.write(ledger_keys.read((work / LEDGER_KEY).read_text(encoding="ascii"), LEDGER_KEY))
        yield
    except BaseException:
        for name in KEYS:
            if name in before:
                write_private(data / name, before[name].decode())
            else:
                (data / name).unlink(missing_ok=True)
        raise
