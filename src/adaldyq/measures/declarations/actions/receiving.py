"""Taking declarations in on paper, and giving back what cannot be filed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import meet_deadlines
from adaldyq.kernel.documents.actions import next_number
from adaldyq.kernel.models import Person, Upload
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import attach
from adaldyq.measures.declarations.actions.attachments import drop
from adaldyq.measures.declarations.actions.relief import check_text, tell
from adaldyq.measures.declarations.actions.settling import FILING
from adaldyq.measures.declarations.domain.outcomes import first_day_to_file
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.models import PAPER, Declaration, KeyedSection, Obligation, ReceivedPaper
from adaldyq.measures.declarations.policies import may_file_for
from adaldyq.measures.declarations.queries.last_days import last_day, moved_by_paper
from adaldyq.measures.declarations.queries.received import body_of, is_kept
from adaldyq.measures.declarations.states import IN_HAND

RECEIVE, GIVE_BACK, MARK = (f"declarations.paper.{verb}" for verb in ("receive", "give_back", "mark"))
SERIES = "DP"
MOST_SHEETS = 999


@dataclass(frozen=True, slots=True)
class Reception:
    """What came in at the counter.

    Attributes:
        received: the day on which it came, which counts as the day of filing.
        is_amendment: whether it amends what was filed.
        scans: files that were handed in with it.
    """

    person: Person
    form: str
    year: int
    received: date
    sheets: int
    is_amendment: bool = False
    scans: Sequence[Upload] = field(default=())


def stated(paper: ReceivedPaper) -> Recorded:
    """The ledger line of a paper: which, whose, of what form and year, when it came, and its state."""
    facts: dict[str, object] = {
        "paper": paper.pk,
        "number": paper.number,
        "person": paper.person_id,
        "form": paper.form,
        "year": paper.year,
        "received": paper.received_date.isoformat(),
        "sheets": paper.sheets,
        "is_amendment": paper.is_amendment,
        "state": paper.state,
        "ground": hashlib.sha256(paper.ground.encode()).hexdigest() if paper.ground else "",
    }
    return Recorded([facts], {"paper": paper.pk, "state": paper.state})


@act(RECEIVE, records=stated)
def receive_paper(*, reception: Reception, by: Actor, at: datetime) -> ReceivedPaper:
    """Take a declaration in on paper, with a number; the person is told. It counts as filed from the day it came.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `own-paper`, `paper-in-hand` when another of the same form and year is in hand, `paper-day-to-come`,
            `draft-too-early` for a day on which the year was not over, `paper-sheets`, `paper-nothing-to-amend`,
            `paper-filed-already`, or `declared-not-offered` for an unknown form.
    """
    today = naming.pack().day_of(at)
    body = body_of(reception.person, reception.form, reception.year, today)
    require(not by.system and may_file_for(by, body), RECEIVE)
    check_reception(reception, by, today)
    paper = ReceivedPaper(
        number=next_number(f"{SERIES}-{today.year}"),
        person=reception.person,
        form=reception.form,
        year=reception.year,
        is_amendment=reception.is_amendment,
        sheets=reception.sheets,
        received_at=instant_of(reception.received, at),
        received_date=reception.received,
        body=body,
        registered_by_id=by.id,
        registered_at=at,
    )
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError:
        raise DomainError("paper-in-hand", field="year", year=reception.year) from None
    for scan in reception.scans:
        attach(upload=scan, subject=paper, by=by, at=at)
    count_as_received(paper, at)
    tell_of(paper, "paper-received", at)
    return paper


def owed_by(paper: ReceivedPaper) -> QuerySet[Obligation]:
    """The obligation that a paper answers."""
    return Obligation.objects.filter(person_id=paper.person_id, form=paper.form, year=paper.year)


def count_as_received(paper: ReceivedPaper, at: datetime) -> None:
    """Let the obligation be answered on the day on which the paper came, though it is still to be keyed in.

    The last day is then that on paper; a day that was put off, or that a source states, stays.
    """
    electronic, on_paper = naming.pack().filing_deadlines[paper.year], last_day(paper.year)
    owed = owed_by(paper).filter(filed_date=None)
    keys = list(owed.values_list("pk", flat=True))
    owed.filter(due_date=electronic).update(due_date=on_paper)
    owed.update(filed_date=paper.received_date)
    meet_deadlines(kind=Obligation._meta.label, subjects=keys, name=FILING, at=at)


def count_no_more(paper: ReceivedPaper) -> None:
    """Let an obligation be unanswered again whose paper was given back, unless something else answers it."""
    same = Declaration.objects.filter(person_id=paper.person_id, form=paper.form, year=paper.year)
    first = same.order_by("version").first()
    if first is None or first.way != PAPER:
        moved = moved_by_paper([paper.person_id], paper.form, paper.year)
        moved.update(due_date=naming.pack().filing_deadlines[paper.year])
    owed_by(paper).update(filed_date=(first.filed_date or first.due_date) if first else None)


def check_reception(reception: Reception, by: Actor, today: date) -> None:
    """Refuse what cannot be taken in.

    Raises:
        DomainError: as `receive_paper`.
    """
    year, received = reception.year, reception.received
    if by.person == reception.person.pk:
        raise DomainError("own-paper", field="person")
    if reception.form not in FORMS:
        raise DomainError("declared-not-offered", field="form", value=reception.form)
    if received > today:
        raise DomainError("paper-day-to-come", field="received")
    if received < first_day_to_file(year):
        raise DomainError("draft-too-early", field="received", year=year, day=first_day_to_file(year))
    if not 1 <= reception.sheets <= MOST_SHEETS:
        raise DomainError("paper-sheets", field="sheets", limit=MOST_SHEETS)
    check_amendment(reception.person.pk, reception.form, year, is_amendment=reception.is_amendment)


def check_amendment(person: str, form: str, year: int, *, is_amendment: bool) -> None:
    """Let a paper amend only what was filed, and what was filed be only amended.

    Raises:
        DomainError: `paper-nothing-to-amend` or `paper-filed-already`.
    """
    filed = Declaration.objects.filter(person_id=person, form=form, year=year).exists()
    if is_amendment and not filed:
        raise DomainError("paper-nothing-to-amend", field="is_amendment", year=year)
    if filed and not is_amendment:
        raise DomainError("paper-filed-already", field="is_amendment", year=year)


def instant_of(received: date, at: datetime) -> datetime:
    """The instant that counts as filing: now for what came today, else the first of the day on which it came."""
    country = naming.pack()
    if country.day_of(at) == received:
        return at
    return datetime.combine(received, time.min, tzinfo=country.zone)


def tell_of(paper: ReceivedPaper, message: str, at: datetime) -> None:
    """Tell the person what became of a paper."""
    said: dict[str, str | int] = {
        "number": paper.number,
        "year": paper.year,
        "received_date": paper.received_date.isoformat(),
    }
    tell(
        paper.person_id, message, said, f"{paper.pk}:{int(at.timestamp())}", at, f"declarations/mine/papers/{paper.pk}/"
    )


@act(MARK, records=stated, on="paper")
def mark_amendment(*, paper: ReceivedPaper, is_amendment: bool, by: Actor, at: datetime) -> ReceivedPaper:
    """Say of a paper in hand whether it amends what was filed, when that was not known or not so when it came.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `paper-nothing-to-amend`, or `paper-filed-already`.
        Conflict: it was filed or given back meanwhile, or says so already.
    """
    require(not by.system and is_kept(by, paper), MARK)
    check_amendment(paper.person_id, paper.form, paper.year, is_amendment=is_amendment)
    in_hand = ReceivedPaper.objects.filter(pk=paper.pk, state__in=IN_HAND, is_amendment=not is_amendment)
    if in_hand.update(is_amendment=is_amendment) != 1:
        raise Conflict(MARK, paper.state)
    paper.refresh_from_db()
    if is_amendment:
        count_no_more(paper)
    else:
        count_as_received(paper, at)
    return paper


@act(GIVE_BACK, records=stated, on="paper")
def give_back(*, paper: ReceivedPaper, ground: str, by: Actor, at: datetime) -> ReceivedPaper:
    """Give a paper back that cannot be filed; the person is told, and reads the ground.

    What was keyed in goes, and the scans of documents with it. It counts as filed no more.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `reason-missing`, `reason-too-long`.
        Conflict: it was filed or given back meanwhile.
    """
    require(not by.system and is_kept(by, paper), GIVE_BACK)
    check_text(ground, "text", "reason-missing")
    given = advance(paper, "give_back", by=by, at=at, ground=ground.strip(), closed_at=at)
    forget_typed(given)
    drop(given.attachments.all(), by, at)
    count_no_more(given)
    tell_of(given, "paper-given-back", at)
    return given


def forget_typed(paper: ReceivedPaper) -> None:
    """Remove what was keyed in of a paper that is not in hand any more; who keyed it in stays."""
    KeyedSection.objects.filter(keying__paper=paper).delete()
