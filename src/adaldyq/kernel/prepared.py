"""A cursor whose statements PostgreSQL reads and plans once for each connection.

Planning a look-up with its joins takes PostgreSQL several times as long as doing it. Statements whose text is always
the same go through here; SQLite's driver keeps such statements by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

Found = TypeVar("Found")


@cache
def vendor() -> str:
    """The kind of database, which is the same as long as a process lives; Django looks for it anew each time."""
    return connections[DEFAULT_DB_ALIAS].vendor


def prepared_cursor() -> Any:
    """A cursor to be closed after use, as `connection.cursor()` is, for statements that come again and again.

    PostgreSQL makes each plan without regard to the values (`plan_cache_mode` in the settings), so a statement must be
    one that an index answers whatever its values are.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    if vendor() != "postgresql":
        return own.cursor()
    from psycopg import Cursor  # noqa: PLC0415  # the driver is read in only when PostgreSQL is used

    own.close_if_health_check_failed()
    own.ensure_connection()
    return own._prepare_cursor(Cursor(own.connection))  # noqa: SLF001  # Django wraps cursors of another kind nowhere else


def as_first(ask: Callable[[], Found]) -> Found:
    """Ask something that writes nothing; the first question of a request shows by itself whether the connection lives.

    Django asks `SELECT 1` before it (`CONN_HEALTH_CHECKS`), which costs as much as a look-up. Where the connection turns
    out to be gone, since the database was started again meanwhile, the question is asked once more on a new one.

    Raises:
        OperationalError, InterfaceError: the database does not answer.
    """
    own: Any = connections[DEFAULT_DB_ALIAS]
    if own.connection is None or own.health_check_done or own.in_atomic_block:
        return ask()
    own.health_check_done = True
    try:
        return ask()
    except (OperationalError, InterfaceError):
        own.close()
        return ask()
