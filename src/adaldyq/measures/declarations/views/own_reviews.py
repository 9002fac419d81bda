"""Questions about a declaration, for the person: asked, answered, decided, appealed."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import Conflict, DomainError
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
CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, review_id: str) -> HttpResponse:
    """One's own review: the questions with a box for each answer, or what was decided and how to appeal.

    What was typed while the review went on comes back with what happened.

    Raises:
        Http404: there is none, or nothing of it was asked or decided, or it is somebody else's.
        PermissionDenied: the step is not the viewer's.
    """
    by = actor_of(request.user)
    one = reviews.own_reviews(by).filter(pk=review_id).first()
    if one is None:
        raise Http404(review_id)
    form = form_of_now(one)
    sent = sent_form(request, one) if request.method == "POST" else None
    unsaved, status, late = kept_forms.into(request, form), None, False
    if sent is not None:
        status = refusal(sent, partial(taken, request, one, sent, by)) if sent.is_valid() else 422
        if status is None:
            return redirect("declarations-own-review", one.pk)
        one.refresh_from_db()
        late = not is_asked_now(sent, one)
        form, status = (form_of_now(one), CONFLICT) if late else (sent, status)
    inquiry = reviews.waiting_inquiry(one)
    context = {
        "review": one,
        "unsaved": unsaved,
        "subject": subject_of(one),
        "facts": facts_of(one, inquiry),
        "history": asked_and_answered(one),
        "files": files_of(one, by),
        "form": form,
        "questions": [form[key] for key in form.questions] if isinstance(form, AnswerForm) else [],
        "answers": isinstance(form, AnswerForm),
        "happened": happened(one, sent) if late and sent else None,
        "not_taken": typed_too_late(sent) if late and sent else [],
        "appeals": reviews.may_appeal(one, timezone.localdate()),
    }
    return render(request, "declarations/own_review.html", context, status=status)


def form_of_now(one: Review) -> AnswerForm | StepForm:
    """The empty form of what the person may say now: answers to what waits, else an appeal."""
    inquiry = reviews.waiting_inquiry(one)
    return AnswerForm(None, None, texts_of(inquiry)) if inquiry else StepForm(None)


def sent_form(request: HttpRequest, one: Review) -> AnswerForm | StepForm:
    """What was sent: an appeal, or answers to the questions that stood on the page, whatever happened since."""
    inquiry = reviews.inquiry_with(one, request.POST) or reviews.waiting_inquiry(one)
    if inquiry is None or request.POST.get("step") == APPEAL:
        return StepForm(request.POST)
    return AnswerForm(request.POST, request.FILES, texts_of(inquiry))


def is_asked_now(sent: AnswerForm | StepForm, one: Review) -> bool:
    """Whether the page still asks for what was sent."""
    if isinstance(sent, StepForm):
        return reviews.may_appeal(one, timezone.localdate())
    return set(sent.questions) == set(texts_of(reviews.waiting_inquiry(one)))


def happened(one: Review, sent: AnswerForm | StepForm) -> tuple[object, object]:
    """What happened while the person typed: a heading, and what it means for what was typed."""
    if isinstance(sent, StepForm):
        return _("No appeal is open any more"), _(
            "What you typed was not taken. It stands here, so that you can copy it."
        )
    answered = reviews.inquiry_with(one, sent.questions)
    if answered is not None and answered.answered_at is not None:
        if reviews.waiting_inquiry(one):
            return _("It has been answered meanwhile, and you have been asked again"), _(
                "What you typed was not taken, since these questions were answered in another window. It stands here, so that "
                "you can copy it; the new questions stand below."
            )
        return _("It has been answered meanwhile"), _(
            "What you typed was not taken. It stands here, so that you can copy it; the answer that was given stands below."
        )
    if reviews.may_appeal(one, timezone.localdate()):
        return _("Signs of a breach have been referred meanwhile"), _(
            "The time to answer had passed, so that what you typed was not taken as an answer. It stands here, so that you "
            "can copy it; you can say it in an appeal below."
        )
    return _("The review has been decided meanwhile"), _(
        "An answer is not needed any more, and what you typed was not taken. It stands here, so that you can copy it; what "
        "was decided stands below."
    )


def typed_too_late(sent: AnswerForm | StepForm) -> list[Fact]:
    """What was typed and not taken."""
    boxes = [sent[key] for key in (sent.questions if isinstance(sent, AnswerForm) else ("text",))]
    return [Fact(str(box.label), box.value(), kind="text") for box in boxes if box.value()]


def texts_of(inquiry: Any) -> dict[str, str]:
    """Questions by id."""
    return {question.pk: question.text for question in sorted_questions(inquiry)}


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
            if not is_asked_now(form, one):
                raise Conflict("answer", one.state)
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
