"""Appends lines to the outbox, and forgets what lines were about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from adaldyq.base.ids import new_id
from adaldyq.ledger import erasures
from adaldyq.ledger.leaves import Payload, commit
from adaldyq.ledger.models import Leaf

BATCH = 2000
FEW = 20
"""Lines that go as one statement; more go by COPY."""
LONGEST_ID = 40


class Line(NamedTuple):
    """A line as it is kept: columns of a `Leaf`, which it becomes only where few are kept."""

    reference: str
    act: str
    recorded_at: datetime
    entry: bytes
    salt: bytes
    payload: str
    subject: str | None
    holder: str | None

    def as_leaf(self) -> Leaf:
        """The same as a record."""
        return Leaf(**self._asdict())


def append(
    *,
    act: str,
    payloads: Sequence[Payload],
    at: datetime,
    holders: Sequence[str | None] = (),
    keeping: Callable[[Sequence[Line]], None] | None = None,
) -> list[str]:
    """Append one line per payload, and return the references of their receipts.

    Args:
        act: `room.entity.verb`; what a payload says under the name of the entity is the record that the line
            is about, by which its receipt is found.
        holders: for each line, the id of the account that acted and may have its own copy of the receipt; None for a
            process, as for all of them when none are given.
        keeping: inserts the lines before the transaction ends, in their order; `keep` when it is not given.

    Raises:
        TransactionManagementError: called outside the act's transaction, where the line and what it
            records could come apart.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a ledger line belongs to the transaction of its act")
    lines = [
        Line(new_id(), act, at, *commit(act, payload, at), subject_of(act, payload), holder)
        for payload, holder in zip(payloads, holders or [None] * len(payloads), strict=True)
    ]
    (keeping or keep)(lines)
    return [line.reference for line in lines]


def keep(lines: Sequence[Line]) -> None:
    """Insert lines in their order; many go to PostgreSQL by COPY."""
    connection = transaction.get_connection()
    if len(lines) <= FEW or connection.vendor != "postgresql":
        Leaf.objects.bulk_create((one.as_leaf() for one in lines), batch_size=BATCH)
        return
    names = ", ".join(Line._fields)  # noqa: SLF001  # as namedtuples tell the names of theirs
    statement = f"COPY {Leaf._meta.db_table} ({names}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copying:
        for line in lines:
            copying.write_row(line)


def subject_of(act: str, payload: Payload) -> str | None:
    """Id of the record that an act is about; None when its payload names none, as that of a batch."""
    _room, _, rest = act.partition(".")
    found = payload.get(rest.partition(".")[0])
    named = isinstance(found, str | int) and not isinstance(found, bool) and 0 < len(str(found)) <= LONGEST_ID
    return str(found) if named else None


def forget(lines: Q) -> int:
    """Destroy salt and payload of lines, and whatever names a record or an account; return how many lines it were.

    The entries stay, so every proof stays valid; without its salt an entry tells nothing about anybody, even to
    one who guesses the payload. A restore forgets them again. Called by an erasure act only, in its transaction.

    Args:
        lines: which lines, such as `Q(subject__in=…)`.

    Raises:
        TransactionManagementError: called outside the transaction of an act.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("an erasure belongs to the transaction of its act")
    found = Leaf.objects.filter(lines, salt__isnull=False)
    erasures.remember_erased(erasures.LINE, found.values_list("reference", flat=True))
    return found.update(salt=None, payload=None, subject=None, holder=None)
