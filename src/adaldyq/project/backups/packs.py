"""Takes the country pack out of a backup: an empty installation cannot begin without it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

from adaldyq.base.errors import DomainError
from adaldyq.project.backups.archive import walk
from adaldyq.project.backups.folders import PACK
from adaldyq.project.backups.manifest import Manifest
from adaldyq.project.backups.restoring import PART
from adaldyq.project.backups.taking import Told

BEGINNING = f"{PACK}/"


def take_pack(archive: Path, place: str, work: Path, target: Path, told: Told) -> Manifest:
    """Write the country pack of a backup, whose every part is held against its hash, to a folder.

    Args:
        archive: not encrypted.
        place: what the operator calls it.
        work: a folder for what is taken out, on any disk.
        target: the folder; it may be there when it is empty.

    Raises:
        DomainError: `folder-not-empty`, `backup-without-pack`, or as `archive.walk`.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DomainError("folder-not-empty", file=str(target))

    def take(name: str, content: IO[bytes]) -> None:
        if not name.startswith(BEGINNING):
            return
        if not PART.fullmatch(name):
            raise DomainError("backup-foreign", file=place)
        file = work / name
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("xb") as out:
            shutil.copyfileobj(content, out)

    found = walk(archive, place, lambda done, total: told("taking", done, total), take)
    if not found.pack_inside:
        raise DomainError("backup-without-pack", file=place, value=found.country)
    shutil.copytree(work / PACK, target, dirs_exist_ok=True)
    return found
