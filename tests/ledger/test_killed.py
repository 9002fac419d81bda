"""Sequencers that are killed in the middle of their work, and workers that sign at the same time, leave one whole log."""

from __future__ import annotations

import os
import random
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

pytestmark = pytest.mark.database

PRELUDE = """
import os, sys, django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import transaction
from adaldyq.ledger.actions import append
from adaldyq.ledger.keys import public_keys, signing_keys
from adaldyq.ledger.models import Leaf, StoredCheckpoint
from adaldyq.ledger.sequencer import make_durable, sequence_batch
AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
"""
PREPARE = (
    PRELUDE
    + """
from adaldyq.ledger.guard import Guard
from adaldyq.ledger.sequencer import sequence
call_command("migrate", "ledger", verbosity=0)
with transaction.atomic():
    append(act="room.record.make", payloads=[{}], at=AT)
sequence(at=AT)
Guard.of_settings().keep()
"""
)
WORK = (
    PRELUDE
    + """
make_durable()
for number in range(int(sys.argv[1])):
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": f"{os.getpid()}-{number}"}] * 7, at=AT)
    print("recorded", flush=True)
    sequence_batch(signing_keys(), at=AT, batch=5)
    print("sequenced", flush=True)
"""
)
GUARDED = (
    PRELUDE
    + """
from adaldyq.ledger.guard import Guard, sequence_guarded
guard = Guard.of_settings()
make_durable()
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[1])):
    with transaction.atomic():
        append(act="room.record.make", payloads=[{"record": f"{os.getpid()}-{number}"}] * 7, at=AT)
    sequence_guarded(guard, at=AT)
"""
)
KEPT = """
from django.conf import settings
from pathlib import Path
from adaldyq.ledger.checkpoints import open_checkpoint as opened
kept = opened(Path(settings.LEDGER_SEEN).read_text(), public_keys())
assert kept.size == stored[-1].size, "what was signed last is not what is remembered outside the backups"
"""
CHECK = (
    PRELUDE
    + """
from adaldyq.ledger.checkpoints import open_checkpoint
from adaldyq.ledger.merkle import Frontier, leaf_hash, tree_root
from adaldyq.ledger.sequencer import sequence
from adaldyq.ledger.store import nodes
sequence(at=AT)
rows = list(Leaf.objects.order_by("position").values_list("position", "entry"))
assert [row[0] for row in rows] == list(range(len(rows))), "a place is missing or taken twice"
roots, frontier = {}, Frontier()
for _position, entry in rows:
    frontier.append(leaf_hash(bytes(entry)))
    roots[frontier.size] = frontier.root()
stored = list(StoredCheckpoint.objects.order_by("size"))
for one in stored:
    assert open_checkpoint(one.note, public_keys()).root == roots[one.size] == bytes(one.root), "a fork"
    assert tree_root(nodes(one.size), one.size) == roots[one.size], "tiles are not those of the lines"
assert stored[-1].size == len(rows)
print(len(rows))
"""
)


class Database:
    """A database of its own, and processes that work on it."""

    def __init__(self, folder: Path, url: str) -> None:
        ours = {"DATABASE_URL": url, "ADALDYQ_DATA_DIR": str(folder)}
        self.environment = os.environ | ours | {"DJANGO_SETTINGS_MODULE": "adaldyq.project.settings"}
        self.run(PREPARE)

    def run(self, code: str, *words: str) -> str:
        """Let a process do its work to the end."""
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def begin(self, times: int, code: str = WORK) -> subprocess.Popen[str]:
        """Begin to record and sequence."""
        command, pipe = [sys.executable, "-c", code, str(times)], subprocess.PIPE
        return subprocess.Popen(command, env=self.environment, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One on SQLite, or on PostgreSQL where the tests have it."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield Database(tmp_path, f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
        return
    name = f"ledger_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield Database(tmp_path, server.rpartition("/")[0] + f"/{name}")
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_a_sequencer_killed_at_any_moment_leaves_a_log_that_continues(database: Database) -> None:
    chance, recorded = random.Random(7), 0  # noqa: S311  # when a test kills is no secret
    for _kill in range(3):
        with database.begin(10_000) as worker:
            assert worker.stdout is not None
            for _line in range(chance.randrange(2, 25)):
                recorded += worker.stdout.readline() == "recorded\n"
            worker.kill()
            recorded += worker.stdout.read().count("recorded\n")
    kept = int(database.run(CHECK))
    assert 1 + 7 * recorded <= kept <= 1 + 7 * (recorded + 3)


def test_workers_that_sign_at_the_same_time_make_one_history(database: Database) -> None:
    workers = [database.begin(25, GUARDED) for _worker in range(2)]
    for worker in workers:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate()
        assert worker.returncode == 0
    assert int(database.run(CHECK + KEPT)) == 1 + 2 * 25 * 7
