"""Looks for words that must stand nowhere in the open: in all tables, the folder of files, and the log."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


def assert_nowhere(words: Iterable[str], caplog: pytest.LogCaptureFixture) -> None:
    """That none of some words stands anywhere, as it is or in hexadecimal."""
    searched = [form for one in words for form in (one.encode(), one.encode().hex().encode())]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # names of our own tables
            held = repr([[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()])
            assert not any(one.decode() in held for one in searched), table
    for file in Path(settings.FILES_DIR).rglob("*"):
        assert not file.is_file() or not any(one in file.read_bytes() for one in searched), file
    assert not any(one.decode() in caplog.text for one in searched)
