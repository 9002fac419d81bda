"""Connections to the database that threads of one kind lend each other, so that whoever waits for others holds none.

PostgreSQL keeps a process for each connection, and has a hundred as it comes. Many may wait for one another at once, if
only those hold a connection who use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Lent:
    """So many connections, each opened when all others are in use for the first time."""

    def __init__(self, most: int) -> None:
        """Have so many to lend; whoever finds none waits."""
        self.free: SimpleQueue[BaseDatabaseWrapper | None] = SimpleQueue()
        for _one in range(most):
            self.free.put(None)

    def take(self) -> None:
        """Make one of them the connection of this thread, as soon as there is one."""
        if (held := self.free.get()) is not None:
            connections[DEFAULT_DB_ALIAS] = held

    def give_back(self) -> None:
        """Leave this thread without a connection, and let another have it."""
        own = connections[DEFAULT_DB_ALIAS]
        if not own.allow_thread_sharing:
            own.inc_thread_sharing()
        del connections[DEFAULT_DB_ALIAS]
        self.free.put(own)

    @contextmanager
    def borrowed(self) -> Iterator[None]:
        """Hold one while the body lasts."""
        self.take()
        try:
            yield
        finally:
            self.give_back()

    @contextmanager
    def set_down(self) -> Iterator[None]:
        """Hold none while the body waits for others; no transaction may be under way."""
        self.give_back()
        try:
            yield
        finally:
            self.take()
