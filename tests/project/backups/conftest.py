"""Two installations: one that is backed up, and an empty one in which it is restored."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from tests import databases
from tests.project.conftest import environment, run

ROOT = Path(__file__).resolve().parents[3]
JOURNEY = "import django; django.setup(); from tests.project.backups.journey import main; main()"
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@dataclass
class Place:
    """An installation: a data folder, a database, and what its environment says besides."""

    data: Path
    more: dict[str, str] = field(default_factory=dict)

    def command(self, *words: str, **how: object) -> subprocess.CompletedProcess[str]:
        """Run the command as a person types it."""
        return run(self.data, *words, more=self.more, **how)

    def journey(self, what: str, folder: Path) -> str:
        """Do something within the installation; returns what it printed."""
        with self.doing(what, folder) as process:
            printed, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return printed.strip()

    @contextmanager
    def doing(self, what: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
        """Begin to do something within the installation."""
        words = [sys.executable, "-c", JOURNEY, what, str(folder)]
        with subprocess.Popen(
            words,
            env=environment(self.data, **self.more)
            | {"PYTHONPATH": f"{ROOT}/src:{ROOT}", "DJANGO_SETTINGS_MODULE": "adaldyq.project.settings"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            yield process


def new_place(folder: Path, *, migrated: bool = False) -> Place:
    """An installation on the kind of database that the tests run on, in which nothing is, or only the tables."""
    folder.mkdir(parents=True)
    if not ON_POSTGRESQL:
        if migrated:
            databases.prepare(folder)
        return Place(folder)
    server = os.environ["DATABASE_URL"]
    name = f"backup_{secrets.token_hex(4)}"
    template = databases.postgresql_template(server) if migrated else "template1"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return Place(folder, {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"})


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is remembered of the installation, outside it: receipts, ids, the key of the app."""
    return tmp_path_factory.mktemp("notes")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, notes: Path) -> Place:
    """An installation with acts, files and an account, made once."""
    place = new_place(tmp_path_factory.mktemp("origin") / "data", migrated=True)
    place.journey("prepare", notes)
    return place


@pytest.fixture
def elsewhere(tmp_path: Path) -> Place:
    """Another, empty installation."""
    return new_place(tmp_path / "elsewhere")
