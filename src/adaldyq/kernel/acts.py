"""Official acts: the only way anything is written.

`@act` opens the transaction, lets the function write, then appends the ledger lines and the event in the
same transaction. Whatever fails takes everything with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from django.db import transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import events, logs
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.gathering import keep_lines
from adaldyq.kernel.measure import held
from adaldyq.kernel.separation import check_act, subject_of
from adaldyq.ledger import actions as ledger
from adaldyq.ledger.leaves import Payload

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Leaves(StrEnum):
    """How many ledger lines an act leaves."""

    ONE = "one"
    PER_RECORD = "one per record"
    PER_BATCH = "one per batch"
    NONE = "none"
    """For what nobody but its writer has to do with yet, such as a draft: the ledger would tell when they write."""

    @property
    def lines(self) -> int | None:
        """How many lines one call leaves; none when that depends on its records."""
        return None if self is Leaves.PER_RECORD else 0 if self is Leaves.NONE else 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """What an act tells the ledger and its listeners.

    Attributes:
        payloads: canonical facts of the act, one per ledger line.
        event: facts for the handlers of the event; ids only, never personal data.
        doers: who did what each line tells, where an act does at once what several people asked for.
    """

    payloads: Sequence[Payload]
    event: Payload
    doers: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """The declaration of an act, read by the house test."""

    name: str
    leaves: Leaves
    function: str
    told_as: str = ""


ACTS: dict[str, Act] = {}
RESULT = "result"
BY, ON_BEHALF_OF = "by", "on_behalf_of"
"""Under which names a line says who acted, and for whom."""

log = structlog.stdlib.get_logger(__name__)
COLLECTED: ContextVar[list[str]] = ContextVar("collected")
PART: ContextVar[bool] = ContextVar("part", default=False)


@contextmanager
def part_of_the_whole(*, part: bool = True) -> Iterator[None]:
    """Acts in here need not be undone by themselves: whatever they raise ends the transaction around them.

    Nobody may catch it before, for the transaction then takes no more statements.

    Args:
        part: false lets acts be undone by themselves again, as those within an act are unless it says otherwise.
    """
    before = PART.set(part)
    try:
        yield
    finally:
        PART.reset(before)


@contextmanager
def collected_receipts() -> Iterator[list[str]]:
    """References of the receipts of all acts that are done while this is open, in their order."""
    references: list[str] = []
    before = COLLECTED.set(references)
    try:
        yield references
    finally:
        COLLECTED.reset(before)


def act(
    name: str,
    *,
    leaves: Leaves = Leaves.ONE,
    records: Callable[[Result], Recorded],
    on: str = "",
    quiet: bool = False,
    told_as: str | Callable[[Result], str] = "",
) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Declare a function as the official act `name`.

    The function takes keyword arguments only, among them `by` (an `Actor`) and `at` (an aware instant),
    checks the right first, and raises a `DomainError` rather than half-write.

    Args:
        name: `room.entity.verb`.
        leaves: how many ledger lines one call leaves.
        records: turns the result into what the ledger and the event say.
        on: the argument that holds what is acted on, or `result`; its event then says so, and nobody does on one
            object two acts that `duties.csv` keeps apart.
        quiet: whether the log is not told.
        told_as: what the public line is called where the name of the act would tell of single people, or what finds
            that of a result; which act it was then stands in the payload.

    Raises:
        ValueError: two acts have one name.
    """

    def declare(function: Callable[Given, Result]) -> Callable[Given, Result]:
        if name in ACTS:
            raise ValueError(f"two acts are called {name}")
        public = "" if callable(told_as) else told_as
        ACTS[name] = Act(name, leaves, f"{function.__module__}.{function.__qualname__}", public)

        @wraps(function)
        def performed(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            by, at = kwargs["by"], kwargs["at"]
            if not isinstance(by, Actor) or not isinstance(at, datetime) or at.tzinfo is None:
                raise TypeError(f"{name} needs `by`, an actor, and `at`, an instant with a time zone")
            with (
                told_of_refusal(name, by, quiet=quiet),
                transaction.atomic(savepoint=not PART.get()),
                part_of_the_whole(part=False),
            ):
                subject = subject_of(kwargs[on]) if on and on != RESULT else ""
                if subject:
                    check_act(name, subject, by.id)
                result = function(*args, **kwargs)
                recorded = records(result)
                if leaves.lines not in {None, len(recorded.payloads)}:
                    raise ValueError(f"{name} must leave {leaves} ledger line, not {len(recorded.payloads)}")
                append_lines(name, told_as(result) if callable(told_as) else told_as, recorded, by, at)
                said = subject_of(result) if on == RESULT else subject
                events.append(name=name, payload=recorded.event, at=at, by=by, subject=said)
                if not quiet:
                    transaction.on_commit(lambda: told(name, by, len(recorded.payloads)))
            return result

        return performed

    return declare


def append_lines(name: str, told_as: str, recorded: Recorded, by: Actor, at: datetime) -> None:
    """Append the ledger lines of an act, and note the references of their receipts for whoever collects them.

    Lines about single people may wait in their measure, in the same transaction.
    """
    if told_as and not recorded.doers and held(told_as, name, recorded.payloads, by=by, at=at):
        return
    named: Payload = {"act": name} if told_as else {}
    doers = recorded.doers or [by] * len(recorded.payloads)
    lines = [{**said, **named, **who(doer)} for said, doer in zip(recorded.payloads, doers, strict=True)]
    holders = [holder_of(doer) for doer in doers]
    references = ledger.append(act=told_as or name, payloads=lines, at=at, holders=holders, keeping=keep_lines)
    if (collected := COLLECTED.get(None)) is not None:
        collected.extend(references)


def told(name: str, by: Actor, lines: int) -> None:
    """Write to the log that an act was done."""
    log.info("act", act=name, lines=lines, **doer_of(by))


@contextmanager
def told_of_refusal(name: str, by: Actor, *, quiet: bool) -> Iterator[None]:
    """Write to the log that an act of a person was refused, with the code of the error; once, by the innermost act.

    What the clock cannot do yet it says by itself.
    """
    try:
        yield
    except DomainError as refused:
        if not (quiet or by.system or refused.logged):
            refused.logged = True
            log.info("refused", act=name, code=refused.code, **doer_of(by))
        raise


def doer_of(by: Actor) -> dict[str, str]:
    """Who acts, as the log says it."""
    return {"process": by.id} if by.system else {"actor": logs.token(by.id)} if by.id else {}


def holder_of(by: Actor) -> str | None:
    """The account that may have its own copy of the receipt; none for a process of the system."""
    return by.id if by.id and not by.system else None


def who(by: Actor) -> Payload:
    """What a ledger line says of the one who acted; of a process of the system, nothing."""
    if by.system or not by.id:
        return {}
    return {BY: by.id, **({ON_BEHALF_OF: by.acting_for} if by.acting_for else {})}
