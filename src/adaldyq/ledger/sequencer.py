"""Gives waiting lines their place in the tree and signs what the tree then is.

One batch is one transaction: positions, tiles, counts and the signed checkpoint are written together or not at
all, so a process killed between any two steps leaves the log as it was. Only one sequencer is in that transaction
at a time: on PostgreSQL it holds an advisory lock, on SQLite the lock of the writer. Nothing of a batch can be seen
before it is on the disk, so nobody can hold a checkpoint that the log later forgets.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.apps import apps
from django.db import connection
from django.db.models import F
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.ledger.alone import alone
from adaldyq.ledger.checkpoints import Checkpoint, key_lines
from adaldyq.ledger.keys import note_use, signing_keys
from adaldyq.ledger.merkle import leaf_hash
from adaldyq.ledger.models import DayCount, Leaf, StoredCheckpoint
from adaldyq.ledger.notes import Note, SignerKey
from adaldyq.ledger.store import TileMissing, edge_of, newest_checkpoint, write_tiles
from adaldyq.ledger.tiles import Edge

BATCH = 1024

PLACE = "UPDATE ledger_leaf SET position = %s WHERE id = %s AND position IS NULL"
PLACE_ALL = """
    UPDATE ledger_leaf SET position = %s + given.place - 1 FROM unnest(%s::bigint[]) WITH ORDINALITY AS given (id, place)
    WHERE ledger_leaf.id = given.id AND position IS NULL
"""
"""The same of many lines, of which the first gets a position and the others those after it; as PostgreSQL has it."""

Waiting = tuple[int, str, bytes, datetime]
"""Id, act, entry and time of a line without a position."""

Guard = Callable[[StoredCheckpoint | None], None]
"""Raises a `DomainError` when the log must not be continued from its newest checkpoint."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the log ends: its newest checkpoint, if it has one, and its right edge, which agree."""

    checkpoint: StoredCheckpoint | None
    edge: Edge


def never() -> bool:
    """Not be stopped."""
    return False


def sequence(
    *, at: datetime, guard: Guard | None = None, batch: int = BATCH, stopped: Callable[[], bool] = never
) -> int:
    """Sequence all waiting lines, a batch after the other, and return how many there were.

    Args:
        at: now; a checkpoint never gets an earlier time than the one before it.
        guard: asked once before anything is signed.
        stopped: whether to leave what still waits to the next time; asked between batches.

    Raises:
        DomainError: `ledger-key-missing` and others of `keys.signing_keys`; `ledger-tree-damaged`;
            `ledger-key-of-another-log`; or what the guard raises.
    """
    if not Leaf.objects.filter(position=None).exists():
        return 0
    if guard:
        guard(newest_checkpoint())
    signers, count = signing_keys(), 0
    make_durable()
    while not stopped() and (done := sequence_batch(signers, at=at, batch=batch)):
        count += done
    return count


def sequence_batch(signers: Sequence[SignerKey], *, at: datetime, batch: int = BATCH) -> int:
    """Sequence at most `batch` waiting lines and return how many; none when another sequencer is at it.

    Raises:
        DomainError: `ledger-tree-damaged` or `ledger-key-of-another-log`.
    """
    with alone() as permitted:
        lines = waiting(batch) if permitted else []
        if not lines:
            return 0
        head = head_of_log(signers[0].verifier.name)
        first = head.edge.size
        for line in lines:
            head.edge.append(leaf_hash(line[2]))
        write_tiles({**head.edge.full, **head.edge.partial()})
        place(lines, first)
        count_days(lines)
        sign(head, signers, at)
        return len(lines)


def make_durable() -> None:
    """Let SQLite wait for the disk at each commit, so that a power cut cannot take back what was signed."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")


def waiting(most: int) -> list[Waiting]:
    """Lines without a position, in the order in which they were written."""
    rows = Leaf.objects.filter(position=None).order_by("pk").values_list("pk", "act", "entry", "recorded_at")[:most]
    return [(pk, act, bytes(entry), recorded_at) for pk, act, entry, recorded_at in rows]


def head_of_log(origin: str) -> Head:
    """The end of the log, once it is certain that tiles and checkpoint tell the same.

    Raises:
        DomainError: `ledger-tree-damaged`, `ledger-key-of-another-log`.
    """
    last = newest_checkpoint()
    try:
        edge = edge_of(last.size if last else 0)
    except TileMissing as missing:
        raise DomainError("ledger-tree-damaged", tile=str(missing)) from missing
    if Leaf.objects.filter(position__gte=edge.size).exists():
        raise DomainError("ledger-tree-damaged", tile=str(edge.size))
    if last is None:
        return Head(None, edge)
    if not hmac.compare_digest(edge.root(), bytes(last.root)):
        raise DomainError("ledger-tree-damaged", tile=str(last.size))
    known = Checkpoint.parse(Note.parse(last.note).text).origin
    if known != origin:
        raise DomainError("ledger-key-of-another-log", origin=origin, expected=known)
    return Head(last, edge)


def place(lines: Sequence[Waiting], first: int) -> None:
    """Write the positions of lines, from `first` on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(PLACE_ALL, [first, [line[0] for line in lines]])
        else:
            cursor.executemany(PLACE, [(position, line[0]) for position, line in enumerate(lines, first)])
        if cursor.rowcount != len(lines):
            raise DomainError("ledger-tree-damaged", tile=str(first))


def count_days(lines: Sequence[Waiting]) -> None:
    """Add lines to the counts of their days, but those of acts that an app says are not counted."""
    zone = timezone.get_default_timezone()
    passed_over = {act for config in apps.get_app_configs() for act in getattr(config, "uncounted", ())}
    counted = [line for line in lines if line[1] not in passed_over]
    counts = Counter((recorded_at.astimezone(zone).date(), act) for _pk, act, _entry, recorded_at in counted)
    for (day, act), count in counts.items():
        if not DayCount.objects.filter(day=day, act=act).update(count=F("count") + count):
            DayCount.objects.create(day=day, act=act, count=count)


def sign(head: Head, signers: Sequence[SignerKey], at: datetime) -> StoredCheckpoint:
    """Sign the tree as it is now, not earlier than it was signed before."""
    moment = max(at, head.checkpoint.signed_at) if head.checkpoint else at
    note_use(signers, moment)
    named = key_lines(one.verifier for one in signers) if len(signers) > 1 else ()
    checkpoint = Checkpoint(signers[0].verifier.name, head.edge.size, head.edge.root(), named)
    return StoredCheckpoint.objects.create(
        size=checkpoint.size,
        root=checkpoint.root,
        note=str(checkpoint.signed(*signers)),
        signed_at=moment.astimezone(UTC),
    )
