"""Pages of the ledger read as little of a large log as of a small one: no query of theirs goes through a whole table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from adaldyq.ledger.actions import append
from adaldyq.ledger.cosignatures import cosigner
from adaldyq.ledger.leaves import Payload
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.sequencer import sequence

pytestmark = pytest.mark.django_db
GROWING = ("ledger_leaf", "ledger_storedtile", "ledger_storedcheckpoint", "ledger_storedcosignature")
SCANNED = {"sqlite": r"SCAN ({})\b(?! USING INDEX)", "postgresql": r"Seq Scan on ({})\b"}


def plan(query: str) -> str:
    """How the database would answer, in words of its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # tables of a test are too small to be read otherwise
            cursor.execute(f"EXPLAIN {query}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.fixture
def log(settings: Settings, tmp_path: Path) -> Leaf:
    settings.DATA_DIR = tmp_path
    settings.LEDGER_WITNESSES = f"http://127.0.0.1:9 {cosigner('witness.example/1').verifier}"
    for count in (300, 5):
        with transaction.atomic():
            payloads: list[Payload] = [{"declaration": f"D{number}"} for number in range(count)]
            append(act="declarations.declaration.file", payloads=payloads, at=timezone.now())
        sequence(at=timezone.now())
    return Leaf.objects.get(position=3)


def test_no_page_of_the_ledger_goes_through_a_whole_table(log: Leaf) -> None:
    pages = [
        *("/en/ledger/", "/en/ledger/?by=month", "/en/ledger/history/", "/en/ledger/history/?before=305"),
        f"/en/ledger/receipts/{log.reference}/",
        f"/ledger/receipt/{log.reference}.json",
        *("/ledger/checkpoint", "/ledger/checkpoints/300", "/ledger/tile/0/000", "/ledger/tile/entries/000"),
    ]
    asked: set[str] = set()
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(page).status_code == 200
        asked |= {query["sql"] for query in queries if query["sql"].startswith("SELECT") and "ledger_" in query["sql"]}
    assert len(asked) > len(pages)
    scan = re.compile(SCANNED[connection.vendor].format("|".join(GROWING)))
    found = {query: plan(query) for query in asked}
    assert not {query: how for query, how in found.items() if scan.search(how)}
