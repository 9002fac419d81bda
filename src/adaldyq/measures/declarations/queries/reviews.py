"""Reviews of declarations, narrowed to what the viewer may see."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from adaldyq.kernel.acting import BODY
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models.accounts import Account
from adaldyq.kernel.queries.history import records_of_one
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import of_same_people
from adaldyq.measures.declarations.domain.reviews import STEP_TO
from adaldyq.measures.declarations.models import Declaration, Review, ReviewInquiry
from adaldyq.measures.declarations.policies import filer, may_hear
from adaldyq.measures.declarations.queries.conflicts import is_biased, without_biased, working_in
from adaldyq.measures.declarations.queries.within import bodies_within, with_lower
from adaldyq.measures.declarations.states import (
    ANSWERED,
    APPEALED,
    ASKED,
    OVERTURNED,
    REFERRED,
    REVIEW,
    UNDECIDED,
    UPHELD,
)
from adaldyq.verification.models import COUNTRY, STANDING, Finding
from adaldyq.verification.queries import findings_for

__all__ = ["Review", "ReviewInquiry"]
"""Records that pages are handed."""

MOST_FINDINGS = 50
OF_APPEALS = (APPEALED, UPHELD, OVERTURNED)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which reviews of the list to show.

    Attributes:
        state: a state, `undecided`, or empty for all.
        part: by risk or at random; empty for both.
        overdue: only those of which the last day of the answer or the decision has passed.
        mine: only the viewer's.
    """

    state: str = ""
    part: str = ""
    year: int | None = None
    overdue: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many reviews wait in each part of the list."""

    mine: int
    undecided: int
    answered: int
    overdue: int
    appealed: int


def seen_by(by: Actor, today: date) -> QuerySet[Review]:
    """All reviews for an analyst, those appealed for a reviewer; never of oneself, one's family or one's own body."""
    found = Review.objects.select_related("declaration__body", "analyst")
    if Role.AGENCY_ANALYST not in by.roles:
        if Role.REVIEWER not in by.roles:
            return found.none()
        found = found.filter(state__in=OF_APPEALS)
        bodies = bodies_heard(by)
        if bodies is not None:
            found = found.filter(declaration__body_id__in=bodies)
    return without_biased(found, by.id, today)


def bodies_heard(by: Actor) -> Collection[str] | None:
    """Bodies about whose people a reviewer hears appeals; None stands for everybody."""
    places = [one for one in by.held if one.role == Role.REVIEWER]
    return bodies_within(places) if places else None


def overdue(today: date) -> Q:
    """Condition on reviews: the person has not answered in time, or the analyst or reviewer has not decided."""
    silent = ReviewInquiry.objects.filter(answered_at=None, due_date__lt=today).values("review")
    undecided = Q(state__in=UNDECIDED, decision_due_date__lt=today)
    return Q(state=ASKED, pk__in=silent) | undecided | Q(state=APPEALED, appeal_answer_due_date__lt=today)


def chosen(choice: Choice, by: Actor, today: date) -> QuerySet[Review]:
    """The reviews of a choice that the viewer may see."""
    found = narrowed(seen_by(by, today), choice, today)
    return found.filter(analyst=by.id) if choice.mine else found


def chosen_for_program(choice: Choice, by: Actor, today: date) -> QuerySet[Review]:
    """The reviews of a choice for the program of an institution: of nobody who works there or below it."""
    kind, _, own = by.acting_for.partition(":")
    if kind != BODY or not own:
        return Review.objects.none()
    bodies = with_lower({own})
    found = Review.objects.select_related("declaration", "analyst")
    theirs = sorted(working_in(bodies, today))
    found = found.exclude(declaration__body_id__in=bodies).exclude(person_id__any_of=theirs)
    found = found.exclude(declaration__person_id__any_of=theirs)
    return narrowed(found, choice, today)


def narrowed(found: QuerySet[Review], choice: Choice, today: date) -> QuerySet[Review]:
    """Reviews by state, part, year and last day."""
    if choice.state == "undecided":
        found = found.filter(state__in=UNDECIDED)
    elif choice.state:
        found = found.filter(state=choice.state)
    if choice.part:
        found = found.filter(part=choice.part)
    if choice.year is not None:
        found = found.filter(declaration__year=choice.year)
    if choice.overdue:
        found = found.filter(overdue(today))
    return found


def counts(by: Actor, today: date) -> Counts:
    """How many reviews wait in each part of the list."""
    found = seen_by(by, today)
    return Counts(
        mine=found.filter(state__in=UNDECIDED, analyst=by.id).count(),
        undecided=found.filter(state__in=UNDECIDED).count(),
        answered=found.filter(state=ANSWERED).count(),
        overdue=found.filter(overdue(today)).count(),
        appealed=found.filter(state=APPEALED).count(),
    )


def years_reviewed() -> list[int]:
    """Years of which declarations were selected, the newest first."""
    years = Review.objects.order_by("-declaration__year").values_list("declaration__year", flat=True).distinct()
    return list(years)


def review(key: str, by: Actor, today: date) -> Review | None:
    """One review, for an analyst or reviewer; also the own one into which a conflict has come since, to hand it on."""
    found = Review.objects.select_related("declaration__person", "declaration__body", "analyst", "selection")
    one = found.defer("selection__frame").filter(pk=key).first()
    if one is None or (one.analyst_id == by.id and one.state in UNDECIDED and Role.AGENCY_ANALYST in by.roles):
        return one
    if not seen_by(by, today).filter(pk=key).exists() or is_biased(one.declaration, by.id, today):
        return None
    return one


def own_reviews(by: Actor) -> QuerySet[Review]:
    """Reviews of one's own declarations, or of whom one acts for, in which one was asked or which were decided."""
    person = filer(by)
    asked = Q(inquiries__isnull=False) | ~Q(state__in=UNDECIDED)
    found = Review.objects.filter(asked, person_id=person) if person else Review.objects.none()
    return found.select_related("declaration").distinct().order_by("-decision_due_date", "pk")


