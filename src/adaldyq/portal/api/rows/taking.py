"""What all operations on rows share: each row is compared with the register, acted on once, and answered by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_type_hints

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import StringConstraints

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import collected_receipts
from adaldyq.kernel.api.documents import Problem
from adaldyq.kernel.api.keys import Key
from adaldyq.kernel.api.values import PRINTABLE, Given
from adaldyq.kernel.idempotency import Answer, fingerprint, once
from adaldyq.kernel.queries.keys import references
from adaldyq.kernel.tokens import behind
from adaldyq.portal.api.events.each import REFUSALS, in_order, problem_of
from adaldyq.portal.api.events.recording import CREATED, Event, record_of

MOST_ROWS = 500
OK = 200
REFERENCE = "#/components/schemas/"
LONGEST_REFERENCE = 40

Reference = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=LONGEST_REFERENCE)]
"""A number that one record has, or our id of it."""

Said = TypeVar("Said", bound=Given)


class Outcome(StrEnum):
    """What a row came to."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stated:
    """The record that a row is about, and what came of it."""

    record: models.Model
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Told:
    """Who says a row, from where and when."""

    origin: Provenance
    by: Actor
    at: datetime

    @property
    def who(self) -> dict[str, Any]:
        """The same as arguments of an act."""
        return {"origin": self.origin, "by": self.by, "at": self.at}

    def change(self, register: str, record: Any, facts: Mapping[str, Any]) -> bool:
        """Change facts of a record that differ from what a row says, and tell whether any did.

        Args:
            facts: by column; what is None is not said.

        Raises:
            DomainError: `older-than-the-register`, or what `change_facts` refuses.
        """
        said = {name: value for name, value in facts.items() if value is not None}
        differing = {name: value for name, value in said.items() if getattr(record, name) != value}
        if not differing:
            return False
        if record.as_of is not None and self.origin.as_of < record.as_of:
            raise DomainError("older-than-the-register", field=next(iter(differing)), day=record.as_of)
        change_facts(register=register, record_id=record.pk, facts=differing, since=self.origin.as_of, **self.who)
        record.refresh_from_db()
        return True


Put = Callable[[Said, Told], Stated]


@dataclass(frozen=True, slots=True)
class RowKind:
    """A kind of row: the route of its operation, the schema of a row, and what brings the register up to one."""

    route: str
    schema: type[Given]
    put: Put[Any]


KINDS: dict[str, RowKind] = {}


class RowsIn(Event):
    """Rows of a register, as the institution's own has them."""

    rows: list[Any] = Field(min_length=1, max_length=MOST_ROWS)


class RowResult(Schema):
    """What became of one row."""

    row: int = Field(description="Which it was, from 1.")
    status: int = Field(description="201 when a record was made, 200 when it was there, else that of the problem.")
    outcome: Outcome | None = Field(None, description="What the row came to; null when it was refused.")
    id: str | None = Field(None, description="Of the record.")
    receipts: list[str] = Field([], description="References of the receipts in the ledger; none when unchanged.")
    replayed: bool = Field(False, description="Whether it had been taken before, under the same key.")
    problem: Problem | None = Field(None, description="Why it was refused.")


class RowsOut(Schema):
    """What became of the rows."""

    created: int
    changed: int
    unchanged: int
    refused: int
    results: list[RowResult]


def rows(router: Router, name: str, *, route: str, summary: str) -> Callable[[Put[Said]], Put[Said]]:
    """Declare a function as what brings a register up to a kind of row, and open its operation.

    The annotation of its first argument is the schema of a row, its docstring the operation's description.

    Args:
        router: of the room.
        name: last part of the address.
        route: name of the address in the access matrix.
    """

    def declare(put: Put[Said]) -> Put[Said]:
        kind = KINDS[name] = RowKind(route, get_type_hints(put)["given"], put)

        def operation(request: HttpRequest, key: Key, given: RowsIn) -> dict[str, Any]:
            return taken(request, key, given, kind)

        operation.__module__, operation.__name__, operation.__doc__ = put.__module__, put.__name__, put.__doc__
        described = {"requestBody": {"content": {"application/json": {"schema": body_of(name)}}}}
        router.post(f"/{name}", response=RowsOut, url_name=route, summary=summary, openapi_extra=described)(operation)
        return put

    return declare


def taken(request: HttpRequest, key: str, given: RowsIn, kind: RowKind) -> dict[str, Any]:
    """Take rows, each once, and answer what became of each."""
    told = Told(given.origin, behind(request), timezone.now())
    whole = key.strip('"') or key

    def take(numbered: tuple[int, Any]) -> dict[str, Any]:
        number, said = numbered
        try:
            answer = taken_once(kind, said, told, fingerprint(whole, str(number)))
        except REFUSALS as error:
            problem = problem_of(error, "row")
            return {"row": number, "status": problem["status"], "problem": problem}
        return {"row": number, "status": answer.status, **answer.facts, "replayed": answer.again}

    results = list(in_order(list(enumerate(given.rows, 1)), take))
    came = Counter("refused" if one.get("problem") else one["outcome"] for one in results)
    return {"results": results, "refused": came["refused"], **{one.value: came[one.value] for one in Outcome}}


def taken_once(kind: RowKind, said: object, told: Told, key: str) -> Answer:
    """Bring the register up to one row, unless it was taken before under its key.

    Raises:
        ValidationError: the row is not as its schema says.
        DomainError: what `once` or the acts refuse.
    """
    given = kind.schema.model_validate(said)

    def perform() -> Answer:
        with collected_receipts() as receipts:
            stated = kind.put(given, told)
        facts = {"id": stated.record.pk, "outcome": stated.outcome.value, "receipts": receipts}
        return Answer(CREATED if stated.outcome is Outcome.CREATED else OK, facts)

    origin = (told.origin.source, told.origin.as_of.isoformat())
    request = fingerprint("POST", reverse(kind.route), *origin, given.model_dump_json())
    return once(owner=told.by.id, key=key, request=request, at=told.at, perform=perform)


def again(
    present: Any, said: Mapping[str, Any], until: date | None, end: Callable[[], models.Model], *, changed: bool = False
) -> Stated:
    """The same dated row again: with a last day that the register lacks, or with nothing new.

    Args:
        said: what a dated row cannot change, by column; what is None is not said.
        until: last day, if the row has one.
        end: ends the row on it.
        changed: whether facts of it were changed before.

    Raises:
        DomainError: `differs-from-the-register`, or what `end` refuses.
    """
    for name, value in said.items():
        if value is not None and getattr(present, name) != value:
            raise DomainError("differs-from-the-register", field=name)
    if until is None or until == present.valid_to:
        return Stated(present, Outcome.CHANGED if changed else Outcome.UNCHANGED)
    if present.valid_to is not None:
        raise DomainError("differs-from-the-register", field="until")
    return Stated(end(), Outcome.CHANGED)


def meant(register: str, text: str, field: str) -> Any:
    """The record that a row refers to by a number or our id.

    Raises:
        DomainError: `refers-to-nothing`, also when two have the number.
    """
    found = references(register, "", [text])
    if text not in found:
        raise DomainError("refers-to-nothing", field=field, value=text)
    return record_of(register, found[text], field)


def body_of(name: str) -> dict[str, Any]:
    """The schema of what the operation of a kind takes, for its OpenAPI description."""
    known = RowsIn.model_json_schema()
    items = {**known["properties"]["rows"], "items": {"$ref": f"{REFERENCE}{KINDS[name].schema.__name__}"}}
    told = {"title": f"Rows: {name}", "description": RowsIn.__doc__}
    return known | told | {"properties": known["properties"] | {"rows": items}}
