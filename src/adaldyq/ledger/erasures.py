"""Remembers, outside every backup, what was erased, so that a restore erases it again.

A backup holds what was erased since it was made. The file says which it was by opaque names only: the reference of a
ledger line, or the random name of a file. It is written once the erasure is in the database.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

LINE, FILE = "line", "file"


def remember_erased(kind: str, names: Iterable[str]) -> None:
    """Note what this transaction erases, when it is committed.

    When the file cannot be written the erasure stands, and the record says that a restore would not know of it.

    Args:
        kind: `line` for lines of the ledger, `file` for files.
        names: references of lines, or places of files.
    """
    listed = list(names)
    if listed:
        transaction.on_commit(lambda: write(kind, listed))


def write(kind: str, names: list[str]) -> None:
    """Append to the file, durably."""
    place = Path(settings.ERASED)
    text = "".join(json.dumps({"kind": kind, "name": name}) + "\n" for name in names)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        log.exception("what was erased could not be noted outside the backups")


def erased() -> Iterator[tuple[str, str]]:
    """Kind and name of everything that was erased; a line that a crash cut short is passed over."""
    try:
        with Path(settings.ERASED).open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    said = json.loads(line)
                    yield str(said["kind"]), str(said["name"])
                except (ValueError, TypeError, KeyError):
                    continue
    except FileNotFoundError:
        return
