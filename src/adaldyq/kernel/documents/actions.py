"""Issuing and withdrawing documents."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import F, Model

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel.acting import in_charge
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.documents.paper import Paper, pdf
from adaldyq.kernel.documents.queries import ISSUED
from adaldyq.kernel.models import Document, NumberSeries, Person
from adaldyq.kernel.policies import register_of_model, require_keeper
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads import store

CODE_LENGTH = 10  # 50 bits: with a number it is not guessed through a page


@dataclass(frozen=True, slots=True)
class Issue:
    """What is issued.

    Attributes:
        kind: one of `queries.kinds`.
        series: letters before the number, such as `CF`.
        subject: what it certifies.
        facts: what the check page may show to whoever holds number and code: title by value, public facts only.
        person: whom it is about; it is then among the documents of their accounts.
    """

    kind: str
    series: str
    subject: Model
    paper: Paper
    facts: Mapping[str, str]
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A file that lies in its place and has no row yet."""

    number: str
    code: str
    sha256: str
    size: int
    place: str


def told(document: Document) -> Recorded:
    """The ledger line of a document: its number and the hash of the file."""
    facts: dict[str, object] = {
        "document": document.pk,
        "kind": document.kind,
        "number": document.number,
        "sha256": document.sha256,
        "state": document.state,
        "subject": document.subject_id,
    }
    return Recorded([facts], {"document": document.pk, "kind": document.kind})


def issue_document(*, issue: Issue, by: Actor, at: datetime) -> Document:
    """Number, print and keep a document, and record it.

    The right to it is checked by whoever calls; numbers may have gaps, the file is written before its row.

    Raises:
        NotAllowed: nobody is signed in.
    """
    require(bool(by.id), ISSUED)
    number, code = next_number(f"{issue.series}-{day_of(at).year}"), new_id()[:CODE_LENGTH]
    content = pdf(issue.paper, number=number, code=code)
    place = store.keep(content, sealed=True)
    printed = Printed(number, code, hashlib.sha256(content).hexdigest(), len(content), place)
    try:
        return record_document(issue=issue, printed=printed, by=by, at=at)
    except BaseException:
        store.drop(place)
        raise


@act(ISSUED, records=told)
def record_document(*, issue: Issue, printed: Printed, by: Actor, at: datetime) -> Document:
    """Record a document whose file lies in its place."""
    return Document.objects.create(
        kind=issue.kind,
        number=printed.number,
        code=printed.code,
        language=issue.paper.language,
        subject_kind=issue.subject._meta.label,
        subject_id=issue.subject.pk,
        person=issue.person,
        owner_id=in_charge(by),
        facts=dict(issue.facts),
        sha256=printed.sha256,
        place=printed.place,
        size=printed.size,
        issued_at=at,
    )


@act("kernel.document.withdraw", records=told)
def withdraw_document(*, document: Document, ground: str, by: Actor, at: datetime) -> Document:
    """Withdraw a document that should not have been issued; its check says so from now on, with the ground.

    Raises:
        NotAllowed: `by` does not keep the register, body or place of what it certifies.
        Conflict: it was withdrawn before.
        DomainError: `reason-missing`.
    """
    register = register_of_model(document.subject_kind)
    require_keeper(by, "kernel.document.withdraw", register, subject_of(document))
    if not ground.strip():
        raise DomainError("reason-missing", field="ground")
    return advance(document, "withdraw", by=by, at=at, withdrawn_at=at, ground=ground)


@act("kernel.document.end", records=told)
def end_document(*, document: Document, ground: str, by: Actor, at: datetime) -> Document:
    """Withdraw a document since what it certifies is so no longer, as part of the act that ended it, which checked the right.

    Args:
        ground: an English sentence of the catalogues (`gettext_noop`).

    Raises:
        Conflict: it was withdrawn before.
    """
    return advance(document, "withdraw", by=by, at=at, withdrawn_at=at, ground=ground)


def subject_of(document: Document) -> Model | None:
    """What a document certifies; None when it is there no longer."""
    model: type[Model] = apps.get_model(document.subject_kind)
    return model._default_manager.filter(pk=document.subject_id).first()


def next_numbers(series: str, count: int) -> list[str]:
    """The next numbers of a series, as many as are needed: others who ask at the same time get others."""
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=series)
        NumberSeries.objects.filter(name=series).update(last=F("last") + count)
        last = NumberSeries.objects.get(name=series).last
    return [f"{series}-{number:06d}" for number in range(last - count + 1, last + 1)]


def next_number(series: str) -> str:
    """The next number of a series: two that ask at once get two."""
    with transaction.atomic():
        NumberSeries.objects.get_or_create(name=series)
        NumberSeries.objects.filter(name=series).update(last=F("last") + 1)
        return f"{series}-{NumberSeries.objects.get(name=series).last:06d}"
