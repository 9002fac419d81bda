"""What is erased stands in no file of a database on SQLite, while other connections are open as those of a server are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests import databases
from tests.conftest import shell

ROOT = Path(__file__).parents[3]
ERASES = """
import os, sqlite3, sys
from datetime import timedelta
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
django.setup()
from django.db import connection
from adaldyq.kernel.actor import system
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
other = sqlite3.connect(data / "adaldyq.sqlite3")
other.execute("SELECT count(*) FROM sqlite_master").fetchall()

def held():
    connection.cursor().execute("SELECT 1")
    found = b"".join(one.read_bytes() for one in data.glob("adaldyq.sqlite3*"))
    return [one in found for one in gone]

print(held(), erase_due(by=system("clock"), at=AT + timedelta(days=365 * 5)), held())
"""


def test_the_journal_beside_the_database_holds_no_key_of_an_erased_report(tmp_path: Path) -> None:
    databases.prepare(tmp_path)
    environment = shell(tmp_path, PYTHONPATH=str(ROOT))
    words = [sys.executable, "-c", ERASES]
    done = subprocess.run(words, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split("\n")[-2:] == ["[True, True] 1 [False, False]", ""], done.stderr[-3000:]
