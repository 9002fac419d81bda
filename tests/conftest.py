"""What all tests share."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import hypothesis
import pytest
from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import translation

from adaldyq.base.garbage import settle
from adaldyq.kernel.models import Account
from adaldyq.kernel.sessions import BEGAN, SEEN
from tests import databases

# `ci`: the same examples each time, and a busy machine is no fault; `default` draws new examples.
hypothesis.settings.load_profile(os.environ.get("ADALDYQ_EXAMPLES", "ci"))

BEGIN_WITH = (
    *("tests/project/test_running.py", "tests/measures/reports/test_canary.py", "tests/project/backups/"),
    *("tests/project/", "tests/faults/", "tests/portal/sign_in/test_e_id.py", "tests/verification/test_rules.py"),
)
USES_A_DATABASE = {"db", "transactional_db", "live_server", "migrated"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a database, leave out what needs another, and let the long files begin, so that none is left for the end."""
    for item in items:
        if item.get_closest_marker("django_db") or USES_A_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip("needs PostgreSQL: make postgresql-all"))
    items.sort(key=lambda item: [not item.nodeid.startswith(long) for long in BEGIN_WITH])


def pytest_collection_finish() -> None:
    """Tell whoever waits for it that all tests have been read in, and their compiled form is kept."""
    settle()
    if place := os.environ.get("ADALDYQ_TESTS_READ"):
        Path(place).touch()


@pytest.fixture(scope="session", autouse=True)
def force_login_stands_for_a_whole_sign_in() -> Iterator[None]:
    """`Client.force_login` leaves the session that a password and a second factor would have left."""
    password_only = Client.force_login

    def both_steps(client: Client, user: Account, backend: str | None = None) -> None:
        password_only(client, user, backend)
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user.pk
        session[BEGAN] = session[SEEN] = time.time()
        session.save()

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(Client, "force_login", both_steps)
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept_from_another_test() -> None:
    """What a web process keeps for a minute is of the database of one test, and a language of one request."""
    caches["recent"].clear()
    translation.deactivate()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Test databases are copies of one that was migrated once."""
    with databases.copied(connection):
        yield


COLLECT = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
django.setup()
from adaldyq.project.assets import collect_when_changed
collect_when_changed()
"""
SECONDS_TO_START = SECONDS_TO_END = 180  # a machine that does much other work too


def shell(data: Path, **more: str) -> dict[str, str]:
    """The environment of a command of ours with a data folder of its own."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ADALDYQ_LANGUAGE", "ADALDYQ_COUNTRY", "ADALDYQ_SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"ADALDYQ_DATA_DIR": str(data), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"} | more


@contextmanager
def serving(
    data: Path, port: int, *words: str, more: Mapping[str, str] | None = None, log: IO[str] | None = None
) -> Iterator[str]:
    """Run a command of ours that serves on a port; gives its address.

    Args:
        log: file for what it writes to its standard error.
    """
    command = [sys.executable, "-m", "adaldyq", *words]
    process = subprocess.Popen(command, env=shell(data, **(more or {})), cwd=data, stderr=log)
    try:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            assert process.poll() is None, "it ended before it took connections"
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS_TO_END)


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small sample country and the static files, made once for all workers; take a copy."""

    def make(data: Path) -> None:
        databases.prepare(data)
        for command in (["-m", "adaldyq", "demo", "--people", "300"], ["-c", COLLECT]):
            subprocess.run([sys.executable, *command], env=shell(data), cwd=data, check=True)

    return made_once(tmp_path_factory, "loaded", make)


@pytest.fixture(scope="session")
def small_country(loaded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small sample country, for servers that write into it."""
    return shutil.copytree(loaded_once, tmp_path_factory.mktemp("served") / "data")


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker which needs it makes; the others wait for it, those of other stages too."""
    base = factory.getbasetemp()
    ours = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place = Path(os.environ.get("ADALDYQ_TESTS_COMMON", ours)) / name
    with databases.alone(place):
        if not place.exists():
            making = place.with_name(f"{name}.making")
            making.mkdir()
            make(making)
            making.rename(place)
    return place
