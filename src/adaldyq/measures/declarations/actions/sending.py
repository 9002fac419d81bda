"""Files declarations that were sent in bulk: many in one act, each once, each answered by itself."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import collected_receipts
from adaldyq.kernel.idempotency import Answer, Request, each_once, fingerprint
from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import Told, notify_together
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.domain.sent import Sent, Wrong, read_sent
from adaldyq.measures.declarations.models import BULK, Declaration
from adaldyq.measures.declarations.policies import FILE, may_file_for_others
from adaldyq.measures.declarations.queries.known import Known
from adaldyq.measures.declarations.queries.sending import Ready, held_against, reader

FILED = 201
TOGETHER = 100
"""Declarations in one transaction."""


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a sent declaration.

    Attributes:
        reference: the sender's own name of it, if it has one.
        declaration: its number in the register; empty when it was refused.
        receipt: reference of its receipt in the ledger.
        again: whether it had been filed before, under the same reference or key.
        wrong: why it was refused.
    """

    reference: str
    declaration: str = ""
    receipt: str = ""
    again: bool = False
    wrong: Sequence[Wrong] = field(default=())


def file_sent(*, values: Sequence[object], key: str, by: Actor, at: datetime, way: str = BULK) -> list[Became]:
    """File up to `TOGETHER` declarations as a file says them, those that are right, in one transaction.

    Whatever is sent again under the same reference, or without one under the same key and place, is answered as it was.

    Args:
        values: each as JSON has it.
        key: of the whole.
        way: by which they came.

    Raises:
        NotAllowed: `by` files for nobody else.
        DomainError: `request-under-way` when somebody files the same just now, `key-of-another-request` when the key
            came before with declarations of other references, or with more or fewer.
    """
    require(may_file_for_others(by), FILE)
    reading = reader()
    read = [read_sent(one, reading) for one in values]
    refuse_second_references(read)
    right = [place for place, one in enumerate(read) if not one.wrong]
    requests = [Request(key_of(read[place], key, place), said(values[place])) for place in right]

    def perform(new: Sequence[int]) -> dict[int, Answer]:
        broken = [one for one in read if one.wrong]  # held against the registers too, so that all is told at once
        ready, known = held_against([*(read[right[one]] for one in new), *broken], by=by, at=at, way=way)
        return filed({place: one for place, one in zip(new, ready, strict=False) if one.declaration}, known, by, at)

    whole = Request(key, fingerprint(*(key_of(one, "", place) for place, one in enumerate(read))))
    answers = each_once(owner=by.id, whole=whole, requests=requests, at=at, perform=perform)
    by_place = {right[place]: answer for place, answer in answers.items()}
    return [became(one, by_place.get(place)) for place, one in enumerate(read)]


def filed(ready: dict[int, Ready], known: Known, by: Actor, at: datetime) -> dict[int, Answer]:
    """File those that are right, and answer each with its number and its receipt."""
    if not ready:
        return {}
    declarations = [one.declaration for one in ready.values() if one.declaration]
    rows: dict[str, list[models.Model]] = {}
    for one in ready.values():
        for name, listed in one.rows.items():
            rows.setdefault(name, []).extend(listed)
    batch = FiledBatch(declarations, rows, known=known, plain=[one.plain for one in ready.values() if one.plain])
    with collected_receipts() as receipts:
        file_declarations(batch=batch, by=by, at=at)
    tell_declarants(declarations, at)
    return {
        place: Answer(FILED, {"declaration": one.pk, "receipt": receipt})
        for place, one, receipt in zip(ready, declarations, receipts, strict=True)
    }


def tell_declarants(declarations: Sequence[Declaration], at: datetime) -> None:
    """Tell those who have an account what was filed for them; the page of it says by whom."""
    by_person = {one.person_id: one for one in declarations}
    told = []
    for account in Account.objects.filter(person_id__in=by_person, is_active=True).order_by("pk"):
        one = by_person[str(account.person_id)]
        message = "declaration-sent" if one.version == 1 else "declaration-sent-anew"
        page = f"declarations/mine/filed/{one.pk}/"
        told.append(Told(account.pk, message, {"year": one.year}, f"{message}:{one.pk}", page))
    notify_together(told=told, at=at)


def became(sent: Sent, answer: Answer | DomainError | None) -> Became:
    """What became of one."""
    if isinstance(answer, DomainError):
        return Became(sent.reference, wrong=[Wrong(answer)])
    if answer is None:
        return Became(sent.reference, wrong=sent.wrong)
    return Became(sent.reference, **answer.facts, again=answer.again)


def refuse_second_references(read: Sequence[Sent]) -> None:
    """Note what has the reference of one before it in the batch."""
    seen: set[str] = set()
    for one in read:
        if one.reference and one.reference in seen:
            one.wrong.append(Wrong(DomainError("file-reference-twice", field="reference")))
        seen.add(one.reference)


def key_of(sent: Sent, whole: str, place: int) -> str:
    """The idempotency key of one: its reference, else its place in the whole."""
    return fingerprint("declaration", sent.reference) if sent.reference else fingerprint(whole, str(place + 1))


def said(value: object) -> str:
    """What tells a declaration from another with the same key."""
    return fingerprint("declaration", json.dumps(value, sort_keys=True))
