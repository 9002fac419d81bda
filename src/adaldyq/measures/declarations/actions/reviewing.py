"""Acts on the review of a declaration: questions and answers, the outcome, the referral of a breach and its appeal.

Only the analyst to whom the review was given acts on it, unless there is a conflict; a breach is referred only when the
person was asked and has answered, or let the term pass. A reviewer who did not refer hears the appeal (`duties.csv`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.base.letters import check_seen
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines.actions import cancel_deadline, meet_deadlines, start_deadline
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Deadline, Upload
from adaldyq.kernel.models.deadlines import RUNNING
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance
from adaldyq.kernel.uploads.actions import attach
from adaldyq.measures.declarations.actions.referrals import ask_case, take_back
from adaldyq.measures.declarations.actions.relief import check_text, tell
from adaldyq.measures.declarations.actions.selecting import give_out
from adaldyq.measures.declarations.domain.reviews import (
    ANSWER_TITLE,
    EXPLANATION,
    LONGEST_TEXT,
    MOST_QUESTIONS,
    OUTCOMES,
    STEP_TO,
)
from adaldyq.measures.declarations.models import (
    Review,
    ReviewInquiry,
    ReviewQuestion,
)
from adaldyq.measures.declarations.policies import filer, may_hear
from adaldyq.measures.declarations.queries.conflicts import is_biased
from adaldyq.measures.declarations.queries.reviews import later_version
from adaldyq.measures.declarations.states import ASKED, UNDECIDED

ASK, ANSWER, DECIDE, REFER, APPEAL, DECIDE_APPEAL, HAND_ON = (
    f"declarations.review.{verb}" for verb in ("ask", "answer", "decide", "refer", "appeal", "decide_appeal", "hand_on")
)
REMINDERS = (3, 1)


def page_of(review: Review) -> str:
    """The person's page of a review, without the language."""
    return f"declarations/mine/reviews/{review.pk}/"


def stepped(review: Review) -> Recorded:
    """The ledger line of a step: which review, its state, and the hash of all that was said in it."""
    said = ReviewQuestion.objects.filter(inquiry__review=review).order_by("inquiry__asked_at", "position")
    asked = "\n".join(f"{text}\n{answer}" for text, answer in said.values_list("text", "answer"))
    words = f"{review.ground}\n{review.appeal_text}\n{review.appeal_ground}\n{asked}"
    facts: dict[str, object] = {
        "review": review.pk,
        "declaration": review.declaration_id,
        "state": review.state,
        "words": hashlib.sha256(words.encode()).hexdigest(),
    }
    return Recorded([facts], {"review": review.pk, "state": review.state})


def require_analyst(by: Actor, name: str, review: Review, at: datetime) -> None:
    """Stop whoever is not the analyst of a review, and the analyst who has come into a conflict since.

    Raises:
        NotAllowed: `by` is no analyst.
        DomainError: `review-anothers` or `review-conflict`.
    """
    require(not by.system and Role.AGENCY_ANALYST in by.roles, name)
    if review.analyst_id != by.id:
        raise DomainError("review-anothers")
    if name != HAND_ON and is_biased(review.declaration, by.id, day_of(at)):
        raise DomainError("review-conflict")


