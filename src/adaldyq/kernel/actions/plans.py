"""What a batch of an import will write: made by reading only, then written at once."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from adaldyq.base.errors import DomainError
from adaldyq.kernel import findable
from adaldyq.kernel.actions import name_index
from adaldyq.kernel.actions.facts import keep
from adaldyq.kernel.actions.periods import end
from adaldyq.kernel.models import SourceKey
from adaldyq.kernel.periods import day_before

Values = Mapping[str, Any]
WRITTEN_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file that could be read: its line and its values."""

    line: int
    values: Values

    def day(self, otherwise: date) -> date:
        """The day on which the source said so."""
        stated: date | None = self.values.get("as_of")
        return stated or otherwise


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be taken, and why."""

    line: int
    error: DomainError


@dataclass(frozen=True, slots=True)
class Matched:
    """A row whose record was found by what another source calls it, or by our id."""

    line: int
    key: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from.

    Attributes:
        name: short, under which its keys are kept.
        title: of the register or document, as pages show it.
        as_of: the day on which it said so, for rows that say none.
    """

    name: str
    title: str
    as_of: date


@dataclass(slots=True)
class Plan:
    """What a batch will write, and what it found."""

    register: str
    source: Source
    created: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))
    changes: list[tuple[str, models.Model, dict[str, object], date]] = field(default_factory=list)
    ends: list[tuple[models.Model, date, date]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    matched: list[Matched] = field(default_factory=list)
    lines: list[list[object]] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def writes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.lines)

    @property
    def dated(self) -> list[str]:
        """Ids of new records that say since when something is so."""
        return sorted(
            one.pk
            for model, records in self.created.items()
            if any(column.name in {"valid_from", "registered_date"} for column in model._meta.concrete_fields)
            for one in records
            if one.pk in self.fresh
        )

    @property
    def changed_facts(self) -> list[list[object]]:
        """Ids of records of the register whose facts are others, each with their names."""
        return [[one.pk, sorted(facts)] for name, one, facts, _day in self.changes if name == self.register]

    def create(self, row: Row, record: models.Model, *more: models.Model) -> None:
        """Write a new record, with rows that belong to it."""
        self.new += 1
        self.fresh.add(record.pk)
        self.add(record, *more)
        self.link(row, record.pk)
        self.tell(row, record.pk)

    def end(self, row: Row, present: models.Model, until: date) -> None:
        """End a dated row that is there.

        Raises:
            DomainError: `twice-in-the-file` when it came with this very batch.
        """
        if present.pk in self.fresh:
            raise DomainError("twice-in-the-file", field="valid_to")
        self.ends.append((present, until, row.day(self.source.as_of)))

    def add(self, *records: models.Model) -> None:
        """Write rows."""
        for one in records:
            self.created[type(one)].append(one)

    def link(self, row: Row, record_id: str) -> None:
        """Keep the source's key of a record."""
        if key := row.values.get("key"):
            self.add(SourceKey(register=self.register, source=self.source.name, key=key, record_id=record_id))

    def tell(self, row: Row, record_id: str) -> None:
        """Remember for the ledger what was taken from a row."""
        facts = {name: str(value) for name, value in sorted(row.values.items())}
        self.lines.append([record_id, facts])

    def columns(self, row: Row) -> dict[str, Any]:
        """Source and day of a row as columns."""
        return {"source": self.source.title, "as_of": row.day(self.source.as_of)}

    @property
    def digest(self) -> str:
        """SHA-256 over what was taken, in hexadecimal."""
        return hashlib.sha256(json.dumps(self.lines, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    def write(self) -> None:
        """Write everything, in the act's transaction."""
        for register, record, facts, day in self.changes:
            keep(register, record, tuple(facts), day_before(day))
            columns = {"source": self.source.title, "as_of": day}
            type(record)._default_manager.filter(pk=record.pk).update(**facts, **columns)
        for row, until, day in self.ends:
            end(row, until, source=self.source.title, as_of=day)
        for model, records in self.created.items():
            if model is not SourceKey:
                model._default_manager.bulk_create(records, batch_size=WRITTEN_AT_ONCE)
                findable.refresh(records)
                name_index.keep(records)
        SourceKey.objects.bulk_create(self.created.get(SourceKey, []), batch_size=WRITTEN_AT_ONCE)  # type: ignore[arg-type]  # the list of a model holds that model


class Loader:
    """Turns rows of one kind of file into a plan: looks everything up at once, then takes row after row."""

    register: str

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def look_up(self, rows: Sequence[Row]) -> None:
        """Read what the rows refer to, in few queries."""
        raise NotImplementedError

    def take(self, row: Row) -> None:
        """Plan what one row asks for.

        Raises:
            DomainError: it cannot be taken.
        """
        raise NotImplementedError

    def take_all(self, rows: Sequence[Row]) -> Plan:
        """Plan a batch; what cannot be taken is kept with its reason, and the rest goes on."""
        self.look_up(rows)
        for row in rows:
            try:
                self.take(row)
            except DomainError as error:
                self.plan.refused.append(Refused(row.line, error))
        return self.plan

    def texts(self, rows: Sequence[Row], *columns: str) -> set[str]:
        """What the rows say in some columns."""
        return {row.values[name] for row in rows for name in columns if row.values.get(name)}

    def meant(self, found: Mapping[str, str], row: Row, column: str) -> str | None:
        """The record that a column of a row means; None when it is empty.

        Raises:
            DomainError: `refers-to-nothing`.
        """
        text = row.values.get(column)
        if not text:
            return None
        if text not in found:
            raise DomainError("refers-to-nothing", field=column, value=text)
        return found[text]


def renew(plan: Plan, row: Row, record: models.Model, facts: Values) -> None:
    """Plan the change of undated facts of a record that is there; the newer statement wins.

    Raises:
        DomainError: `older-than-the-register` when the facts differ and the row is not newer than the record.
    """
    changed = {name: value for name, value in facts.items() if getattr(record, name) != value}
    if not changed:
        return
    day, present = row.day(plan.source.as_of), getattr(record, "as_of", None)
    if present is not None and day <= present:
        raise DomainError("older-than-the-register", field=next(iter(changed)), day=present)
    plan.changes.append((plan.register, record, changed, day))
