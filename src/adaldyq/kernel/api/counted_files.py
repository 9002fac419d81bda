"""Counts as lengths of files, for the processes of one machine: a byte is appended, and the length is the count."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def counted_in_file(folder: Path, name: str, minute: int) -> int:
    """Count a request in a file, and return how many its minute has had; files of earlier minutes are removed."""
    counts = folder / str(minute)
    if not counts.is_dir():
        counts.mkdir(parents=True, exist_ok=True)
        forget_before(folder, minute)
    file = os.open(counts / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, b".")
        return os.lseek(file, 0, os.SEEK_CUR)  # where one's own byte ends, whatever others append meanwhile
    finally:
        os.close(file)


def forget_before(folder: Path, minute: int) -> None:
    """Remove the counts of earlier minutes; the one before stays, since a slow request may still write to it."""
    for old in folder.iterdir():
        if old.name.isdigit() and int(old.name) < minute - 1:
            with suppress(FileNotFoundError):
                shutil.rmtree(old)
