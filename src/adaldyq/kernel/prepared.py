"""A cursor whose statements PostgreSQL reads and plans once for each connection.

Planning a look-up with its joins takes PostgreSQL several times as long as doing it. Statements whose text is always
the same go through here; SQLite's driver keeps such statements by itself.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


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
