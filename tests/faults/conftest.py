"""An installation on the database that the tests run on: SQLite, or PostgreSQL where `DATABASE_URL` names one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest

from tests import databases
from tests.faults.installation import Installation
from tests.faults.wrongs import new_installation


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database in which only the migrations have been, to spare its making."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        folder = tmp_path_factory.mktemp("migrated")
        databases.prepare(folder)
        yield f"sqlite:///{folder / databases.NAME}"
        return
    name = f"faults_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {databases.postgresql_template(server)}")
    yield f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def installation(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with a registrar and keys; its parts are not started."""
    made = new_installation(tmp_path_factory.mktemp("faults"), "data", migrated)
    made.prepare()
    return made
