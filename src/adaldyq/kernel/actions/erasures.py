"""Erasing a person: asked for by one registrar, done by another, and done again after a restore."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import IntegrityError, transaction
from django.db.models import Q

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import erased_rows
from adaldyq.kernel.actions.erased_traces import erase_traces, overwrite_later
from adaldyq.kernel.actions.periods import hold
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import RESULT, Recorded, act
from adaldyq.kernel.deadlines import days
from adaldyq.kernel.erasing import REMOVED as WENT
from adaldyq.kernel.erasing import STAYED, Erasing, erasers
from adaldyq.kernel.models import Erasure, Person, PersonIdentifier, PersonName, Upload
from adaldyq.kernel.models.uploads import HELD, REMOVED
from adaldyq.kernel.policies import require_registrar
from adaldyq.kernel.queries.held import CLOSED_ROOMS
from adaldyq.kernel.queries.history import merged_into, resolve
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import expire_upload, remove_upload
from adaldyq.ledger import erasures
from adaldyq.ledger.actions import forget

TOGETHER = 500
TERM = "person"  # what packs call how long entries about the dead are kept
LONGEST_BASIS, LONGEST_REASON = 300, 2000
SHORTEST_PART = 4  # letters of a part of a name that a reason may not hold; shorter ones stand in many words


def line(erasure: Erasure) -> Recorded:
    """The ledger line of a step: on which ground and how it stands; never of whom."""
    facts: dict[str, object] = {
        "erasure": erasure.pk,
        "ground": erasure.ground,
        "legal_basis": erasure.legal_basis,
        "state": erasure.state,
    }
    return Recorded([facts], {"erasure": erasure.pk, "state": erasure.state})


@act("kernel.erasure.propose", records=line, on=RESULT)
def propose_erasure(
    *, person: Person, ground: Erasure.Ground, legal_basis: str, reason: str, by: Actor, at: datetime
) -> Erasure:
    """Ask that a person be erased with all records; nothing goes before another registrar confirms it.

    Args:
        legal_basis: law and article, or court and number of the decision; it stays, so it may not name the person.
        reason: why the records go; the same.

    Raises:
        NotAllowed: `by` does not keep the register of people, or is the person.
        DomainError: `value-missing`, `text-too-long`, `erasure-names-the-person`, `erasure-proposed-already`, or
            what `forbidden` says.
    """
    people = concerned(person.pk)
    require_eraser(by, "kernel.erasure.propose", people)
    for field, text, limit in (("legal_basis", legal_basis, LONGEST_BASIS), ("reason", reason, LONGEST_REASON)):
        check_text(field, text, limit, people)
    check(people, ground, at)
    facts = {"ground": ground, "legal_basis": legal_basis.strip(), "reason": reason.strip()}
    try:
        with transaction.atomic():
            return Erasure.objects.create(
                person_id=resolve("person", person.pk), proposed_by_id=by.id, proposed_at=at, **facts
            )
    except IntegrityError:
        raise DomainError("erasure-proposed-already", field="person") from None


def require_eraser(by: Actor, act: str, people: Collection[str]) -> None:
    """Stop whoever does not keep the register of people, is no person, or is the one concerned.

    Raises:
        NotAllowed: as said.
    """
    require(not by.system and by.person not in people, act)
    require_registrar(by, act)


def concerned(person_id: str) -> frozenset[str]:
    """Ids of a person's record and of those that were merged into it; none of nobody."""
    if not person_id:
        return frozenset()
    return frozenset(merged_into("person", resolve("person", person_id)))


def check_text(field: str, text: str, limit: int, people: Collection[str]) -> None:
    """Refuse a text that is empty, too long, or tells who was erased.

    Raises:
        DomainError: `value-missing`, `text-too-long` or `erasure-names-the-person`.
    """
    if not text.strip():
        raise DomainError("value-missing", field=field)
    if len(text) > limit:
        raise DomainError("text-too-long", field=field, length=len(text), limit=limit)
    numbers = PersonIdentifier.objects.filter(person_id__in=people).values_list("value", flat=True)
    names = PersonName.objects.filter(person_id__in=people).values_list("text", flat=True)
    parts = {part for name in names for part in name.split() if len(part) >= SHORTEST_PART}
    folded = text.casefold()
    if any(one.casefold() in folded for one in (*people, *numbers, *parts)):
        raise DomainError("erasure-names-the-person", field=field)


def check(people: Collection[str], ground: str, at: datetime) -> None:
    """Refuse to erase whose records the law keeps.

    Raises:
        DomainError: the first that `forbidden` finds.
    """
    for refusal in forbidden(people, ground, at):
        raise refusal


def forbidden(people: Collection[str], ground: str, at: datetime) -> Iterator[DomainError]:
    """Why people may not be erased, over every room: each reason is a refusal with its sentence."""
    day = days.day_of(at)
    if ground == Erasure.Ground.TERM:
        yield from term_runs(people, day, at)
    yield from erased_rows.forbids(people, day)
    for one in erasers():
        yield from one.forbids(people, day)


