"""Erasing again, after a restore, what was erased since the backup was made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Q

from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Upload
from adaldyq.kernel.models.uploads import HELD, REMOVED
from adaldyq.kernel.uploads.actions import expire_upload, remove_upload
from adaldyq.ledger import erasures
from adaldyq.ledger.actions import forget

TOGETHER = 500


@dataclass(slots=True)
class Replayed:
    """How many ledger lines were forgotten again, and how many files removed."""

    lines: int = 0
    files: int = 0


def replayed(one: Replayed) -> Recorded:
    """The ledger line: how much was erased again."""
    facts: dict[str, object] = {"lines": one.lines, "files": one.files}
    return Recorded([facts], facts)


def batches(kind: str) -> Iterator[list[str]]:
    """Names of what was erased, some at a time."""
    names = (name for found, name in erasures.erased() if found == kind)
    while batch := list(islice(names, TOGETHER)):
        yield batch


@act("kernel.erasure.replay", records=replayed)
def replay_erasures(*, by: Actor, at: datetime) -> Replayed:
    """Erase again what is noted outside the backups.

    Raises:
        NotAllowed: `by` is not the system.
    """
    require(by.system, "kernel.erasure.replay")
    done = Replayed()
    for names in batches(erasures.LINE):
        done.lines += forget(Q(reference__in=names))
    for places in batches(erasures.FILE):
        for upload in Upload.objects.filter(place__in=places).exclude(state=REMOVED):
            erase = expire_upload if upload.state == HELD else remove_upload
            erase(upload=upload, by=by, at=at)
            done.files += 1
    return done
