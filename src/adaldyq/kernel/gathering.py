"""Writes that nobody reads before their transaction ends, done together at its end.

An act leaves a line in the ledger and an event, a form its answer, a draft that was filed its rows: each by a statement
of its own, they took longer under load than the record that they are about. PostgreSQL gets them as one statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import DEFAULT_DB_ALIAS, models, transaction

from adaldyq.kernel.compiled import CompiledUpdate
from adaldyq.kernel.inserting import (
    FEW,
    Group,
    Write,
    Written,
    are_few,
    insert_together,
    note_kept,
    write_as_one,
)
from adaldyq.kernel.prepared import vendor
from adaldyq.ledger import actions as ledger


@dataclass(frozen=True, slots=True)
class Later:
    """An update or removal that waits.

    Attributes:
        one: what is raised unless it is exactly one row; nothing when any number is right.
    """

    update: CompiledUpdate
    given: Sequence[object]
    one: Exception | None

    def check(self, count: int) -> None:
        """Hold the number of rows against what was expected."""
        if self.one is not None and count != 1:
            raise self.one


@dataclass(slots=True)
class Waiting:
    """What waits for the end of a transaction."""

    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    texts: list[Written] = field(default_factory=list)
    updates: list[Later] = field(default_factory=list)

    def add(self, group: Group) -> None:
        """Let rows wait beside those of their model."""
        if isinstance(group, Written):
            self.texts.append(group)
        elif group:
            self.rows.setdefault(type(group[0]), []).extend(group)

    def taken(self) -> Waiting:
        """All of it, so that nothing waits any more."""
        held = Waiting(self.rows, self.texts, self.updates)
        self.rows, self.texts, self.updates = {}, [], []
        return held


WAITING: ContextVar[Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered(*, gathering: bool = True) -> Iterator[None]:
    """Let what may be written later be written when the body ends, within the caller's transaction.

    Whatever is raised in the body must end the transaction: what an act left that was undone by itself would be written
    all the same.

    Args:
        gathering: false lets everything be written at once.
    """
    if not gathering:
        yield
        return
    waiting = Waiting()
    before = WAITING.set(waiting)
    try:
        yield
    finally:
        WAITING.reset(before)
    write(waiting)


def insert_later(*groups: Group) -> None:
    """Insert rows, at the end of the transaction where writes are gathered.

    Groups and values must be as `insert_together` takes them. A key that the database counts is not written back to
    the row.
    """
    waiting = WAITING.get()
    if waiting is None:
        insert_together(*groups)
        return
    for group in groups:
        waiting.add(group)


def update_later(update: CompiledUpdate, *given: object, one: Exception | None = None) -> None:
    """Update or remove rows, at the end of the transaction where writes are gathered.

    Args:
        one: what is raised unless it is exactly one row.
    """
    later, waiting = Later(update, given, one), WAITING.get()
    if waiting is None:
        later.check(update(*given))
    else:
        waiting.updates.append(later)


def keep_lines(lines: Sequence[ledger.Line]) -> None:
    """Insert lines of the ledger, as `insert_later`; many at once, in the ledger's own way."""
    if len(lines) > FEW:
        ledger.keep(lines)
    else:
        insert_later([one.as_leaf() for one in lines])


def write_waiting() -> None:
    """Write what has waited so far, for an act that reads what was written before it in its transaction."""
    waiting = WAITING.get()
    if waiting is not None:
        write(waiting.taken())


def write(waiting: Waiting) -> None:
    """Write all that waited."""
    groups: list[Group] = [*waiting.texts, *waiting.rows.values()]
    if vendor() == "postgresql" and are_few(groups):
        writes = [
            Write(one.update.compiled().sql, one.update.compiled().with_values(one.given)) for one in waiting.updates
        ]
        with transaction.mark_for_rollback_on_error(DEFAULT_DB_ALIAS):
            counts = write_as_one(groups, writes)
        note_kept(groups)
    else:
        insert_together(*groups)
        counts = [one.update(*one.given) for one in waiting.updates]
    for one, count in zip(waiting.updates, counts, strict=True):
        one.check(count)
