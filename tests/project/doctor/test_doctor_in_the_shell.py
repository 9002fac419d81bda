"""`adaldyq doctor` as a person types it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from tests import databases
from tests.project.conftest import Shell


def test_a_new_installation_is_told_step_by_step_what_it_lacks(shell: Shell, data: Path) -> None:
    data.chmod(0o700)
    done = shell("doctor")
    assert done.returncode == 1
    assert "Run `adaldyq migrate`" in done.stdout
    assert "were not looked at" in done.stdout
    databases.prepare(data)
    done = shell("doctor", more={"ADALDYQ_LANGUAGE": "ru"})
    assert done.returncode == 1
    assert done.stdout.count("плохо") == 2, done.stdout  # the line of the worker, and the counts
    assert "adaldyq worker" in done.stdout
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    with sqlite3.connect(data / "adaldyq.sqlite3") as database:
        for loop in ("clock", "events"):
            database.execute("INSERT INTO kernel_heartbeat (node, loop, beat_at) VALUES ('here', ?, ?)", (loop, now))
    done = shell("doctor", more={"ADALDYQ_LANGUAGE": "kk"})
    assert done.returncode == 0, done.stdout
    assert "жаман: 0" in done.stdout


def test_a_database_that_does_not_answer_is_told(shell: Shell) -> None:
    done = shell("doctor", more={"DATABASE_URL": "postgres://nobody:secret@127.0.0.1:1/x"})
    assert done.returncode == 1
    assert "Start it, or correct DATABASE_URL." in done.stdout
    assert "secret" not in done.stdout + done.stderr
