"""Questions about a declaration, for the person: asked, answered, decided, appealed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel import kept_forms
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.models import Upload
from adaldyq.kernel.trying import refusal
from adaldyq.kernel.uploads.actions import expire_upload, take_in
from adaldyq.measures.declarations.actions import reviewing as acts
from adaldyq.measures.declarations.forms import StepForm
from adaldyq.measures.declarations.forms.reviews import AnswerForm
from adaldyq.measures.declarations.queries import reviews
from adaldyq.measures.declarations.queries.review_files import ANSWER
from adaldyq.measures.declarations.queries.reviews import Review
from adaldyq.measures.declarations.views.review import asked_and_answered, files_of, outcome_facts
from adaldyq.measures.declarations.views.review_words import STATES, due_word, subject_of
from adaldyq.ui.facts import Fact

APPEAL = "appeal"


@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, review_id: str) -> HttpResponse:
    """One's own review: the questions with a box for each answer, or what was decided and how to appeal.

    Raises:
        Http404: there is none, or nothing of it was asked or decided, or it is somebody else's.
        PermissionDenied: the step is not the viewer's.
    """
    by, today = actor_of(request.user), timezone.localdate()
    one = reviews.own_reviews(by).filter(pk=review_id).first()
    if one is None:
        raise Http404(review_id)
    inquiry = reviews.waiting_inquiry(one)
    sent = request.method == "POST"
    appeals = sent and request.POST.get("step") == APPEAL
    inquired = inquiry or (reviews.answered_inquiry(one, request.POST) if sent else None)
    asked = {question.pk: question.text for question in sorted_questions(inquired)}
    form: AnswerForm | StepForm
    if appeals or inquired is None:
        form = StepForm(request.POST if sent else None)
    else:
        form = AnswerForm(request.POST if sent else None, request.FILES if sent else None, asked)
    unsaved, status = kept_forms.into(request, form), None
    if form.is_bound:
        status = refusal(form, partial(taken, request, one, form, by)) if form.is_valid() else 422
        if status is None:
            return redirect("declarations-own-review", one.pk)
    context = {
        "review": one,
        "unsaved": unsaved,
        "subject": subject_of(one),
        "facts": facts_of(one, inquiry),
        "history": asked_and_answered(one),
        "files": files_of(one, by),
        "form": form,
        "questions": [form[key] for key in asked] if isinstance(form, AnswerForm) else [],
        "answers": inquiry is not None and isinstance(form, AnswerForm),
        "not_taken": typed_too_late(form, asked) if inquiry is None and isinstance(form, AnswerForm) else [],
        "appeals": reviews.may_appeal(one, today),
    }
    return render(request, "declarations/own_review.html", context, status=status)


def typed_too_late(form: AnswerForm, asked: Mapping[str, str]) -> list[Fact]:
    """What was typed as answers to questions that had been answered meanwhile."""
    return [Fact(text, form[key].value(), kind="text") for key, text in asked.items() if form[key].value()]


def sorted_questions(inquiry: Any) -> list[Any]:
    """Questions in their order; none when nothing waits."""
    return sorted(inquiry.questions.all(), key=lambda one: one.position) if inquiry else []


def taken(request: HttpRequest, one: Review, form: AnswerForm | StepForm, by: Actor) -> None:
    """Answer, or appeal, once. Files that were handed in go again when the answer is refused, or was there already.

    Raises:
        DomainError: what the acts say; of a file, with the field `papers`.
    """
    at = timezone.now()
    held: list[Upload] = []

    def perform() -> dict[str, str]:
        if isinstance(form, AnswerForm):
            acts.answer(review=one, answers=form.answers(), files=tuple(held), by=by, at=at)
            held.clear()
        else:
            acts.appeal(review=one, text=form.cleaned_data["text"], by=by, at=at)
        return {}

    try:
        for file in form.cleaned_data.get("papers", ()):
            name, content = str(file.name), bytes(file.read())
            held.append(take_in(purpose=ANSWER, name=name, content=content, by=by, at=at, person=one.person))
        sent_once(request.POST, place=f"own review {one.pk}", owner=by.id, at=at, perform=perform)
    except DomainError as error:
        if error.field == "file":
            error.field = "papers"
        raise
    finally:
        for upload in held:
            expire_upload(upload=upload, by=by, at=at)


def facts_of(one: Review, inquiry: Any) -> list[Fact]:
    """What the person reads of the review."""
    today = timezone.localdate()
    due = inquiry.due_date if inquiry else None
    facts = [
        Fact(_("State"), STATES[one.state]),
        Fact(_("Answer until"), due, kind="day", hint=due_word(due, today) if due else ""),
        *outcome_facts(one),
    ]
    return [fact for fact in facts if fact.value not in {None, ""}]