def inquiries_of(one: Review) -> Sequence[ReviewInquiry]:
    """What was asked, with its questions, the first first."""
    return list(one.inquiries.prefetch_related("questions").order_by("asked_at", "pk"))


def waiting_inquiry(one: Review) -> ReviewInquiry | None:
    """What waits for an answer."""
    if one.state != ASKED:
        return None
    return one.inquiries.filter(answered_at=None).prefetch_related("questions").order_by("-asked_at").first()


def inquiry_with(one: Review, questions: Container[str]) -> ReviewInquiry | None:
    """What was asked with these questions, whether it still waits or not."""
    asked_ones = one.inquiries.prefetch_related("questions").order_by("-asked_at")
    return next((each for each in asked_ones if any(asked.pk in questions for asked in each.questions.all())), None)


def later_version(declaration: Declaration) -> Declaration | None:
    """The newest version that replaces a declaration, if one does.

    What stayed with a merged record is not amended itself any more: an amendment under another record of the same
    person, filed after it, says what they declare by now.
    """
    own = declaration.person_id
    others = records_of_one("person", [own])[own] - {own}
    newer = Q(person=own, version__gt=declaration.version)
    if others and declaration.filed_at is not None:
        newer |= Q(person_id__in=others, version__gt=1, filed_at__gt=declaration.filed_at)
    same = Declaration.objects.filter(newer, form=declaration.form, year=declaration.year)
    return same.order_by(F("filed_at").desc(nulls_last=True), "-version").first()


def findings_about(one: Review, by: Actor) -> Sequence[Finding]:
    """What the rules ask now about the person, the gravest first; for analysts only."""
    found = findings_for(by).filter(STANDING, dataset=COUNTRY, kind="flag", subject_id=one.person_id)
    return list(found.order_by("rank", "-since", "pk")[:MOST_FINDINGS])


def names_of_accounts(keys: Sequence[str]) -> dict[str, str]:
    """What the holders of accounts are called."""
    return dict(Account.objects.filter(pk__in=keys).values_list("pk", "name"))


def steps_of(one: Review, by: Actor, today: date, *, biased: bool) -> tuple[str, ...]:
    """What the viewer may do now, in the order of the buttons."""
    if one.state == APPEALED:
        hears = may_hear(by, one.declaration.body) and one.decided_by_id not in of_same_people([by.id])
        return ("uphold", "overturn") if hears else ()
    if one.state not in UNDECIDED or one.analyst_id != by.id:
        return ()
    if biased:
        return ("hand_on",)
    open_ones = {step.act for step in REVIEW.acts_from(one.state)}
    steps = [step for step in ("ask", *STEP_TO, "refer") if step in open_ones]
    if later_version(one.declaration) is None and "correct" in steps:
        steps.remove("correct")
    if one.inquiries.filter(answered_at=None, due_date__gte=today).exists() and "refer" in steps:
        steps.remove("refer")
    return (*steps, "hand_on")


def may_appeal(one: Review, today: date) -> bool:
    """Whether the person may still appeal against a referral."""
    return one.state == REFERRED and (one.appeal_due_date is None or today <= one.appeal_due_date)
