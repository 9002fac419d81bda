"""How an act changes a dated row: it ends the one in force and writes the next; it never edits what was."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, models
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.acts import Recorded
from adaldyq.kernel.periods import day_before, overlapping
from adaldyq.kernel.registry import title_of

Row = TypeVar("Row", bound=models.Model)
SOURCE_LENGTH = 200
SLOTS = 256


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a record comes from: the register or document, and the day on which it said so.

    Raises:
        DomainError: `origin-missing`, `text-too-long`.
    """

    source: str
    as_of: date

    def __post_init__(self) -> None:
        if not self.source.strip():
            raise DomainError("origin-missing", field="source")
        if len(self.source) > SOURCE_LENGTH:
            raise DomainError("text-too-long", field="source", length=len(self.source), limit=SOURCE_LENGTH)

    @property
    def columns(self) -> dict[str, Any]:
        """As columns of a row."""
        return {"source": self.source.strip(), "as_of": self.as_of}


def today(at: datetime) -> date:
    """The country's day of an instant."""
    return timezone.localdate(at)


def length_of(model: type[models.Model], field: str) -> int:
    """How long the text of a column may be."""
    column = model._meta.get_field(field)
    return getattr(column, "max_length", None) or 0


def check_period(since: date | None, until: date | None) -> None:
    """Refuse a period that ends before it begins.

    Raises:
        DomainError: `ends-before-it-begins`.
    """
    if since is not None and until is not None and until < since:
        raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)


def hold(record: Row) -> Row:
    """Lock a record for the rest of the transaction, so that two who change its dated rows take turns.

    Raises:
        DomainError: `no-such-record` when it is no longer there.
    """
    held = type(record)._default_manager.select_for_update().filter(pk=record.pk).first()
    if held is None:
        raise DomainError("no-such-record", field="id", register=title_of(type(record)), value=record.pk)
    return held


def hold_names(register: str, names: Iterable[str]) -> None:
    """Let those who write things of these names in a register take turns until the transaction ends.

    Of a thing that is registered first there is no row to lock. SQLite needs no lock: it lets one transaction write at
    a time, from its beginning on. Names share a few locks, so that a large file does not take one for each.
    """
    if connection.vendor != "postgresql":
        return
    slots = {zlib.crc32(name.encode()) % SLOTS for name in names}
    with connection.cursor() as cursor:
        for slot in sorted(slots):  # in one order, so that nobody waits for somebody who waits for them
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [signed(register), slot])


def signed(register: str) -> int:
    """A register as the number of 32 bits by which PostgreSQL tells locks apart."""
    return zlib.crc32(register.encode()) - 2**31


def end(row: Row, until: date, **changes: object) -> Row:
    """End a dated row that is in force.

    Raises:
        DomainError: `ended-already`, or `ends-before-it-begins`.
    """
    check_period(getattr(row, "valid_from", None), until)
    rows = type(row)._default_manager.filter(pk=row.pk, valid_to__isnull=True)
    if rows.update(valid_to=until, **changes) != 1:
        raise DomainError("ended-already", field="valid_to")
    row.refresh_from_db()
    return row


def follow(rows: models.QuerySet[Row], since: date) -> Row | None:
    """End what is in force among `rows` on the day before `since`, so that another can begin; return it.

    Raises:
        DomainError: `begins-before-the-present` when the present row began on `since` or later, which needs a
            correction and not an event.
    """
    present = rows.filter(valid_to__isnull=True).first()
    if present is None:
        return None
    began: date | None = getattr(present, "valid_from", None)
    if began is not None and began >= since:
        raise DomainError("begins-before-the-present", field="valid_from", since=began)
    return end(present, day_before(since))


def check_free(rows: models.QuerySet[Row], since: date | None, until: date | None) -> None:
    """Refuse a period that shares a day with one of `rows`.

    Raises:
        DomainError: `period-overlaps`, with the period that is in the way.
    """
    other: Any = rows.filter(overlapping(since, until)).first()
    if other is not None:
        raise DomainError(
            "period-overlaps", field="valid_from", since=other.valid_from or "…", until=other.valid_to or "…"
        )


def recorded(register: str, record: models.Model, person: str = "", /, **facts: object) -> Recorded:
    """The ledger line and event of one record: its id, its facts as text, and where they come from."""
    source = {"source": getattr(record, "source", ""), "as_of": written(getattr(record, "as_of", None))}
    line: dict[str, object] = {"register": register, "record": record.pk, **source, **written_facts(facts)}
    return Recorded([line], {"register": register, "record": record.pk, "person": person})


def written_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts in forms that have one exact spelling."""
    return {name: written(value) for name, value in facts.items()}


def written(value: object) -> object:
    """A day as ISO 8601, another value that JSON lacks as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
