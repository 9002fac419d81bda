"""The page of one review for analysts and reviewers: declared, registers and last year side by side, and the steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal
from adaldyq.kernel.uploads.queries import attached_to, may_read
from adaldyq.measures.declarations.actions import reviewing as acts
from adaldyq.measures.declarations.domain.reviews import STEP_TO
from adaldyq.measures.declarations.forms import StepForm
from adaldyq.measures.declarations.forms.reviews import AskForm
from adaldyq.measures.declarations.queries import conflicts, reviews
from adaldyq.measures.declarations.queries.attachments import of_declaration
from adaldyq.measures.declarations.queries.reviews import Review
from adaldyq.measures.declarations.queries.side_by_side import compared
from adaldyq.measures.declarations.views import check_words
from adaldyq.measures.declarations.views.document_facts import filed_facts
from adaldyq.measures.declarations.views.review_sections import parts_of
from adaldyq.measures.declarations.views.review_words import BUTTONS, PARTS, REFERRALS, STATES, due_word, subject_of
from adaldyq.ui.facts import Fact, Happening, Link
from adaldyq.ui.formats.values import day
from adaldyq.ui.tables import Column, Table
from adaldyq.verification.views.words import finding_state, known_rules, severity_state

READ, READ_DECLARATION, READ_FINDING = "review", "declaration", "finding"
ASK = "ask"


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, review_id: str) -> HttpResponse:
    """One review, and what the viewer may do in it.

    Raises:
        Http404: there is none, or the viewer may not see it.
        PermissionDenied: the step is not the viewer's.
    """
    by, today = actor_of(request.user), timezone.localdate()
    one = reviews.review(review_id, by, today)
    if one is None:
        raise Http404(review_id)
    step = request.POST.get("step", "")
    asks = AskForm(request.POST if step == ASK else None, auto_id="ask_%s")
    decides = StepForm(request.POST if request.method == "POST" and step != ASK else None)
    form, status = asks if asks.is_bound else decides, None
    if form.is_bound and form.is_valid():
        status = refusal(form, partial(taken, request, one, form, step))
        if status is None:
            return redirect("declarations-review", one.pk)
        one = reviews.review(review_id, by, today) or one
    return shown(request, one, asks, decides, status)


def shown(request: HttpRequest, one: Review, asks: AskForm, decides: StepForm, status: int | None) -> HttpResponse:
    """The page; of whoever has come into a conflict it shows only that the review may be handed on."""
    by, today = actor_of(request.user), timezone.localdate()
    unsaved = not asks.is_bound and kept_forms.into(request, decides)
    asks.initial = {**asks.initial, **decides.initial}
    biased = conflicts.is_biased(one.declaration, by.id, today)
    beside = None if biased else compared(one.declaration)
    later = None if biased else reviews.later_version(one.declaration)
    in_force = compared(later) if later else None
    reads.note(request, READ, [(one.pk, one.person_id)])
    for version, held in ((one.declaration, beside), (later, in_force)):
        whose = (one.person_id, *held.relatives) if held else ()
        reads.note(request, READ_DECLARATION, [(version.pk, key) for key in whose if version])
    found = [] if biased else reviews.findings_about(one, by)
    reads.note(request, READ_FINDING, [(finding.pk, one.person_id) for finding in found])
    steps = reviews.steps_of(one, by, today, biased=biased)
    context = {
        "review": one,
        "unsaved": unsaved,
        "name": naming.names_of([one.person_id]).get(one.person_id, one.declaration.declarant_name),
        "subject": subject_of(one),
        "facts": facts_of(one),
        "reasons": [] if biased else reasons_of(one),
        "biased": biased,
        "history": [] if biased else history_of(one),
        "documents": [] if biased else filed_facts(list(of_declaration(one.declaration))),
        "files": None if biased else files_of(one, by),
        "findings": findings_listed(found),
        "parts": parts_of(beside) if beside else [],
        "beside": beside,
        "in_force": parts_of(in_force) if in_force else [],
        "later": later,
        "amended": one.declaration if later else None,
        "changes": check_words.between(later, one.declaration) if later else [],
        "change": reverse("declarations-change", args=[one.person_id]) if looks_on(by) and not biased else "",
        "asks": asks if ASK in steps else None,
        "form": asks if asks.is_bound else decides,
        "decides": decides,
        "steps": [(step, BUTTONS[step]) for step in steps if step != ASK],
    }
    return render(request, "declarations/review.html", context, status=status)


def looks_on(by: Actor) -> bool:
    """Whether the viewer may see how wealth changed over the years."""
    return Role.AGENCY_ANALYST in by.roles


def taken(request: HttpRequest, one: Review, form: Any, step: str) -> None:
    """Take the step that a button names, once.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    by, at = actor_of(request.user), timezone.now()
    text = form.cleaned_data.get("text", "")

    def perform() -> dict[str, str]:
        match step:
            case "ask":
                acts.ask(review=one, questions=form.asked(), by=by, at=at)
            case "refer":
                acts.refer(review=one, ground=text, by=by, at=at)
            case "hand_on":
                acts.hand_on(review=one, ground=text, by=by, at=at)
            case "uphold" | "overturn":
                acts.decide_appeal(review=one, upheld=step == "uphold", ground=text, by=by, at=at)
            case _ if step in STEP_TO:
                acts.decide(review=one, step=step, ground=text, by=by, at=at)
            case _:
                raise DomainError("no-such-step")
        return {}

    sent_once(request.POST, place=f"review {one.pk}", owner=by.id, at=at, perform=perform)


