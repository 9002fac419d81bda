"""Putting off the last day to file, or exempting, for many people by one act: those of a body, or of a list of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.declarations.actions.relief import (
    EXEMPT,
    EXTEND,
    check_extension,
    check_text,
    check_unanswered,
    check_unpunished,
    exempt_obligation,
    extend_obligation,
)
from adaldyq.measures.declarations.models import NonFiling, Obligation
from adaldyq.measures.declarations.policies import check_self
from adaldyq.measures.declarations.queries.obligations import keeps, may_decide
from adaldyq.measures.declarations.queries.relief_list import MOST, named_people, owed_by, owed_in

TOGETHER = "declarations.obligation.relieve_together"
ACTS = {"extend": EXTEND, "exempt": EXEMPT}
BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Relief:
    """What is decided about whom.

    Attributes:
        what: extend or exempt.
        year: declared year.
        due: the new last day; none for an exemption.
        words: the reason or the ground.
        body: id of a body of whom everybody is meant who has filed nothing; empty when there is none.
        people: numbers or ids, as typed.
    """

    what: str
    year: int
    due: date | None
    words: str
    body: str = ""
    people: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One of those who are meant: what was typed, who it is, the obligation, and what stands in the way."""

    typed: str
    person: str = ""
    obligation: Obligation | None = None
    refused: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Relieved:
    """What came of it, line by line."""

    relief: Relief
    lines: Sequence[Line]

    @property
    def done(self) -> list[Line]:
        """Those of whom it was decided."""
        return [one for one in self.lines if one.refused is None]


def looked_at(relief: Relief, by: Actor, at: datetime) -> list[Line]:
    """What the decision would come to, line by line; nothing is decided.

    Raises:
        DomainError: `reason-missing` or `ground-missing`, `reason-too-long`, `list-empty`, `list-too-long`.
    """
    if relief.what == "extend":
        check_text(relief.words, "words", "reason-missing")
    else:
        check_text(relief.words, "words", "ground-missing")
    lines = [*of_body(relief, by), *of_list(relief, by)]
    if not lines:
        raise DomainError("list-empty", field="people", year=relief.year)
    if len(lines) > MOST:
        raise DomainError("list-too-long", field="people", count=len(lines), limit=MOST)
    return [judged(one, relief, by, day_of(at)) for one in lines]


def of_body(relief: Relief, by: Actor) -> Iterator[Line]:
    """Everybody of the body who has filed nothing for the year and whom the actor may decide about."""
    for one in owed_in(relief.body, relief.year) if relief.body else ():
        if may_decide(by, ACTS[relief.what], one):
            yield Line("", one.person_id, one)


def of_list(relief: Relief, by: Actor) -> Iterator[Line]:
    """Those whose numbers or ids were typed, each once; whom the actor does not keep is as if there were none."""
    typed = [one for one in BETWEEN.split(relief.people) if one]
    people = named_people(typed[: MOST + 1])
    seen: set[str] = set()
    for one in typed[: MOST + 1]:
        person = people.get(one, "")
        if not person:
            yield Line(one, refused=DomainError("list-nobody", value=one))
        elif person in seen:
            yield Line(one, person, refused=DomainError("list-twice"))
        else:
            seen.add(person)
            own = person == by.person
            found = [each for each in owed_by(person, relief.year) if own or may_decide(by, ACTS[relief.what], each)]
            nothing = DomainError("list-owes-nothing", year=relief.year)
            yield from (Line(one, person, each) for each in found)
            if not found:
                yield Line(one, person, refused=nothing)


def judged(line: Line, relief: Relief, by: Actor, today: date) -> Line:
    """The same with what stands in the way."""
    if line.obligation is None:
        return line
    try:
        check_self(by, line.obligation)
        if relief.due is not None:
            check_extension(line.obligation, relief.due, today)
        else:
            check_unanswered(line.obligation)
            check_unpunished(NonFiling.objects.filter(obligation=line.obligation).first())
    except DomainError as refused:
        return Line(line.typed, line.person, line.obligation, refused)
    return line


def seen_of(lines: Sequence[Line]) -> str:
    """A digest of those of whom can be decided, which tells whether they are still the ones that were seen."""
    return digest(sorted(one.obligation.pk for one in lines if one.obligation is not None and one.refused is None))


def recorded(done: Relieved) -> Recorded:
    """The ledger line of the whole: what was decided, of how many, and a digest of their obligations."""
    keys = sorted(one.obligation.pk for one in done.done if one.obligation is not None)
    facts: dict[str, object] = {"what": done.relief.what, "year": done.relief.year, "count": len(keys)}
    return Recorded([{**facts, "digest": digest(keys)}], facts)


@act(TOGETHER, leaves=Leaves.PER_BATCH, records=recorded)
def relieve_together(*, relief: Relief, seen: str, by: Actor, at: datetime) -> Relieved:
    """Put off the last day, or exempt, for all who are meant and of whom nothing stands in the way; each has an own line.

    Args:
        relief: what is decided about whom.
        seen: what `seen_of` said of those who were shown before.

    Raises:
        NotAllowed: `by` keeps no declarations.
        DomainError: as `looked_at`, `list-changed` when others are meant than were seen, or `list-none-left` when
            something stands in the way of everybody.
    """
    require(not by.system and keeps(by), TOGETHER)
    meant = looked_at(relief, by, at)
    if seen_of(meant) != seen:
        raise DomainError("list-changed", field="people")
    lines = [decided(one, relief, by, at) for one in meant]
    if all(one.refused for one in lines):
        raise DomainError("list-none-left", field="people")
    return Relieved(relief, lines)


def decided(line: Line, relief: Relief, by: Actor, at: datetime) -> Line:
    """Decide about one, unless something stands in the way, now or since it was looked at."""
    if line.refused is not None or line.obligation is None:
        return line
    try:
        if relief.due is not None:
            extend_obligation(obligation=line.obligation, due=relief.due, reason=relief.words, by=by, at=at)
        else:
            exempt_obligation(obligation=line.obligation, ground=relief.words, by=by, at=at)
    except NotAllowed:  # whom the actor does not keep was left out; the right itself is gone
        raise
    except DomainError as refused:
        return Line(line.typed, line.person, line.obligation, refused)
    return line
