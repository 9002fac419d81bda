"""An installation on the database that the tests run on: SQLite, or PostgreSQL where `DATABASE_URL` names one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connection

from tests.faults.installation import Installation
from tests.faults.wrongs import new_installation


@pytest.fixture(scope="session")
def migrated(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of the tests' empty database, to spare its making."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
            with closing(sqlite3.connect(file)) as copy:
                connection.connection.backup(copy)
            yield f"sqlite:///{file}"
            return
        there = connection.settings_dict
        connection.close()
        name = f"{there['NAME']}_faults"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{there["NAME"]}"')
        yield f"postgres://{there['USER']}@{there['HOST']}:{there['PORT']}/{name}"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="module")
def installation(migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with a registrar and keys; its parts are not started."""
    made = new_installation(tmp_path_factory.mktemp("faults"), "data", migrated)
    made.prepare()
    return made
