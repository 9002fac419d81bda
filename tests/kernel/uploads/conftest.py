"""A folder of files of each test, and a scanner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.kernel.uploads.clamd import Scanner


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where files lie."""
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def scanner(settings: Settings) -> Iterator[Scanner]:
    """A scanner of this test."""
    peer = Scanner()
    settings.CLAMD = peer.address
    yield peer
    peer.stop()
