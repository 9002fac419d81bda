"""Remembers, outside every backup, what was erased, so that a restore erases it again.

A backup holds what was erased since it was made. The file says which it was by opaque names only: the reference of a
ledger line, the random name of a file, or the hash of a person's random id. A name is written in the erasure's own
transaction to a row that waits, and the row goes once the file holds the name on the disk: whoever is killed in between
leaves the row to the worker.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import models, transaction

from adaldyq.base.private_files import flush_folder
from adaldyq.ledger.journal import JOURNAL
from adaldyq.ledger.models import WaitingErasure

log = logging.getLogger(__name__)

LINE, FILE, PERSON = "line", "file", "person"
TOGETHER = 500


def remember_erased(kind: str, names: Iterable[str]) -> None:
    """Note what this transaction erases: in it as rows that wait, and in the file as soon as it is committed.

    When the file cannot be written then, the erasure stands, its rows wait, and the worker tries again.

    Args:
        kind: `line` for lines of the ledger, `file` for files, `person` for people.
        names: references of lines, places of files, or what `digest` makes of ids of people.

    Raises:
        TransactionManagementError: called outside the transaction that erases.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("what was erased is noted in the transaction that erases it")
    rows = [WaitingErasure(kind=kind, name=name) for name in names]
    if rows:
        WaitingErasure.objects.bulk_create(rows, batch_size=TOGETHER)
        transaction.on_commit(note_waiting, robust=True)


def digest(person_id: str) -> str:
    """What stands for a person's id in the file: it finds the id again and does not tell it."""
    return hashlib.sha256(f"{PERSON}:{person_id}".encode()).hexdigest()


def not_noted() -> models.QuerySet[WaitingErasure]:
    """Names that the file does not hold yet."""
    return WaitingErasure.objects.exclude(kind=JOURNAL)


def note_waiting() -> int:
    """Write the names that wait to the file, and return how many; those that it does not take go on waiting.

    Two processes at once, or one that is killed after it wrote, note a name twice, which says no more than once.
    """
    count = 0
    while rows := list(not_noted().order_by("pk").values_list("pk", "kind", "name")[:TOGETHER]):
        try:
            write((kind, name) for _pk, kind, name in rows)
        except OSError:
            log.exception("what was erased could not be noted outside the backups; it is tried again")
            break
        WaitingErasure.objects.filter(pk__in=[pk for pk, _kind, _name in rows]).delete()
        count += len(rows)
    return count


def write(names: Iterable[tuple[str, str]]) -> None:
    """Append kinds and names to the file, durably.

    Raises:
        OSError: the file cannot be written.
    """
    place = Path(settings.ERASED)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(json.dumps({"kind": kind, "name": name}) + "\n" for kind, name in names)
    if is_cut_short(place):
        text = "\n" + text
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    flush_folder(place.parent)


def is_cut_short(place: Path) -> bool:
    """Whether the file's last line was never finished, so that what follows must not be joined to it."""
    try:
        with place.open("rb") as file:
            return file.seek(0, os.SEEK_END) > 0 and file.seek(-1, os.SEEK_END) >= 0 and file.read(1) != b"\n"
    except FileNotFoundError:
        return False


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
