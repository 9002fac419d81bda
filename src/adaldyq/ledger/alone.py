"""One at a time: whoever makes the log's first key, or gives lines their places, over all processes and machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

LOCK = 0x61_64_61_6C_64_79_71  # a number of our own for PostgreSQL's advisory locks: "adaldyq" in ASCII


@contextmanager
def alone(*, patient: bool = False) -> Iterator[bool]:
    """A transaction in which no other sequencer works; false when one does.

    Args:
        patient: wait until the other is done rather than pass by.
    """
    with transaction.atomic():
        if connection.vendor != "postgresql":
            yield True  # transactions of SQLite begin with its one lock for writing
            return
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = on")
            if patient:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
                permitted = True
            else:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                [permitted] = cursor.fetchone()
        yield bool(permitted)
