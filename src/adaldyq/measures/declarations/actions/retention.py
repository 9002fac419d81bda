"""Withdrawing declarations from the public and erasing them, when the pack's terms have passed.

Each batch is an act of its own, and whoever begins again finds only what is left: a run that was stopped is gone on with
by the next, and one that has nothing to do leaves no act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from adaldyq.kernel import search
from adaldyq.kernel.actions.erased_rows import erase_about_removed, take_away
from adaldyq.kernel.actions.erased_traces import overwrite_later
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.erasing import Erasing
from adaldyq.ledger.actions import forget
from adaldyq.measures.declarations.actions.declarations import OFFICIAL
from adaldyq.measures.declarations.actions.freezing import freeze_year
from adaldyq.measures.declarations.actions.settling import BATCH, batches
from adaldyq.measures.declarations.models import (
    SECTION_MODELS,
    Declaration,
    Draft,
    Obligation,
    ReceivedPaper,
    ReviewInquiry,
)
from adaldyq.measures.declarations.models.frozen import OUTCOME, REVIEW
from adaldyq.measures.declarations.policies import CURRENT
from adaldyq.measures.declarations.queries.frozen import frozen_years
from adaldyq.measures.declarations.queries.retention import (
    due,
    free,
    held,
    left_drafts,
    left_files,
    people_due,
    reviewed_before,
    shown_too_long,
)
from adaldyq.verification.actions.erasures import blank_evidence

WITHDRAW, ERASE, ERASE_LEFT = (f"declarations.retention.{verb}" for verb in ("withdraw", "erase", "erase_left"))
ROWS = frozenset(model._meta.label for model in SECTION_MODELS.values())
PUBLISHED = ROWS | {model._meta.label for model in (Declaration, Obligation, ReviewInquiry, ReceivedPaper)}
"""Kinds of record that stand in published tables, and so in evidence of findings."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What a batch did.

    Attributes:
        counts: of records by `app.Model`.
        keys: digest of their ids.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    keys: str = ""


def line(gone: Gone) -> Recorded:
    """The ledger line of a batch: how many of each kind, and a digest of which."""
    return Recorded([{"records": dict(gone.counts), "digest": gone.keys}], {"records": dict(gone.counts)})


@act(WITHDRAW, leaves=Leaves.PER_BATCH, records=line)
def withdraw_from_public(*, declarations: Sequence[str], obligations: Sequence[str], by: Actor, at: datetime) -> Gone:
    """Close declarations and outcomes whose public years have passed; they stay kept until their term ends.

    Raises:
        NotAllowed: `by` is not a process of the system.
    """
    require(by.system, WITHDRAW)
    open_declarations, open_obligations = shown_too_long(day_of(at))
    people = set(open_declarations.filter(pk__in=declarations).values_list("person_id", flat=True))
    counts = {
        Declaration._meta.label: open_declarations.filter(pk__in=declarations).update(is_public=False),
        Obligation._meta.label: open_obligations.filter(pk__in=obligations).update(is_public=False),
    }
    leave_search(people)
    return Gone(counts, digest([*declarations, *obligations]))


def leave_search(people: set[str]) -> None:
    """Let nobody be found any more of whom no declaration is open."""
    for some in batches(people):
        still = set(Declaration.objects.filter(CURRENT, person_id__in=some).values_list("person_id", flat=True))
        search.take_out(OFFICIAL, set(some) - still)


@act(ERASE, leaves=Leaves.PER_BATCH, records=line)
def erase_past_term(*, people: Sequence[str], by: Actor, at: datetime) -> Gone:
    """Erase declarations and obligations of some people whose term has passed, but what an open procedure holds.

    With a declaration go its rows, the draft that it was, files, documents and signatures; what the ledger says of them
    in the clear is destroyed, and findings show its rows, and what was worked out of them, no more. Every proof of the ledger
    stays valid.

    Raises:
        NotAllowed: `by` is not a process of the system.
    """
    require(by.system, ERASE)
    past = due(day_of(at), people)
    kept = held(past)
    declarations = free(past.declarations, kept)
    drafts = Draft.objects.filter(Q(declaration__in=declarations) | Q(amends__in=declarations))
    going = [rows.model._default_manager.filter(pk__in=free(rows, kept)) for rows in past.kinds]
    gone = erase_rows([drafts, *going], at, people)
    leave_search(set(people))
    return gone


@act(ERASE_LEFT, leaves=Leaves.PER_BATCH, records=line)
def erase_left(*, rows: QuerySet[Any], by: Actor, at: datetime) -> Gone:
    """Erase a batch of drafts that were never filed, or of what became of files that were sent.

    Args:
        rows: what `left_drafts` or `left_files` says, or some of it.

    Raises:
        NotAllowed: `by` is not a process of the system.
    """
    require(by.system, ERASE_LEFT)
    return erase_rows([rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True)[:BATCH]))], at)


def erase_rows(going: Sequence[QuerySet[Any]], at: datetime, people: Sequence[str] = ()) -> Gone:
    """Remove rows of some people with all that belongs to them, and what the ledger and findings say of them."""
    erasing = Erasing(frozenset(), at)
    for rows in going:
        take_away(erasing, rows)
    erase_about_removed(erasing)
    gone = erasing.removed
    named = sorted(key for kind, keys in gone.items() if kind not in ROWS for key in keys)
    for start in range(0, len(named), BATCH):
        forget(Q(subject__in=named[start : start + BATCH]))
    blank_evidence({key for kind in PUBLISHED & gone.keys() for key in gone[kind]}, at, people)
    counts = Counter({kind: len(keys) for kind, keys in gone.items()})
    return Gone(dict(sorted(counts.items())), digest(named))


def withdraw_all(*, by: Actor, at: datetime) -> Counter[str]:
    """Withdraw whatever has been public for its years, batch by batch; return how many of each kind."""
    done: Counter[str] = Counter()
    declarations, obligations = shown_too_long(day_of(at))
    for year in sorted({*declarations.values_list("year", flat=True), *obligations.values_list("year", flat=True)}):
        if year not in frozen_years():
            freeze_year(year=year, of=OUTCOME, by=by, at=at)
    while True:
        some = list(declarations.order_by("pk").values_list("pk", flat=True)[:BATCH])
        owed = list(obligations.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not some and not owed:
            return done
        done.update(withdraw_from_public(declarations=some, obligations=owed, by=by, at=at).counts)


def erase_all(*, by: Actor, at: datetime) -> Counter[str]:
    """Erase whatever has passed its term and nothing holds, batch by batch; return how many of each kind."""
    done: Counter[str] = Counter()
    past, after = due(day_of(at)), ""
    for year in reviewed_before(past.declared) - frozen_years(REVIEW):
        freeze_year(year=year, of=REVIEW, by=by, at=at)
    while people := people_due(past, after):
        after = people[-1]
        theirs = due(day_of(at), people)
        kept = held(theirs)
        if any(free(rows, kept) for rows in theirs.kinds):
            done.update(erase_past_term(people=people, by=by, at=at).counts)
    for left in (left_drafts(at), left_files(at)):
        while left.exists():
            done.update(erase_left(rows=left.order_by("pk"), by=by, at=at).counts)
    if done:
        overwrite_later()
    return done


@dataclass(frozen=True, slots=True)
class Retained:
    """What letting records go did: how many of each kind, by `app.Model`."""

    erased: Counter[str]
    closed: Counter[str]


def retain(*, by: Actor, at: datetime) -> Retained:
    """Close to the public what has passed its public years, and erase all that has passed its term."""
    closed = withdraw_all(by=by, at=at)
    return Retained(erase_all(by=by, at=at), closed)
