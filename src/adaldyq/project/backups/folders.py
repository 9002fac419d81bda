"""Folders that belong to a backup beside the database: imported datasets, snapshots, and a country's own pack.

Datasets and snapshots are published by a move and removed as a whole, while a backup reads them. So all files of one are
opened together: what is open stays whole, whatever becomes of its folder.
"""

from __future__ import annotations

import filecmp
import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from adaldyq.countries.loader import HERE, folder_of
from adaldyq.verification.snapshots import MANIFEST, Manifest

DATASETS, SNAPSHOTS, PACK = "datasets", "snapshots", "pack"
KEPT = (DATASETS, SNAPSHOTS)
ASIDE = ".replaced"
TRIES = 3


def published(kind: str) -> list[Path]:
    """Folders of a kind that are in their place, by name."""
    folder = Path(settings.DATA_DIR) / kind
    there = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in there if one.is_dir() and not one.name.startswith("."))


def files_of(folder: Path, stack: ExitStack) -> dict[str, IO[bytes]]:
    """The files of a published folder, opened together; none when it is being removed.

    Args:
        stack: closes them.
    """
    found: dict[str, IO[bytes]] = {}
    for _try in range(TRIES):
        try:
            before = folder.stat().st_ino
            names = sorted(one.name for one in folder.iterdir() if one.is_file())
            found = {name: stack.enter_context((folder / name).open("rb")) for name in names}
            if folder.stat().st_ino == before and is_whole(folder, names):
                return found
        except FileNotFoundError:
            continue  # it is being removed or replaced; the one that took its place is tried
    return {}


def is_whole(folder: Path, names: Collection[str]) -> bool:
    """Whether a folder's files are all that its manifest names; of a manifest that cannot be read, it is said to be."""
    text = (folder / MANIFEST).read_bytes()
    try:
        stated = Manifest.model_validate_json(text)
    except ValueError:
        return True
    return {one.file for one in stated.tables.values()} <= set(names)


def own_pack() -> Path | None:
    """The folder of a country pack that did not come with the product; None of one that did."""
    folder = folder_of(settings.COUNTRY)
    return None if folder.parent == HERE else folder


def pack_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Files of a pack, by their path within it."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            file = Path(place) / name
            if not name.startswith(".") and file.is_file():
                yield file.relative_to(folder).as_posix(), file


def is_pack_in_use(brought: Path) -> bool:
    """Whether a pack that was taken out of a backup holds what the one in use holds."""
    here = dict(pack_files(folder_of(settings.COUNTRY)))
    there = dict(pack_files(brought))
    return here.keys() == there.keys() and all(filecmp.cmp(here[one], there[one], shallow=False) for one in here)


@contextmanager
def put_folders(staged: Path, aside: Path) -> Iterator[None]:
    """Move datasets and snapshots of a backup into their place; they are as before when the body fails.

    Args:
        staged: folder that holds them.
        aside: where those that were here are kept.
    """
    data, moved = Path(settings.DATA_DIR), []
    try:
        for kind in KEPT:
            for source, target in ((data / kind, aside / kind), (staged / kind, data / kind)):
                if source.is_dir():
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    source.rename(target)
                    moved.append((source, target))
        yield
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise
