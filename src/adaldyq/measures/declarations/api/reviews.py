"""Operations on reviews of declarations: numbers for everybody, the reviews themselves for an agency's own programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import reads
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.tokens import behind
from adaldyq.measures.declarations.queries import review_numbers, reviews
from adaldyq.measures.declarations.queries.review_numbers import Numbers
from adaldyq.measures.declarations.queries.reviews import Choice, Review

router = Router(tags=["declarations: reviews"])
READ = "review"
FIRST_YEAR, LAST_YEAR = 1900, 2200


class NumbersOut(Schema):
    """What came of the reviews of a year and part. Numbers that would tell of too few are null."""

    year: int
    part: str = Field(description="risk or random: how they were selected.")
    frame: int = Field(description="How many declarations could have been selected.")
    selected: int
    decided: int | None
    overdue: int | None = Field(description="Of how many a last day has passed.")
    explained: int | None
    confirmed: int | None
    corrected: int | None
    referred: int | None
    taken_back: int | None
    found: int | None = Field(description="Of how many of those decided something was wrong.")
    share: float | None = Field(description="The same, of a hundred decided.")
    low: float | None = Field(description="Lower end of the interval of 95 in 100.")
    high: float | None = Field(description="Upper end of it.")


class ReviewsAsked(Slice):
    """Which reviews are asked for."""

    state: str = Field("", max_length=12, description="A state, `undecided`, or empty for all.")
    part: Literal["", "risk", "random"] = Field("", description="By risk or by lot; empty for both.")
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Year declared.")
    overdue: bool = Field(False, description="Only those whose last day has passed.")


class ReasonOut(Schema):
    """A finding that made the weight when the declaration was selected."""

    finding: str
    rule: str
    severity: str


class ReviewOut(Schema):
    """A review."""

    id: str
    declaration_id: str
    person_id: str
    year: int
    form: str
    part: str
    weight: int
    state: str
    analyst: str = Field(description="Name of the analyst; empty while nobody is free.")
    decision_due_date: date
    decided_at: datetime | None


class QuestionOut(Schema):
    """A question, and its answer."""

    text: str
    answer: str
    asked_at: datetime
    due_date: date
    answered_at: datetime | None


class OneReviewOut(ReviewOut):
    """A review with why it was selected, what was asked, and what came of it."""

    selection_id: str
    reasons: list[ReasonOut]
    questions: list[QuestionOut]
    ground: str
    appeal_text: str
    appeal_ground: str


@router.get("/statistics", response=list[NumbersOut], url_name="api-review-statistics", summary="What came of reviews")
def statistics(request: HttpRequest) -> Sequence[Numbers]:
    """Numbers of reviews by year, by risk against by lot, without names."""
    return review_numbers.numbers(timezone.localdate())


@router.get("", response=Page[ReviewOut], url_name="api-reviews", summary="Reviews of declarations")
def list_reviews(request: HttpRequest, response: HttpResponse, asked: Query[ReviewsAsked]) -> dict[str, Any]:
    """Reviews, those due first; none of who works in the institution that asks or below it. Each look is logged."""
    choice = Choice(state=asked.state.replace("\0", ""), part=asked.part, year=asked.year, overdue=asked.overdue)
    found = reviews.chosen_for_program(choice, behind(request), day_of(timezone.now()))
    rows = list(found.order_by("decision_due_date", "pk")[asked.offset : asked.offset + asked.limit])
    reads.note(request, READ, [(one.pk, one.person_id) for one in rows])
    return page_of(request, response, asked, found.count(), [line_of(one) for one in rows])


@router.get("/{review_id}", response=OneReviewOut, url_name="api-review", summary="A review of a declaration")
def one_review(request: HttpRequest, review_id: str) -> dict[str, Any]:
    """One review with questions, answers and grounds.

    Raises:
        Http404: there is none, or it is of somebody of the institution that asks.
    """
    found = reviews.chosen_for_program(Choice(), behind(request), day_of(timezone.now())).filter(pk=review_id).first()
    if found is None:
        raise Http404(review_id)
    reads.note(request, READ, [(found.pk, found.person_id)])
    asked = [
        {
            "text": question.text,
            "answer": question.answer,
            "asked_at": inquiry.asked_at,
            "due_date": inquiry.due_date,
            "answered_at": inquiry.answered_at,
        }
        for inquiry in reviews.inquiries_of(found)
        for question in sorted(inquiry.questions.all(), key=lambda known: known.position)
    ]
    said = {
        name: getattr(found, name) for name in ("ground", "appeal_text", "appeal_ground", "selection_id", "reasons")
    }
    return {**line_of(found), **said, "questions": asked}


def line_of(one: Review) -> dict[str, Any]:
    """A review as a line of the list."""
    return {
        "id": one.pk,
        "declaration_id": one.declaration_id,
        "person_id": one.person_id,
        "year": one.declaration.year,
        "form": one.declaration.form,
        "part": one.part,
        "weight": one.weight,
        "state": one.state,
        "analyst": one.analyst.name if one.analyst else "",
        "decision_due_date": one.decision_due_date,
        "decided_at": one.decided_at,
    }
