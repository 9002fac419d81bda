"""Two workers that are killed in the middle let each deadline fall exactly once, on both databases."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from adaldyq.base.ids import new_id
from tests import databases

pytestmark = [pytest.mark.database, pytest.mark.journey]
ROOT = Path(__file__).resolve().parents[3]
DEADLINES, SECONDS = 30, 120
COUNT_MISSED = "SELECT count(*) FROM kernel_deadline WHERE state = 'missed'"
Ask = Callable[[str], int]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[dict[str, str], Ask]]:
    """The environment of an empty database of this test, and a way to ask it for a number."""
    server = os.environ.get("DATABASE_URL", "")
    environment = os.environ | {"ADALDYQ_DATA_DIR": str(tmp_path), "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    environment["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
    if not server.startswith("postgres"):
        file = tmp_path / "adaldyq.sqlite3"
        environment.pop("DATABASE_URL", None)
        databases.prepare(tmp_path)
        yield environment, lambda query: asked_of_sqlite(file, query)
        return
    name = f"killed_{new_id().lower()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {databases.postgresql_template(server)}")
        own = f"{server.rpartition('/')[0]}/{name}"
        with psycopg.connect(own, autocommit=True) as reader:
            yield environment | {"DATABASE_URL": own}, lambda query: int(one_of(reader.execute(query).fetchone()))
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def one_of(row: tuple[int, ...] | None) -> int:
    assert row
    return row[0]


def asked_of_sqlite(file: Path, query: str) -> int:
    connection = sqlite3.connect(file, timeout=30)
    try:
        return int(connection.execute(query).fetchone()[0])
    finally:
        connection.close()


def run(environment: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environment, cwd=ROOT, check=True, capture_output=True)


def worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "adaldyq", "worker"]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_until(ask: Ask, number: int) -> None:
    until = time.monotonic() + SECONDS
    while ask(COUNT_MISSED) < number:
        assert time.monotonic() < until, f"{ask(COUNT_MISSED)} of {number} fell"
        time.sleep(0.01)


def test_each_deadline_falls_once_however_the_workers_end(place: tuple[dict[str, str], Ask]) -> None:
    environment, ask = place
    run(environment, "-m", "tests.kernel.deadlines.effects", str(DEADLINES))
    for fallen in (10, DEADLINES):
        both = [worker(environment) for _ in range(2)]
        try:
            wait_until(ask, fallen)
        finally:
            for one in both:
                one.send_signal(signal.SIGKILL)
                one.wait()
    assert ask("SELECT count(*) FROM kernel_account WHERE name = 'by the clock'") == DEADLINES
    assert ask("SELECT count(DISTINCT person_id) FROM kernel_account WHERE name = 'by the clock'") == DEADLINES
    assert ask("SELECT count(*) FROM ledger_leaf WHERE act = 'kernel.deadline.fall'") == DEADLINES
    assert ask("SELECT count(*) FROM kernel_notification WHERE message = 'deadline-missed'") == DEADLINES
    assert ask("SELECT count(*) FROM kernel_deadline WHERE error <> ''") == 0
