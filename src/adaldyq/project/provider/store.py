"""What the test provider keeps: payments, refunds, events, webhooks to be sent, and entries of its account."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adaldyq.project.provider.behaviour import Behaviour

SCHEMA = """
PRAGMA journal_mode=WAL;
CREATE TABLE IF NOT EXISTS payment (
    id TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, request TEXT NOT NULL, merchant_key TEXT NOT NULL, reference TEXT NOT NULL, purpose TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0), currency TEXT NOT NULL, return_url TEXT NOT NULL, webhook_url TEXT NOT NULL,
    language TEXT NOT NULL, state TEXT NOT NULL, method TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '',
    made_at REAL NOT NULL, expires_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS refund (
    id TEXT PRIMARY KEY, key TEXT UNIQUE NOT NULL, payment TEXT NOT NULL REFERENCES payment (id),
    amount INTEGER NOT NULL CHECK (amount > 0), state TEXT NOT NULL, made_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS event (
    id TEXT PRIMARY KEY, payment TEXT NOT NULL REFERENCES payment (id), sequence INTEGER NOT NULL, kind TEXT NOT NULL,
    body TEXT NOT NULL, at REAL NOT NULL, UNIQUE (payment, sequence));
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL REFERENCES event (id), due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    outcome TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due) WHERE outcome = '';
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, payment TEXT, amount INTEGER NOT NULL, currency TEXT NOT NULL,
    reference TEXT NOT NULL, merchant_key TEXT NOT NULL, party TEXT NOT NULL, words TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entry_day ON entry (currency, day);
CREATE TABLE IF NOT EXISTS behaviour (one INTEGER PRIMARY KEY CHECK (one = 1), facts TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Store:
    """A file of SQLite, opened anew by each thread that needs it.

    Attributes:
        file: where it is; its folder is there.
    """

    file: Path

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection, closed afterwards."""
        is_new = not self.file.exists()
        with closing(sqlite3.connect(self.file, timeout=30, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            if is_new:
                connection.executescript(SCHEMA)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection within a transaction: all of it is kept, or nothing."""
        with self.opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows that a query finds."""
        with self.opened() as connection:
            return [dict(row) for row in connection.execute(query, values)]

    def row(self, query: str, *values: object) -> dict[str, Any] | None:
        """The first row that a query finds; none when there is none."""
        return next(iter(self.rows(query, *values)), None)

    def behaviour(self) -> Behaviour:
        """How it is to behave."""
        kept = self.row("SELECT facts FROM behaviour")
        return Behaviour.of(json.loads(kept["facts"])) if kept else Behaviour()

    def behave(self, behaviour: Behaviour) -> None:
        """Behave so from now on."""
        with self.writing() as connection:
            facts = json.dumps(behaviour.facts())
            connection.execute("INSERT OR REPLACE INTO behaviour (one, facts) VALUES (1, ?)", (facts,))
