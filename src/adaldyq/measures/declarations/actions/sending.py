"""Files declarations that were sent in bulk: many in one act, each once, each answered by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from django.db import models
from django.db.models import QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import collected_receipts
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.idempotency import Answer, Request, each_once, fingerprint
from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import Told, notify_together
from adaldyq.kernel.uploads.actions import Examined, attach, examined, take_examined
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.actions.settling import owe_online
from adaldyq.measures.declarations.domain.schemas import FACTS
from adaldyq.measures.declarations.domain.sent import Sent, Wrong, read_sent
from adaldyq.measures.declarations.models import BULK, Attachment, Declaration
from adaldyq.measures.declarations.policies import FILE, may_send
from adaldyq.measures.declarations.queries.document_files import DOCUMENT
from adaldyq.measures.declarations.queries.known import Known
from adaldyq.measures.declarations.queries.sending import Ready, held_against, reader
from adaldyq.measures.declarations.queries.sent_documents import Coming, Files

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


def file_sent(
    *,
    values: Sequence[object],
    key: str,
    by: Actor,
    at: datetime,
    way: str = BULK,
    carried: Mapping[str, bytes] = MappingProxyType({}),
) -> list[Became]:
    """File up to `TOGETHER` declarations as a file says them, those that are right, in one transaction.

    Whatever is sent again under the same reference, or without one under the same key and place, is answered as it was.

    Args:
        values: each as JSON has it.
        key: of the whole.
        way: by which they came.
        carried: files that came with them, by name.

    Raises:
        NotAllowed: `by` files for nobody else.
        DomainError: `request-under-way` when somebody files the same just now, `key-of-another-request` when the key
            came before with declarations of other references, or with more or fewer.
    """
    require(may_send(by), FILE)
    reading = reader()
    read = [read_sent(one, reading) for one in values]
    refuse_second_references(read)
    right = [place for place, one in enumerate(read) if not one.wrong]
    files = examined_files(read, carried)
    requests = [Request(key_of(read[place], key, place), said(values[place], read[place], files)) for place in right]

    def perform(new: Sequence[int]) -> dict[int, Answer]:
        broken = [one for one in read if one.wrong]  # held against the registers too, so that all is told at once
        ready, known = held_against([*(read[right[one]] for one in new), *broken], by=by, at=at, way=way, files=files)
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
    batch = FiledBatch(
        declarations,
        rows,
        known=known,
        plain=[one.plain for one in ready.values() if one.plain],
        attached=[kept_document(document, by, at) for one in ready.values() for document in one.documents],
    )
    with collected_receipts() as receipts:
        file_declarations(batch=batch, by=by, at=at)
    owe_online(declarations)
    tell_declarants(declarations, at)
    return {
        place: Answer(FILED, {"declaration": one.pk, "receipt": receipt})
        for place, one, receipt in zip(ready, declarations, receipts, strict=True)
    }


def examined_files(read: Sequence[Sent], carried: Mapping[str, bytes]) -> Files:
    """The files that declarations name, each examined before anything is held; or why one is not taken."""
    found: dict[str, Examined | DomainError] = {}
    for name in sorted({named.file for one in read for named in one.documents if named.file in carried}):
        try:
            found[name] = examined(DOCUMENT, name, carried[name])
        except DomainError as error:
            found[name] = error
    return found


def kept_document(coming: Coming, by: Actor, at: datetime) -> Attachment:
    """Keep the file of a document that comes with a declaration, and make it part of that."""
    made = coming.attachment
    upload = coming.held
    if coming.file is not None:
        upload = take_examined(purpose=DOCUMENT, file=coming.file, by=by, at=at)
    if upload is not None and made.declaration is not None:
        made.upload, made.sha256 = upload, upload.sha256
        attach(upload=upload, subject=made.declaration, by=by, at=at, person=made.declaration.person_id)
    return made


def accounts_of(people: list[str]) -> QuerySet[Account, tuple[str, str]]:
    """Accounts of people that are not closed, and whose each is."""
    found = Account.objects.filter(person_id__any_of=people, is_active=True)
    return found.order_by("pk").values_list("pk", "person_id")


ACCOUNTS = Compiled(accounts_of, list)


def tell_declarants(declarations: Sequence[Declaration], at: datetime) -> None:
    """Tell those who have an account what was filed for them; the page of it says by whom."""
    by_person = {one.person_id: one for one in declarations}
    told = []
    for account, person in ACCOUNTS([*by_person]):
        one = by_person[person]
        message = "declaration-sent" if one.version == 1 else "declaration-sent-anew"
        page = f"declarations/mine/filed/{one.pk}/"
        told.append(Told(account, message, {"year": one.year}, f"{message}:{one.pk}", page))
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


def said(value: object, sent: Sent, files: Files) -> str:
    """What tells a declaration from another with the same key: all that it says, and the files that it names."""
    if sent.plain is not None:
        return fingerprint("declaration", *(str(getattr(sent, name)) for name in FACTS), sent.plain.said)
    named = [files.get(one.file) for one in sent.documents if one.file]
    digests = [one.sha256 for one in named if isinstance(one, Examined)]
    return fingerprint("declaration", json.dumps(value, sort_keys=True), *digests)
