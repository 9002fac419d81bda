"""Taking declarations in on paper, and giving back what cannot be filed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.documents.actions import next_number
from adaldyq.kernel.models import Person, Upload
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import attach
from adaldyq.measures.declarations.actions.relief import check_text, tell
from adaldyq.measures.declarations.domain.outcomes import first_day_to_file
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.models import Declaration, KeyedSection, ReceivedPaper
from adaldyq.measures.declarations.policies import may_file_for
from adaldyq.measures.declarations.queries.received import body_of, is_kept

RECEIVE, GIVE_BACK = "declarations.paper.receive", "declarations.paper.give_back"
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
        "state": paper.state,
        "ground": hashlib.sha256(paper.ground.encode()).hexdigest() if paper.ground else "",
    }
    return Recorded([facts], {"paper": paper.pk, "state": paper.state})


@act(RECEIVE, records=stated)
def receive_paper(*, reception: Reception, by: Actor, at: datetime) -> ReceivedPaper:
    """Take a declaration in on paper, with a number; the person is told.

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
    tell_of(paper, "paper-received", at)
    return paper


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
    filed = Declaration.objects.filter(person=reception.person, form=reception.form, year=year).exists()
    if reception.is_amendment and not filed:
        raise DomainError("paper-nothing-to-amend", field="is_amendment", year=year)
    if filed and not reception.is_amendment:
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


@act(GIVE_BACK, records=stated, on="paper")
def give_back(*, paper: ReceivedPaper, ground: str, by: Actor, at: datetime) -> ReceivedPaper:
    """Give a paper back that cannot be filed; the person is told, and reads the ground. What was keyed in goes.

    Raises:
        NotAllowed: `by` does not keep declarations of the body.
        DomainError: `reason-missing`, `reason-too-long`.
        Conflict: it was filed or given back meanwhile.
    """
    require(not by.system and is_kept(by, paper), GIVE_BACK)
    check_text(ground, "text", "reason-missing")
    given = advance(paper, "give_back", by=by, at=at, ground=ground.strip(), closed_at=at)
    forget_typed(given)
    tell_of(given, "paper-given-back", at)
    return given


def forget_typed(paper: ReceivedPaper) -> None:
    """Remove what was keyed in of a paper that is not in hand any more; who keyed it in stays."""
    KeyedSection.objects.filter(keying__paper=paper).delete()
