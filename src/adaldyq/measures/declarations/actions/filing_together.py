"""Filing many drafts at once, each signed by its own person: what the last hour does on PostgreSQL.

A rush of people each of whom files one declaration is served as one who files many: what takes most of a transaction is
done once for all of them. Only what is plain is filed so; whatever needs a closer look, or a refusal with its reason, goes
the way of `file_draft`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import close_old_connections
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_ids
from adaldyq.kernel import events, naming
from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Leaves, Recorded, act, part_of_the_whole
from adaldyq.kernel.compiled import CompiledUpdate
from adaldyq.kernel.gathering import update_later, write_waiting
from adaldyq.kernel.grouped import Grouped
from adaldyq.kernel.idempotency import Answer, Owned, Request, several_once
from adaldyq.kernel.states import target_of
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.filing import FILE_DRAFT, declaration_of, moves_day, with_new_ids
from adaldyq.measures.declarations.actions.settling import owe_online
from adaldyq.measures.declarations.domain.plain import Plain, plain_of
from adaldyq.measures.declarations.models import Declaration, Draft, DraftRow
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.drafts import Filled, answering, is_late
from adaldyq.measures.declarations.queries.filing import Becoming, each_becoming, held_drafts
from adaldyq.measures.declarations.queries.known import Known
from adaldyq.measures.declarations.queries.sending import kept_columns

FILE_TOGETHER = "declarations.draft.file_together"
PROCESS = "filing"
MOST = 64
"""Drafts in a group."""

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A draft that its person signed.

    Attributes:
        draft: its id.
        seen: what stood in it as it was signed, as `Filled.seen` tells it.
        in_time: whether the page said that the last day had not passed.
        at: instant at which it came.
        request: by which it is filed once, however often it is sent.
    """

    draft: str
    seen: str
    in_time: bool
    by: Actor
    at: datetime
    request: Request


@dataclass(frozen=True, slots=True)
class Ready:
    """What is filed of a draft, and by whom."""

    draft: Draft
    by: Actor
    read: Becoming
    declaration: Declaration
    plain: Plain


ANSWERED_BY = Declaration.objects.filter(
    person_id=OuterRef("person_id"), form=OuterRef("form"), year=OuterRef("year"), is_current=True
)
FILE_ALL = CompiledUpdate(
    lambda keys, target, at: (
        Draft.objects.filter(pk__any_of=keys),
        {"state": target, "declaration_id": Subquery(ANSWERED_BY.values("pk")), "changed_at": at},
    ),
    list,
    str,
    datetime,
)
FORGET_ALL_ROWS = CompiledUpdate(lambda drafts: (DraftRow.objects.filter(draft__any_of=drafts), None), list)


def filed_together(signed: Sequence[Signed]) -> list[str]:
    """File drafts that were signed at about the same time; the id of each declaration.

    It is empty for whoever must file by themselves: because there is something to be told, or because what failed for one
    of them took the others along.
    """
    close_old_connections()  # no request ends in this thread
    by_draft = {one.draft: place for place, one in reversed([*enumerate(signed)])}

    def perform(places: Sequence[int]) -> Mapping[int, Answer]:
        free = [signed[place] for place in places if by_draft[signed[place].draft] == place]
        ready = ready_of(free)
        if ready:
            file_together(ready=ready, by=system(PROCESS), at=timezone.now())
        return {by_draft[one.draft.pk]: Answer(200, {"declaration": one.declaration.pk}) for one in ready}

    requests = [Owned(one.by.id, one.request) for one in signed]
    try:
        answers = several_once(requests=requests, at=timezone.now(), perform=perform)
    except Exception:  # each of them is then told what concerns it, by itself
        log.exception("filing together failed")
        return [""] * len(signed)
    return [str(answers[place].facts["declaration"]) if place in answers else "" for place in range(len(signed))]


AT_ONE_DESK = Grouped("filing desk", MOST, filed_together)
"""Where those file together who do so in this process at the same time."""


def ready_of(signed: Sequence[Signed]) -> list[Ready]:
    """What can be filed of drafts, which are held to the end of the transaction."""
    wanted = {one.draft: one for one in signed}
    drafts = [
        answering(one)
        for one in held_drafts(list(wanted))
        if filer(wanted[one.pk].by) == one.person_id and not one.amends_id
    ]
    country = naming.pack()
    read = each_becoming([(one, country.day_of(wanted[one.pk].at)) for one in drafts]) if drafts else []
    ids = new_ids()
    made = (ready_one(draft, wanted[draft.pk], one, ids) for draft, one in zip(drafts, read, strict=True))
    return [one for one in made if one is not None]


def ready_one(draft: Draft, signed: Signed, read: Becoming, ids: Iterator[str]) -> Ready | None:
    """What is filed of a draft; none of one with another filer, documents or an earlier version, or that cannot be filed.

    Args:
        ids: for its rows.
    """
    if signed.by.acting_for or read.joint or read.newest or read.stands.attachments:
        return None
    if signed.in_time and is_late(draft, naming.pack().day_of(signed.at)):
        return None
    filled = Filled(draft, stands=read.stands)
    if filled.seen != signed.seen or not filled.ready:
        return None
    try:
        declaration = declaration_of(draft, signed.at, read)
    except DomainError:
        return None
    _ids, rows = with_new_ids(filled, ids)
    return Ready(draft, signed.by, read, declaration, plain_of(declaration.pk, rows, *kept_columns()))


def about(ready: Sequence[Ready]) -> Recorded:
    """The event of filing drafts together; each has one of its own besides, by its person."""
    return Recorded([], {"drafts": len(ready)})


@act(FILE_TOGETHER, leaves=Leaves.NONE, records=about)
def file_together(*, ready: Sequence[Ready], by: Actor, at: datetime) -> Sequence[Ready]:
    """File drafts that were held and checked in this transaction; each declaration has the ledger line of its own filing.

    Raises:
        NotAllowed: one of them is somebody else's, or another than the system files.
    """
    require(by.system and all(filer(one.by) == one.draft.person_id for one in ready), FILE_TOGETHER)
    batch = FiledBatch(
        [one.declaration for one in ready],
        known=known_of_all(ready),
        earlier=[earlier for one in ready for earlier in one.read.earlier],
        plain=[one.plain for one in ready],
        doers=[one.by for one in ready],
    )
    with part_of_the_whole():
        file_declarations(batch=batch, by=by, at=at)
    owe_online(one.declaration for one in ready if moves_day(one.draft, one.declaration))
    for one in ready:
        events.append(name=FILE_DRAFT, payload={"draft": one.draft.pk}, at=at, by=one.by)
    write_waiting()  # the drafts are told what was kept of them
    keys = [one.draft.pk for one in ready]
    update_later(FORGET_ALL_ROWS, keys)
    update_later(FILE_ALL, keys, target_of(ready[0].draft, "file", by), at)
    return ready


def known_of_all(ready: Sequence[Ready]) -> Known:
    """What registers say of all of them."""
    names = {person: told for one in ready for person, told in one.read.known.names.items()}
    bodies = {key: body for one in ready for key, body in one.read.known.bodies.items()}
    wanted = Known(names, bodies)
    for one in ready:
        wanted = wanted.with_body(one.declaration.body_id)
    return wanted
