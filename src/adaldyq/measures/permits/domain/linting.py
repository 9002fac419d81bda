"""The linter of procedures: what no procedure may be published with.

A step that nobody reaches; a loop; a step that leads nowhere; an official's step without a deadline or without an appeal to
somebody else; one person who holds both keys, to verify and to decide; a way to a permit that passes by one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PermitKind
from adaldyq.measures.permits.domain.procedures import Key, Named, Procedure, Side, Step

GRANTED, NOTED, REFUSED, RETURNED = "granted", "noted", "refused", "returned"


def lint(procedure: Procedure, languages: Collection[str] = (), kind: PermitKind | None = None) -> list[DomainError]:
    """Everything that is wrong with a procedure, in the order of its steps; nothing when it may be published.

    Args:
        languages: in which everything must be named.
        kind: of the entry, where it is known. Only what is a notification may be noted without both keys.
    """
    return [
        *named(procedure, languages),
        *known(procedure),
        *reached(procedure),
        *loops(procedure),
        *bound(procedure),
        *keys(procedure),
        *passed_by(procedure, kind),
        *taken_by_wrong_side(procedure),
        *returns(procedure),
        *unspoken(procedure),
    ]


def steps_of(procedure: Procedure) -> Mapping[str, Step]:
    """Steps by their id."""
    return {one.id: one for one in procedure.steps}


def places(procedure: Procedure) -> list[Named]:
    """Where an application may be: steps, then ends."""
    return [*procedure.steps, *procedure.ends]


def named(procedure: Procedure, languages: Collection[str]) -> Iterator[DomainError]:
    """What is not named in every language, and ids that stand twice."""
    parts: list[Named] = [*procedure.participants, *procedure.steps, *procedure.ends]
    parts += [answer for step in procedure.steps for answer in step.answers]
    for part in parts:
        missing = [one for one in languages if one not in part.names]
        if missing:
            yield DomainError("procedure-untranslated", field="text", step=part.id, language=missing[0])
    listed = [[one.id for one in places(procedure)], [one.id for one in procedure.participants]]
    listed += [[answer.id for answer in step.answers] for step in procedure.steps]
    for ids in listed:
        for twice, count in Counter(ids).items():
            if count > 1:
                yield DomainError("procedure-twice", field="text", step=twice)


def known(procedure: Procedure) -> Iterator[DomainError]:
    """Steps and participants that are named and are not there."""
    there = {one.id for one in places(procedure)}
    people = {one.id for one in procedure.participants}
    if procedure.start not in steps_of(procedure):
        yield DomainError("procedure-unknown-step", field="text", step="start", value=procedure.start)
    for step in procedure.steps:
        for answer in step.answers:
            if answer.to not in there:
                yield DomainError("procedure-unknown-step", field="text", step=step.id, value=answer.to)
        for person in filter(None, (step.by, step.appeal)):
            if person not in people:
                yield DomainError("procedure-unknown-participant", field="text", step=step.id, value=person)
        if step.silence and step.silence not in {one.id for one in step.answers}:
            yield DomainError("procedure-unknown-answer", field="text", step=step.id, value=step.silence)


def reached(procedure: Procedure) -> Iterator[DomainError]:
    """Steps and ends that no way leads to."""
    steps, seen, next_ones = steps_of(procedure), set[str](), [procedure.start]
    while next_ones:
        one = next_ones.pop()
        if one not in seen:
            seen.add(one)
            next_ones += [answer.to for answer in steps[one].answers] if one in steps else []
    for part in places(procedure):
        if part.id not in seen:
            yield DomainError("procedure-unreachable", field="text", step=part.id)


def loops(procedure: Procedure) -> Iterator[DomainError]:
    """A way that comes back to where it was, told once; what is asked of the applicant again is a new application."""
    steps = steps_of(procedure)
    done: set[str] = set()
    for start in steps:
        way: list[str] = []
        stack: list[tuple[str, int]] = [(start, 0)] if start not in done else []
        while stack:
            one, place = stack.pop()
            if place == 0:
                way.append(one)
            targets = [answer.to for answer in steps[one].answers if answer.to in steps]
            if place >= len(targets):
                done.add(way.pop())
                continue
            stack.append((one, place + 1))
            target = targets[place]
            if target in way:
                yield DomainError("procedure-loop", field="text", step=target, way=" → ".join([*way, target]))
                return
            if target not in done:
                stack.append((target, 0))


def bound(procedure: Procedure) -> Iterator[DomainError]:
    """Steps without a deadline, and those of officials without an appeal to somebody else."""
    sides = {one.id: one.side for one in procedure.participants}
    for step in procedure.steps:
        if step.days is None:
            yield DomainError("procedure-no-deadline", field="text", step=step.id)
        if sides.get(step.by) is not Side.OFFICIAL:
            continue
        if step.appeal is None:
            yield DomainError("procedure-no-appeal", field="text", step=step.id)
        elif sides.get(step.appeal) is not Side.APPEAL:
            yield DomainError("procedure-own-appeal", field="text", step=step.id, value=step.appeal)


def keys(procedure: Procedure) -> Iterator[DomainError]:
    """Participants who hold both keys, and keys in the hands of the applicant."""
    held: dict[Key, set[str]] = {key: {one.by for one in procedure.steps if one.key is key} for key in Key}
    for person in sorted(held[Key.VERIFY] & held[Key.DECIDE]):
        yield DomainError("procedure-both-keys", field="text", value=person)
    if held[Key.DECIDE] and not held[Key.VERIFY]:
        yield DomainError("procedure-no-verifier", field="text")
    applicants = {one.id for one in procedure.participants if one.side is Side.APPLICANT}
    for person in sorted(applicants & (held[Key.VERIFY] | held[Key.DECIDE])):
        yield DomainError("procedure-applicant-decides", field="text", value=person)


def passed_by(procedure: Procedure, kind: PermitKind | None) -> Iterator[DomainError]:
    """Answers that end well before somebody verified and then somebody decided, or that refuse without the deciding key."""
    outcomes = {one.id: one.outcome for one in procedure.ends}
    kept = {GRANTED, NOTED} if kind in {PermitKind.LICENCE, PermitKind.PERMIT} else {GRANTED}
    steps, seen, next_ones = steps_of(procedure), set[tuple[str, int]](), [(procedure.start, 0)]
    told = set[tuple[str, str]]()
    while next_ones:
        one = next_ones.pop()
        if one in seen or one[0] not in steps:
            continue
        seen.add(one)
        step, used = steps[one[0]], turned(steps[one[0]].key, one[1])
        for answer in step.answers:
            outcome = outcomes.get(answer.to)
            if outcome in kept and used < len(Key) and (step.id, answer.to) not in told:
                told.add((step.id, answer.to))
                yield DomainError("procedure-key-passed-by", field="text", step=step.id, value=answer.to)
            next_ones.append((answer.to, used))
    for step in procedure.steps:
        for answer in step.answers:
            if outcomes.get(answer.to) == REFUSED and step.key is not Key.DECIDE:
                yield DomainError("procedure-refused-without-key", field="text", step=step.id, value=answer.to)


def turned(key: Key | None, used: int) -> int:
    """How many keys were used in their order once a step was taken: first to verify, then to decide."""
    order = (Key.VERIFY, Key.DECIDE)
    return used + 1 if used < len(order) and key is order[used] else used


def taken_by_wrong_side(procedure: Procedure) -> Iterator[DomainError]:
    """Steps of whoever hears appeals, applicants who end their own application well, and a verifier whose silence verifies."""
    sides = {one.id: one.side for one in procedure.participants}
    good = {one.id for one in procedure.ends if one.outcome in {GRANTED, NOTED}}
    for step in procedure.steps:
        if sides.get(step.by) is Side.APPEAL:
            yield DomainError("procedure-appeal-steps", field="text", step=step.id, value=step.by)
        if sides.get(step.by) is Side.APPLICANT and good & {one.to for one in step.answers}:
            yield DomainError("procedure-applicant-grants", field="text", step=step.id)
        if step.key is Key.VERIFY and step.silence:
            yield DomainError("procedure-silence-verifies", field="text", step=step.id)


def returns(procedure: Procedure) -> Iterator[DomainError]:
    """Steps after the first that return an application: whoever is past them has heard of everything that is missing."""
    back = {one.id for one in procedure.ends if one.outcome == RETURNED}
    for step in procedure.steps:
        if step.id != procedure.start and any(answer.to in back for answer in step.answers):
            yield DomainError("procedure-late-return", field="text", step=step.id)


def unspoken(procedure: Procedure) -> Iterator[DomainError]:
    """Silence that returns or refuses: both name what is wrong, and silence names nothing, so it would never speak."""
    against = {one.id for one in procedure.ends if one.outcome in {RETURNED, REFUSED}}
    for step in procedure.steps:
        if any(answer.id == step.silence and answer.to in against for answer in step.answers):
            yield DomainError("procedure-silence-refuses", field="text", step=step.id, value=step.silence)


def longest(procedure: Procedure, start: str = "") -> int:
    """Working days of officials on the longest way through a procedure without a loop, or from one of its steps on."""
    steps = steps_of(procedure)
    sides = {one.id: one.side for one in procedure.participants}
    known_days: dict[str, int] = {}
    for one in reversed(ordered(procedure)):
        step = steps[one]
        own = (step.days or 0) if sides.get(step.by) is Side.OFFICIAL else 0
        known_days[one] = own + max((known_days.get(answer.to, 0) for answer in step.answers), default=0)
    return known_days.get(start or procedure.start, 0)


def ordered(procedure: Procedure) -> Sequence[str]:
    """Steps of a procedure without a loop, each before those to which it leads."""
    steps = steps_of(procedure)
    waiting = Counter(answer.to for step in procedure.steps for answer in step.answers if answer.to in steps)
    free, found = [one for one in steps if not waiting[one]], list[str]()
    while free:
        one = free.pop(0)
        found.append(one)
        for answer in steps[one].answers:
            if answer.to in steps:
                waiting[answer.to] -= 1
                if not waiting[answer.to]:
                    free.append(answer.to)
    return found
