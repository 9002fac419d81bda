"""What of declarations has passed the pack's terms: what goes, and what an open procedure still holds.

A hold keeps all that is there about one person and one declared year, so that a version never stays without the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from adaldyq.base.states import TransitionTable
from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import day_of, kept_since
from adaldyq.kernel.models import CorrectionRequest
from adaldyq.measures.declarations.models import (
    SECTION_MODELS,
    Declaration,
    Draft,
    FineInvoice,
    FormerObligation,
    NonFiling,
    Obligation,
    ReceivedPaper,
    Review,
    ReviewInquiry,
    SentFile,
)
from adaldyq.measures.declarations.policies import OPEN as PUBLIC
from adaldyq.measures.declarations.queries.terms import (
    DRAFTED,
    EXPLAINED,
    HELD,
    KEPT,
    OWED,
    SENT,
    SHOWN,
    first_kept_year,
)
from adaldyq.measures.declarations.states import (
    APPEALED,
    DROPPED,
    FILED,
    IN_HAND,
    OPEN,
    OPENED,
    OVERTURNED,
    REFERRED,
    TAKEN_BACK,
    UNDECIDED,
    UNPAID,
    UPHELD,
    WAITING,
)
from adaldyq.verification.models import COUNTRY, EvidenceRow
from adaldyq.verification.states import IN_WORK
from adaldyq.verification.states import OPEN as ASKED

PEOPLE_TOGETHER = 250
Matter = tuple[str, int]
"""A person's id, and a declared year."""
YEAR_OWED = Coalesce("obligation__year", "former__year")
ENDED = (DROPPED, UPHELD, OVERTURNED, TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class Due:
    """Records of some people whose term has passed.

    Attributes:
        people: whose; those of everybody when it is empty.
        declared, owed, explained: the first years of which declarations, obligations and explanations are still kept.
        holdable: the first year of which a procedure can still hold anything.
    """

    declared: int
    owed: int
    explained: int
    holdable: int
    people: Sequence[str] = ()

    @property
    def theirs(self) -> Q:
        """The condition that a record is of these people."""
        return Q(person_id__in=self.people) if self.people else Q()

    @property
    def old(self) -> Q:
        """The condition that something of a person and declared year may have passed its term."""
        return Q(self.theirs, year__lt=self.reach)

    @property
    def reach(self) -> int:
        """The year before which something may have passed its term."""
        return max(self.declared, self.owed, self.explained)

    @property
    def declarations(self) -> QuerySet[Declaration]:
        """Declarations, in force and replaced."""
        return Declaration.objects.filter(self.theirs, year__lt=self.declared)

    @property
    def obligations(self) -> QuerySet[Obligation]:
        """Obligations that stood to the end."""
        return Obligation.objects.filter(self.theirs, year__lt=self.owed)

    @property
    def former(self) -> QuerySet[FormerObligation]:
        """Obligations that were withdrawn, or from which a person was exempted."""
        return FormerObligation.objects.filter(self.theirs, year__lt=self.owed)

    @property
    def papers(self) -> QuerySet[ReceivedPaper]:
        """Declarations that came on paper, filed and given back."""
        return ReceivedPaper.objects.filter(self.theirs, year__lt=self.declared)

    @property
    def inquiries(self) -> QuerySet[ReviewInquiry]:
        """What was asked about declarations in reviews, and answered."""
        asked = ReviewInquiry.objects.annotate(person_id=F("review__person_id"), year=F("review__declaration__year"))
        return asked.filter(self.theirs, year__lt=self.explained)

    @property
    def kinds(self) -> tuple[QuerySet[Any], ...]:
        """All of it; what goes together with a declaration stands before them."""
        return self.inquiries, self.papers, self.declarations, self.obligations, self.former


@dataclass(frozen=True, slots=True)
class Hold:
    """A procedure that keeps records past their term while it lasts.

    Attributes:
        told: whether the person is told of it; an inquiry is not.
        matters: what it holds among records whose term has passed.
    """

    code: str
    title: object
    told: bool
    matters: Callable[[Due], Iterable[Matter]]


def reviewed_before(year: int) -> set[int]:
    """Years before one of which reviews are there."""
    return set(Review.objects.filter(selection__year__lt=year).values_list("selection__year", flat=True).distinct())


def due(on: date, people: Sequence[str] = ()) -> Due:
    """What of people has passed its term on a day."""
    declared, owed, explained, holdable = (first_kept_year(kind, on) for kind in (KEPT, OWED, EXPLAINED, HELD))
    return Due(declared, owed, explained, holdable, people)


def by_findings(past: Due) -> Iterator[Matter]:
    """What shows an open finding: a declaration, one of its rows or what was worked out of them, or an obligation."""
    open_now = Q(finding__state=IN_WORK) | Q(finding__state=ASKED, finding__gone_run__isnull=True)
    keys = EvidenceRow.objects.filter(open_now, finding__dataset=COUNTRY).values("key")
    declarations = Declaration.objects.filter(past.old)
    yield from declarations.filter(pk__in=keys).values_list("person_id", "year")
    yield from Obligation.objects.filter(past.old, pk__in=keys).values_list("person_id", "year")
    for model in SECTION_MODELS.values():
        behind = model._default_manager.filter(row_id__in=keys, declaration__in=declarations.values("pk"))
        yield from behind.values_list("declaration__person_id", "declaration__year")


def by_offences(past: Due) -> Iterator[Matter]:
    """What followed when nobody filed and is not decided in the end; a fine lasts until nobody can appeal any more."""
    steps = NonFiling.objects.annotate(year=YEAR_OWED).filter(past.theirs, year__lt=past.reach)
    yield from steps.exclude(state__in=ENDED).values_list("person_id", "year")


def by_fines(past: Due) -> Iterator[Matter]:
    """A fine that stands and is not paid."""
    theirs = Q(payer_id__in=past.people) if past.people else Q()
    fines = FineInvoice.objects.annotate(
        year=Coalesce("non_filing__obligation__year", "non_filing__former__year")
    ).filter(theirs, state__in=UNPAID, year__lt=past.reach)
    yield from fines.values_list("payer_id", "year")


def by_corrections(past: Due) -> Iterator[Matter]:
    """“This is wrong”, not decided yet: what was declared shows what a register said."""
    life: TransitionTable = CorrectionRequest.LIFE
    undecided = [state for state in life.states if any(step.source == state for step in life.transitions)]
    asked = CorrectionRequest.objects.filter(past.theirs, state__in=undecided).values("person_id")
    for rows in past.kinds:
        yield from rows.filter(person_id__in=asked).values_list("person_id", "year")


def by_amendments(past: Due) -> Iterator[Matter]:
    """An amendment that is begun."""
    begun = Draft.objects.filter(past.old, state=OPEN, amends__isnull=False)
    yield from begun.values_list("person_id", "year")


def by_reviews(past: Due) -> Iterator[Matter]:
    """A review that is not decided in the end; a referral lasts until it is taken back or a case ends it."""
    lasting = Q(state__in=(*UNDECIDED, REFERRED, APPEALED)) | Q(referral__state__in=(WAITING, OPENED))
    reviews = Review.objects.filter(lasting, past.theirs, declaration__year__lt=past.reach)
    yield from reviews.values_list("person_id", "declaration__year")


def by_papers(past: Due) -> Iterator[Matter]:
    """A declaration on paper that is neither filed nor given back."""
    yield from ReceivedPaper.objects.filter(past.old, state__in=IN_HAND).values_list("person_id", "year")


HOLDS = (
    Hold("finding", _("An open question of verification"), told=False, matters=by_findings),
    Hold("offence", _("What follows from not filing is not decided in the end"), told=True, matters=by_offences),
    Hold("fine", _("A fine is not paid"), told=True, matters=by_fines),
    Hold("correction", _("A request for correction is open"), told=True, matters=by_corrections),
    Hold("review", _("A review of the declaration is open"), told=False, matters=by_reviews),
    Hold("amendment", _("An amendment is begun"), told=True, matters=by_amendments),
    Hold("paper", _("A declaration on paper is in hand"), told=True, matters=by_papers),
)
"""Procedures that hold records. A part of this measure that asks about declarations adds its own."""


def held(past: Due) -> Mapping[Matter, tuple[Hold, ...]]:
    """What is held, and by what; nothing for longer than the pack lets a procedure hold it."""
    found: dict[Matter, tuple[Hold, ...]] = {}
    for hold in HOLDS:
        for matter in {one for one in hold.matters(past) if one[1] >= past.holdable}:
            found[matter] = (*found.get(matter, ()), hold)
    return found


def holds_of(person: str, on: date) -> Mapping[int, tuple[Hold, ...]]:
    """What holds the records of a person past their term, by declared year."""
    past = due(on, (person,))
    if not any(rows.exists() for rows in past.kinds):
        return {}
    return {year: holds for (_person, year), holds in held(past).items()}


def free(rows: QuerySet[Any], kept: Collection[Matter]) -> list[str]:
    """Keys of rows that nothing holds."""
    listed = rows.order_by("pk").values_list("pk", "person_id", "year")
    return [key for key, person, year in listed if (person, year) not in kept]


def people_due(past: Due, after: str) -> list[str]:
    """The next people of whom something has passed its term, in the order of their ids, after one of them."""
    found: set[str] = set()
    for rows in past.kinds:
        later = rows.filter(person_id__gt=after).order_by("person_id")
        found |= set(later.values_list("person_id", flat=True).distinct()[:PEOPLE_TOGETHER])
    return sorted(found)[:PEOPLE_TOGETHER]


def shown_too_long(on: date) -> tuple[QuerySet[Declaration], QuerySet[Obligation]]:
    """Declarations and outcomes of obligations that are public and whose public years have passed."""
    first = max(first_kept_year(SHOWN, on), first_kept_year(KEPT, on))
    past = Q(PUBLIC, year__lt=first)
    return Declaration.objects.filter(past), Obligation.objects.filter(past)


def left_drafts(at: datetime) -> QuerySet[Draft]:
    """Drafts that were never filed and lie since before the pack's term, open and set aside."""
    return Draft.objects.exclude(state=FILED).filter(changed_at__lt=kept_since(at, DRAFTED))


def left_files(at: datetime) -> QuerySet[SentFile]:
    """What became of files that were sent before the pack's term."""
    return SentFile.objects.filter(sent_at__lt=kept_since(at, SENT))


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of record: its term and what has passed it.

    Attributes:
        kind: name of the term in the pack's `retention.csv`.
        length, unit, source: the term of the law of the day.
        passed: how many records have passed it, those that are held among them.
        going: how many of them go now.
    """

    kind: str
    length: int
    unit: str
    source: str
    passed: int
    going: int

    @property
    def held(self) -> int:
        """How many stay, because a procedure needs them."""
        return self.passed - self.going


@dataclass(frozen=True, slots=True)
class Outlook:
    """What retention would do at an instant.

    Attributes:
        held: how many matters, each a person and a declared year, each kind of procedure holds.
    """

    lines: Sequence[Line]
    held: Sequence[tuple[Hold, int]] = field(default_factory=tuple)


def outlook(at: datetime) -> Outlook:
    """What would be withdrawn and erased at an instant, counted, and what is held."""
    day = day_of(at)
    past = due(day)
    kept = held(past)
    shown, outcomes = shown_too_long(day)
    counts = {
        SHOWN: twice(shown.count() + outcomes.count()),
        KEPT: both(past.declarations, past.papers, kept),
        OWED: both(past.obligations, past.former, kept),
        EXPLAINED: counted(past.inquiries, kept),
        DRAFTED: twice(left_drafts(at).count()),
        SENT: twice(left_files(at).count()),
    }
    by_hold = Counter(hold.code for holds in kept.values() for hold in holds)
    return Outlook(
        [line(kind, day, *numbers) for kind, numbers in counts.items()],
        [(hold, by_hold[hold.code]) for hold in HOLDS],
    )


def both(one: QuerySet[Any], other: QuerySet[Any], kept: Collection[Matter]) -> tuple[int, int]:
    """The counts of two kinds that have one term."""
    (passed, going), (more, gone) = counted(one, kept), counted(other, kept)
    return passed + more, going + gone


def twice(count: int) -> tuple[int, int]:
    """Of what nothing holds, all that has passed its term goes."""
    return count, count


def counted(rows: QuerySet[Any], kept: Collection[Matter]) -> tuple[int, int]:
    """How many rows have passed their term, and how many of them nothing holds."""
    people = list({person for person, _year in kept})
    stay = 0
    for start in range(0, len(people), PEOPLE_TOGETHER):
        some = rows.filter(person_id__in=people[start : start + PEOPLE_TOGETHER])
        stay += sum(matter in kept for matter in some.values_list("person_id", "year"))
    passed = rows.count()
    return passed, passed - stay


def line(kind: str, on: date, passed: int, going: int) -> Line:
    """One kind of record with the law's term."""
    fact = naming.pack().kept_for(kind, on)
    return Line(kind, fact.term.length, fact.term.unit.value, fact.source, passed, going)
