"""A migrated database, made once and copied: by each worker for its tests, and into data folders of tests.

To go through all migrations takes several seconds of a core, and a run of all tests would do it some forty times.
The copy is made anew whenever a migration, what it calls, or a library has changed, by `adaldyq migrate` itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
PLACE = ROOT / "var" / "tests"
NAME = "adaldyq.sqlite3"
OUR_IMPORT = re.compile(r"^(?:from|import) (adaldyq[\w.]*)(?: import (\w+))?", re.MULTILINE)


def sources() -> set[Path]:
    """The migrations, and the modules of ours that they call."""
    migrations = set(SOURCE.rglob("migrations/*.py"))
    called = set()
    for file in migrations:
        for module, name in OUR_IMPORT.findall(file.read_text(encoding="utf-8")):
            place = SOURCE / module.replace(".", "/")
            called |= {place.with_suffix(".py"), place / "__init__.py", place / f"{name}.py"}
    return migrations | {file for file in called if file.exists()}


@cache
def fingerprint() -> str:
    """A short text that changes when the migrated database might."""
    libraries = (ROOT / "requirements.txt").read_bytes()
    digest = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version}".encode() + libraries)
    for file in sorted(sources()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def alone(place: Path) -> Iterator[None]:
    """Let one process at a time make what belongs at a place; the others wait."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(**where: str) -> None:
    """Let the product prepare the database that the environment names."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ADALDYQ_COUNTRY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    subprocess.run(
        [sys.executable, "-m", "adaldyq", "migrate"], env=kept | where, stdout=subprocess.DEVNULL, check=True
    )


@cache
def migrated() -> Path:
    """A SQLite file in which only the migrations have been."""
    made = PLACE / f"{fingerprint()}.sqlite3"
    with alone(PLACE / "sqlite"):
        if not made.exists():
            for older in PLACE.glob("*.sqlite3"):
                older.unlink()
            with tempfile.TemporaryDirectory(dir=PLACE) as folder:
                migrate(ADALDYQ_DATA_DIR=folder)
                Path(folder, NAME).rename(made)
    return made


def prepare(data: Path) -> None:
    """Give a data folder the database that `adaldyq migrate` would make in it."""
    shutil.copyfile(migrated(), data / NAME)


@cache
def postgresql_template(server: str) -> str:
    """Name of a migrated database on a PostgreSQL server, for `CREATE DATABASE … TEMPLATE`."""
    made = f"migrated_{fingerprint()}"
    with alone(PLACE / "postgresql"), psycopg.connect(server, autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [made]).fetchone():
            admin.execute("DROP DATABASE IF EXISTS migrating")
            admin.execute("CREATE DATABASE migrating")
            with tempfile.TemporaryDirectory() as folder:
                migrate(ADALDYQ_DATA_DIR=folder, DATABASE_URL=f"{server.rpartition('/')[0]}/migrating")
            admin.execute(f"ALTER DATABASE migrating RENAME TO {made}")
    return made


@contextmanager
def copied(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """While it lasts, Django makes a test database as a copy, and finds no migration left to apply."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = postgresql_template(os.environ["DATABASE_URL"])
        yield
        return
    creation: Any = connection.creation  # the types know only what is public
    kept: list[sqlite3.Connection] = []
    make_empty = creation._create_test_db

    def make_filled(*args: object, **named: object) -> str:
        name: str = make_empty(*args, **named)
        kept.append(sqlite3.connect(name, uri=True))  # a database in memory lasts as long as a connection to it
        with sqlite3.connect(migrated()) as source:
            source.backup(kept[0])
        source.close()
        return name

    creation._create_test_db = make_filled
    try:
        yield
    finally:
        creation._create_test_db = make_empty
        for one in kept:
            one.close()