def term_runs(people: Collection[str], day: date, at: datetime) -> Iterator[DomainError]:
    """That somebody is not known to be dead, or has not been for the pack's term."""
    deaths = list(Person.objects.filter(pk__in=people).values_list("death_date", flat=True))
    known = [one for one in deaths if one is not None]
    if not known:
        yield DomainError("erasure-of-the-living", field="ground")
    elif max(known) >= days.day_of(days.kept_since(at, TERM)):
        yield DomainError("erasure-term-runs", field="ground", until=days.kept_until(max(known), TERM, on=day))


@act("kernel.erasure.confirm", records=line, on="erasure")
def confirm_erasure(*, erasure: Erasure, by: Actor, at: datetime) -> Erasure:
    """Erase a person: records, names, files, messages, sign-in, and what the ledger says in the clear.

    What the law keeps stays under an id that leads to nobody. Every proof of the ledger stays valid.

    Raises:
        NotAllowed: `by` does not keep the register of people, or is the person.
        Conflict: it is no longer proposed.
        DomainError: `acts-apart` when `by` proposed it, or what `forbidden` says by now.
    """
    people = concerned(erasure.person_id)
    require_eraser(by, "kernel.erasure.confirm", people)
    for one in Person.objects.filter(pk__in=people).order_by("pk"):
        hold(one)
    check(people, erasure.ground, at)
    advance(erasure, "confirm", by=by, at=at, decided_by_id=by.id, decided_at=at)
    erasing = erase(people, at)
    Erasure.objects.filter(pk=erasure.pk).update(outcome=outcome(erasing))
    erasure.refresh_from_db()
    return erasure


@act("kernel.erasure.refuse", records=line)
def refuse_erasure(*, erasure: Erasure, by: Actor, at: datetime) -> Erasure:
    """Refuse to erase a person; whoever asked for it may take it back in the same way.

    Raises:
        NotAllowed: `by` does not keep the register of people, or is the person.
        Conflict: it is no longer proposed.
    """
    require_eraser(by, "kernel.erasure.refuse", concerned(erasure.person_id))
    return advance(erasure, "refuse", by=by, at=at, decided_by_id=by.id, decided_at=at)


def erase(people: Collection[str], at: datetime) -> Erasing:
    """Erase people in the transaction of an act, and note it where a restore reads it."""
    erasing = Erasing(frozenset(people), at)
    for one in erasers():
        one.erase(erasing)
    erased_rows.erase_rows(erasing)
    Erasure.objects.filter(person_id__in=people).update(person_id="", state="erased")
    erase_traces(erasing)
    erasures.remember_erased(erasures.PERSON, [erasures.digest(one) for one in sorted(people)])
    overwrite_later()
    return erasing


def outcome(erasing: Erasing) -> list[list[object]]:
    """What went and what stayed, by kind, for the page of the erasure."""
    went: list[list[object]] = [[kind, len(keys), WENT] for kind, keys in sorted(erasing.removed.items())]
    stayed: list[list[object]] = [[kind, count, STAYED] for kind, count in sorted(erasing.stayed.items())]
    return [one for one in (*went, *stayed) if str(one[0]).partition(".")[0] not in CLOSED_ROOMS]


@dataclass(slots=True)
class Replayed:
    """How many ledger lines were forgotten again, how many files removed, and how many people erased."""

    lines: int = 0
    files: int = 0
    people: int = 0


def replayed(one: Replayed) -> Recorded:
    """The ledger line: how much was erased again."""
    facts: dict[str, object] = {"lines": one.lines, "files": one.files, "people": one.people}
    return Recorded([facts], facts)


def batches(kind: str) -> Iterator[list[str]]:
    """Names of what was erased, some at a time."""
    names = (name for found, name in erasures.erased() if found == kind)
    while batch := list(islice(names, TOGETHER)):
        yield batch


@act("kernel.erasure.replay", records=replayed)
def replay_erasures(*, by: Actor, at: datetime) -> Replayed:
    """Erase again what is noted outside the backups.

    Raises:
        NotAllowed: `by` is not the system.
    """
    require(by.system, "kernel.erasure.replay")
    done = Replayed()
    for names in batches(erasures.LINE):
        done.lines += forget(Q(reference__in=names))
    for places in batches(erasures.FILE):
        for upload in Upload.objects.filter(place__in=places).exclude(state=REMOVED):
            remove = expire_upload if upload.state == HELD else remove_upload
            remove(upload=upload, by=by, at=at)
            done.files += 1
    for person in erased_people():
        erase([person], at)
        done.people += 1
    return done


def erased_people() -> list[str]:
    """People who were erased and are here again."""
    noted = {name for kind, name in erasures.erased() if kind == erasures.PERSON}
    if not noted:
        return []
    return [one for one in Person.objects.values_list("pk", flat=True).iterator() if erasures.digest(one) in noted]
