"""Sees to it that what was erased leaves SQLite's journal too, and that nobody is held up by that.

Removed rows are overwritten in the database, since every connection asks for that. Its journal still holds their pages
as they were before, until all of it is in the database and it is cut off, for which nobody may be reading from it. The
erasing transaction leaves a row; the worker's clock tries at each of its looks, and the row goes once the journal was
empty. PostgreSQL does the like by itself when it vacuums.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Max

from adaldyq.ledger.models import WaitingErasure

JOURNAL = "journal"
MILLISECONDS = 100
"""How long one try may wait for readers. Nobody can write meanwhile; most pages read for less."""


def empty_later() -> None:
    """Let the clock empty the journal once what this transaction erases is committed and no reader keeps it.

    What is rolled back leaves nothing to do, and what is committed is done also after a kill.
    """
    if connection.vendor == "sqlite":
        WaitingErasure.objects.create(kind=JOURNAL, name="")


def empty_waiting() -> bool:
    """Empty the journal when something erased may stand in it, and return whether nothing waits any more.

    It waits a tenth of a second for readers at most; when one keeps the journal, the next call tries again.
    """
    rows = WaitingErasure.objects.filter(kind=JOURNAL)
    newest = rows.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        return True
    if connection.in_atomic_block or not is_emptied():
        return False
    rows.filter(pk__lte=newest).delete()  # what was erased meanwhile has a later row
    return True


def is_emptied() -> bool:
    """Bring everything of the journal into the database and cut it off; whether no reader kept it from that."""
    with connection.cursor() as cursor, soon_given_up(cursor):
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")  # the most of it, which nobody has to wait for
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        kept, _pages, _moved = cursor.fetchone()
        return not kept


@contextmanager
def soon_given_up(cursor: CursorWrapper) -> Iterator[None]:
    """Let statements of this connection wait for others shortly, and afterwards as long as they did before."""
    cursor.execute("PRAGMA busy_timeout")
    (before,) = cursor.fetchone()
    cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {int(before)}")