@act(ASK, records=stepped, on="review")
def ask(*, review: Review, questions: Sequence[str], by: Actor, at: datetime) -> Review:
    """Ask the person for an explanation, to be given within the pack's term.

    Raises:
        NotAllowed, DomainError: as `require_analyst`.
        DomainError: `review-questions-missing`, `review-too-many-questions` or `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require_analyst(by, ASK, review, at)
    wanted = [text.strip() for text in questions if text.strip()]
    if not wanted:
        raise DomainError("review-questions-missing", field="questions")
    if len(wanted) > MOST_QUESTIONS:
        raise DomainError("review-too-many-questions", field="questions", count=len(wanted), limit=MOST_QUESTIONS)
    for text in wanted:
        check_text(text, "questions", "review-questions-missing")
    due = naming.pack().due(EXPLANATION, day_of(at))
    asked = advance(review, "ask", by=by, at=at)
    inquiry = ReviewInquiry.objects.create(review=asked, asked_by_id=by.id, asked_at=at, due_date=due)
    ReviewQuestion.objects.bulk_create(
        ReviewQuestion(inquiry=inquiry, position=place, text=text) for place, text in enumerate(wanted)
    )
    answer = Due(EXPLANATION, ANSWER_TITLE, due, reminders=REMINDERS, href=page_of(asked))
    start_deadline(subject=inquiry, due=answer, bound=Bound(person=asked.person), by=by, at=at)
    told: dict[str, str | int] = {"year": asked.declaration.year, "due_date": due.isoformat()}
    tell(asked.person_id, "review-asked", told, inquiry.pk, at, page_of(asked))
    return asked


@act(ANSWER, records=stepped, on="review")
def answer(
    *, review: Review, answers: Mapping[str, str], by: Actor, at: datetime, files: Sequence[Upload] = ()
) -> Review:
    """Answer what was asked, as the person or for them, also after the last day while nothing is decided.

    Args:
        answers: by id of the question.
        files: that show it; they were handed in by `by` and become part of the answer.

    Raises:
        NotAllowed: the declaration is somebody else's, or a file is.
        DomainError: `review-answer-missing` or `text-too-long`, or as `check_seen`, with the id of the question as field.
        Conflict: nothing is asked now, or somebody was first.
    """
    require(bool(filer(by)) and filer(by) == review.person_id, ANSWER)
    inquiry = review.inquiries.filter(answered_at=None).order_by("-asked_at").first()
    if inquiry is None or review.state != ASKED:
        raise Conflict("answer", review.state)
    asked = list(inquiry.questions.order_by("position"))
    for one in asked:
        one.answer = answers.get(one.pk, "").strip()
        if not one.answer:
            raise DomainError("review-answer-missing", field=one.pk)
        if len(one.answer) > LONGEST_TEXT:
            raise DomainError("text-too-long", field=one.pk, length=len(one.answer), limit=LONGEST_TEXT)
        check_seen(one.answer, one.pk)
    answered = advance(review, "answer", by=by, at=at)
    ReviewQuestion.objects.bulk_update(asked, ["answer"])
    ReviewInquiry.objects.filter(pk=inquiry.pk).update(answered_by=by.id, answered_at=at)
    for file in files:
        attach(upload=file, subject=inquiry, by=by, at=at)
    if answered.analyst is not None:
        notify(
            account=answered.analyst,
            message="review-answered",
            parameters={"year": answered.declaration.year},
            key=f"review-answered:{inquiry.pk}",
            href=f"declarations/reviews/{answered.pk}/",
            at=at,
        )
    meet_deadlines(kind=ReviewInquiry._meta.label, subjects=[inquiry.pk], name=EXPLANATION, at=at)
    return answered


@act(DECIDE, records=stepped, on="review")
def decide(*, review: Review, step: str, ground: str, by: Actor, at: datetime) -> Review:
    """End a review in the person's favour: explained, corrected by a later version, or confirmed as declared.

    Args:
        step: a step of `STEP_TO`.

    Raises:
        NotAllowed, DomainError: as `require_analyst`.
        DomainError: `no-such-step`, `reason-missing`, `reason-too-long`, or `review-not-corrected` when the person has
            filed no later version.
        Conflict: its state does not permit it, or somebody was first.
    """
    require_analyst(by, DECIDE, review, at)
    if step not in STEP_TO:
        raise DomainError("no-such-step")
    check_text(ground, "text", "reason-missing")
    if step == "correct" and later_version(review.declaration) is None:
        raise DomainError("review-not-corrected", field="text")
    decided = advance(review, step, by=by, at=at, ground=ground.strip(), decided_by=by.id, decided_at=at)
    end_inquiries(decided, ground, by, at)
    told: dict[str, str | int] = {"year": decided.declaration.year, "outcome_title": OUTCOMES[decided.state]}
    tell(decided.person_id, "review-decided", told, decided.pk, at, page_of(decided))
    return decided


def end_inquiries(review: Review, reason: str, by: Actor, at: datetime) -> None:
    """End the term of questions that need no answer any more."""
    unanswered = review.inquiries.filter(answered_at=None).values("pk")
    about = {"subject_kind": ReviewInquiry._meta.label, "subject_id__in": unanswered, "state": RUNNING}
    for deadline in Deadline.objects.filter(**about):
        cancel_deadline(deadline=deadline, reason=reason, by=by, at=at)


@act(REFER, records=stepped, on="review")
def refer(*, review: Review, ground: str, by: Actor, at: datetime) -> Review:
    """Refer signs of a breach: a case is asked for, and waits until there is a register that opens cases.

    Raises:
        NotAllowed, DomainError: as `require_analyst`.
        DomainError: `reason-missing`, `reason-too-long`, or `review-awaits-answer` while the person may still answer.
        Conflict: its state does not permit it: the person was not asked, or somebody was first.
    """
    require_analyst(by, REFER, review, at)
    check_text(ground, "text", "reason-missing")
    today = day_of(at)
    open_ones = review.inquiries.filter(answered_at=None)
    if waiting := open_ones.filter(due_date__gte=today).order_by("-due_date").first():
        raise DomainError("review-awaits-answer", field="text", day=waiting.due_date)
    due = naming.pack().due("appeal", today)
    referred = advance(
        review, "refer", by=by, at=at, ground=ground.strip(), decided_by=by.id, decided_at=at, appeal_due_date=due
    )
    ask_case(referred, ground=ground.strip(), by=by, at=at)
    told: dict[str, str | int] = {"year": referred.declaration.year, "due_date": due.isoformat()}
    tell(referred.person_id, "review-referred", told, referred.pk, at, page_of(referred))
    return referred


@act(APPEAL, records=stepped, on="review")
def appeal(*, review: Review, text: str, by: Actor, at: datetime) -> Review:
    """Appeal against the referral of a breach, as the person or for them.

    Raises:
        NotAllowed: the declaration is somebody else's.
        DomainError: `appeal-missing`, `reason-too-long`, `appeal-too-late`.
        Conflict: nothing was referred.
    """
    require(bool(filer(by)) and filer(by) == review.person_id, APPEAL)
    check_text(text, "text", "appeal-missing")
    today = day_of(at)
    if review.appeal_due_date is not None and today > review.appeal_due_date:
        raise DomainError("appeal-too-late", field="text", day=review.appeal_due_date)
    due = naming.pack().due("appeal_answer", today)
    return advance(review, "appeal", by=by, at=at, appeal_text=text.strip(), appealed_at=at, appeal_answer_due_date=due)


@act(DECIDE_APPEAL, records=stepped, on="review")
def decide_appeal(*, review: Review, upheld: bool, ground: str, by: Actor, at: datetime) -> Review:
    """Decide an appeal: the referral stands, or is taken back.

    Args:
        upheld: whether the referral stands.

    Raises:
        NotAllowed: `by` is not a reviewer.
        DomainError: `acts-apart` when `by` referred it, `review-conflict`, `reason-missing`, `reason-too-long`.
        Conflict: its state does not permit it, or somebody was first.
    """
    require(not by.system and may_hear(by, review.declaration.body), DECIDE_APPEAL)
    if is_biased(review.declaration, by.id, day_of(at)):
        raise DomainError("review-conflict")
    check_text(ground, "text", "reason-missing")
    decided = advance(
        review,
        "uphold" if upheld else "overturn",
        by=by,
        at=at,
        appeal_ground=ground.strip(),
        appeal_decided_by=by.id,
        appeal_decided_at=at,
    )
    if not upheld:
        take_back(decided, by=by, at=at)
    told = {"year": decided.declaration.year}
    tell(decided.person_id, "review-appeal-decided", told, decided.pk, at, page_of(decided))
    return decided


@act(HAND_ON, records=stepped, on="review")
def hand_on(*, review: Review, ground: str, by: Actor, at: datetime) -> Review:
    """Hand a review on, with the reason; the next analyst is found as the first was, and it never comes back.

    When nobody is free it waits, and the clock looks every night.

    Raises:
        NotAllowed, DomainError: as `require_analyst`.
        DomainError: `reason-missing`, `reason-too-long`.
        Conflict: it was decided, or somebody was first.
    """
    require_analyst(by, HAND_ON, review, at)
    check_text(ground, "text", "reason-missing")
    review.passed_by = [*review.passed_by, {"account": by.id, "ground": ground.strip(), "at": at.isoformat()}]
    give_out([review], at)
    changed = {"analyst": review.analyst_id, "assigned_at": review.assigned_at, "passed_by": review.passed_by}
    if Review.objects.filter(pk=review.pk, analyst=by.id, state__in=UNDECIDED).update(**changed) != 1:
        raise Conflict("hand_on", review.state)
    return review
