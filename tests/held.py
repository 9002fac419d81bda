"""Everything that the database holds, for tests that look for what must stand nowhere in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

WITHOUT_CONTENT = "content=''"
"""Of such an index of SQLite's no row can be read; what it holds stands in tables of its own, which are read."""


def every_row() -> Iterator[tuple[str, list[object]]]:
    """Each row of each table, with the table's name; bytes as bytes."""
    with connection.cursor() as cursor:
        for table in readable(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')  # names of our own tables
            for row in cursor.fetchall():
                yield table, [bytes(one) if isinstance(one, memoryview) else one for one in row]


def readable(tables: list[str]) -> list[str]:
    """Those of some tables whose rows can be read."""
    if connection.vendor != "sqlite":
        return tables
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE %s", [f"%{WITHOUT_CONTENT}%"])
        unread = {name for (name,) in cursor.fetchall()}
    return [one for one in tables if one not in unread]