def facts_of(one: Review) -> list[Fact]:
    """What is known of the review, in the order in which it went."""
    declaration, today = one.declaration, timezone.localdate()
    later = reviews.later_version(declaration)
    public = reverse("declarations-declaration", args=[declaration.pk]) if declaration.is_public else ""
    referral = getattr(one, "referral", None)
    selection = reverse("declarations-review-selection", args=[one.selection_id])
    facts = [
        Fact(_("State"), STATES[one.state]),
        Fact(_("Selected"), PARTS[one.part], action=Link(_("How it was selected"), selection)),
        Fact(_("Weight"), one.weight, kind="number"),
        Fact(_("Analyst"), one.analyst.name if one.analyst else _("nobody is free yet")),
        Fact(_("Decide until"), one.decision_due_date, kind="day", hint=due_word(one.decision_due_date, today)),
        Fact(_("Post"), naming.spoken(declaration.post_titles, declaration.post_title)),
        Fact(_("Body"), naming.spoken(declaration.body.names, declaration.body.name) if declaration.body else ""),
        Fact(_("Filed"), declaration.filed_at, kind="moment", href=public),
        Fact(_("Later version"), later.filed_at if later else None, kind="moment"),
        *outcome_facts(one),
        Fact(_("Referral"), REFERRALS[referral.state] if referral else None, hint=referral.case if referral else ""),
    ]
    return [fact for fact in facts if fact.value not in {None, ""}]


def outcome_facts(one: Review) -> list[Fact]:
    """What was decided and appealed, as the person reads it too."""
    return [
        Fact(_("Decided"), one.decided_at, kind="moment", hint=one.ground),
        Fact(_("Appeal until"), one.appeal_due_date, kind="day"),
        Fact(_("Appealed"), one.appealed_at, kind="moment", hint=one.appeal_text),
        Fact(_("Decide the appeal until"), one.appeal_answer_due_date, kind="day"),
        Fact(_("Appeal decided"), one.appeal_decided_at, kind="moment", hint=one.appeal_ground),
    ]


def reasons_of(one: Review) -> list[Link]:
    """Findings that made the weight when the declaration was selected."""
    known = known_rules()
    return [
        Link(
            f"{known.title(reason['rule'])} ({severity_state(reason['severity']).word})",
            reverse("findings-finding", args=[reason["finding"]]),
        )
        for reason in one.reasons
    ]


def history_of(one: Review) -> list[Happening]:
    """Questions and answers, and by whom it was handed on, in the order of time."""
    names = reviews.names_of_accounts([past["account"] for past in one.passed_by])
    happened = [
        Happening(
            _("Handed on"),
            datetime.fromisoformat(past["at"]),
            by=names.get(past["account"], ""),
            text=past.get("ground") or _("away until %(day)s") % {"day": day(date.fromisoformat(past["until"]))},
        )
        for past in one.passed_by
    ]
    return sorted([*happened, *asked_and_answered(one)], key=lambda event: event.machine_time)


def asked_and_answered(one: Review) -> list[Happening]:
    """Each question with its answer, as one entry at the time when it was asked."""
    return [
        Happening(
            question.text,
            inquiry.asked_at,
            by=_("Answer until %(day)s") % {"day": day(inquiry.due_date)},
            text=question.answer or _("not answered yet"),
        )
        for inquiry in reviews.inquiries_of(one)
        for question in sorted(inquiry.questions.all(), key=lambda known: known.position)
    ]


def files_of(one: Review, by: Actor) -> Table | None:
    """Files that came with answers; none when there are none."""
    rows = [file for inquiry in reviews.inquiries_of(one) for file in attached_to(inquiry)]
    columns = [
        Column("name", _("File"), link=lambda row: reverse("desk-file", args=[row.pk]) if may_read(by, row) else ""),
        Column("uploaded_at", _("Handed in"), kind="moment"),
    ]
    return Table(_("Files that show it"), columns, rows, hide_caption=True) if rows else None


def findings_listed(found: Sequence[Any]) -> list[dict[str, object]]:
    """What the rules ask now about the person."""
    known = known_rules()
    return [
        {
            "title": known.title(one.rule),
            "since": one.since,
            "href": reverse("findings-finding", args=[one.pk]),
            "severity": severity_state(one.severity),
            "state": finding_state(one),
        }
        for one in found
    ]
