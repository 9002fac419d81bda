"""What is erased stands in no file of a database on SQLite, while other connections are open as those of a server are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests import databases
from tests.conftest import shell

ROOT = Path(__file__).parents[3]
ERASES = """
import os, sqlite3, sys, threading
from datetime import timedelta
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
django.setup()
from django.db import connection
from adaldyq.kernel.actor import system
from adaldyq.kernel.chores import due_chores
from adaldyq.measures.reports.actions.retention import erase_due
from adaldyq.measures.reports.models import Report
from tests.factories import AT
from tests.measures.reports.many import Desk
from tests.measures.reports.office import officer, unit

desk = Desk(officer(unit("agency"), "aigul"))
(report,) = desk.close(desk.acknowledge(desk.receive(1, AT, locked_mailbox=b"a locked key " * 5), 1), 20)
report.refresh_from_db()
gone = [bytes(report.lookup)[:16], b"a locked key a locked key"]
data = Path(os.environ["ADALDYQ_DATA_DIR"])
reader = sqlite3.connect(data / "adaldyq.sqlite3", isolation_level=None)
reader.execute("SELECT count(*) FROM sqlite_master").fetchall()

def held():
    connection.cursor().execute("SELECT 1")
    found = b"".join(one.read_bytes() for one in data.glob("adaldyq.sqlite3*"))
    return any(one in found for one in gone)

def night():
    return erase_due(by=system("clock"), at=AT + timedelta(days=365 * 5))

def look():
    due_chores(at=AT, searched=AT)
"""
NOBODY_READS = "print(held(), night(), look(), held())"
SOMEBODY_READS = """
done, refused = threading.Event(), []

def write():
    writer = sqlite3.connect(data / "adaldyq.sqlite3", isolation_level=None, timeout=10)
    while not done.is_set():
        try:
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("COMMIT")
        except sqlite3.OperationalError as error:
            refused.append(str(error))
    writer.close()

reader.execute("BEGIN")
reader.execute("SELECT count(*) FROM sqlite_master").fetchall()
thread = threading.Thread(target=write)
thread.start()
erased = night()
look()
done.set()
thread.join()
before = held()
reader.execute("ROLLBACK")
look()
print(erased, refused, before, held())
"""


def told(folder: Path, program: str) -> str:
    """What a program prints at its end, in a process of its own beside a database of its own."""
    databases.prepare(folder)
    words = [sys.executable, "-c", ERASES + program]
    done = subprocess.run(
        words, env=shell(folder, PYTHONPATH=str(ROOT)), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split("\n")[-2]


def test_the_journal_beside_the_database_holds_no_key_of_an_erased_report(tmp_path: Path) -> None:
    assert told(tmp_path, NOBODY_READS) == "True 1 None False"


def test_a_reader_puts_off_emptying_the_journal_and_nobody_who_writes_is_refused_meanwhile(tmp_path: Path) -> None:
    """Emptying used to hold everybody up for as long as anybody read, until the ledger and the clock were refused."""
    assert told(tmp_path, SOMEBODY_READS) == "1 [] True False"
