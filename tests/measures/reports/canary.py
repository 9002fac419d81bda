"""Looks for words that must stand nowhere in the open: in all tables, the folder of files, and the log."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from tests.held import every_row


def assert_nowhere(words: Iterable[str], caplog: pytest.LogCaptureFixture) -> None:
    """That none of some words stands anywhere, as it is or in hexadecimal."""
    searched = [form for one in words for form in (one.encode(), one.encode().hex().encode())]
    for table, row in every_row():
        assert not any(one.decode() in repr(row) for one in searched), table
    for file in Path(settings.FILES_DIR).rglob("*"):
        assert not file.is_file() or not any(one in file.read_bytes() for one in searched), file
    assert not any(one.decode() in caplog.text for one in searched)
