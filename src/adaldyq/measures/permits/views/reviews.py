"""The review for everybody: rounds, one round with its permits, one permit in it; and the steps of officers and reviewers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.days import day_of, pack_due
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import deciding, reviewing
from adaldyq.measures.permits.forms.reviews import BurdenForm, DecideForm, JudgeForm, JustifyForm, RoundForm
from adaldyq.measures.permits.queries import reviews
from adaldyq.measures.permits.queries.catalogue import burden_of
from adaldyq.measures.permits.queries.words import OUTCOME_WORDS, REVIEW_WORDS, STEP_WORDS
from adaldyq.measures.permits.states import (
    ASSESS_BURDEN,
    ASSESS_LEGALITY,
    ASSESS_NECESSITY,
    AWAITED,
    DECIDE,
    JUSTIFY,
    LAPSED,
)
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.tables import Column, Table, sorted_page

ABOLISH_NOW = "now"


@require_safe
def rounds_page(request: HttpRequest) -> HttpResponse:
    """Rounds of the review, each with how far it is."""
    listed = reviews.rounds(timezone.localdate())
    columns = [
        Column(
            "opened", _("Opened"), kind="day", value=lambda row: row.round.opened_date,
            link=lambda row: reverse("permits-round", args=[row.round.pk]),
        ),
        Column("until", _("Last day to justify"), kind="day", value=lambda row: row.round.justify_until),
        Column("days_left", _("Working days left"), kind="number"),
        Column("entries", _("Permits"), kind="number"),
        Column("awaited", _("To be justified"), kind="number"),
        Column("assessed", _("Being assessed"), kind="number"),
        Column("decided", _("Decided"), kind="number"),
        Column("lapsed", _("Fallen"), kind="number"),
    ]  # fmt: skip
    table = Table(_("Rounds"), columns, listed, hide_caption=True, empty=_("No review has been opened yet."))
    opens = policies.may_review(actor_of(request.user))
    return render(request, "permits/rounds.html", {"table": table, "opens": opens})


@require_safe
def round_page(request: HttpRequest, round_id: str) -> HttpResponse:
    """A round: its act, its last day, and every permit in it.

    Raises:
        Http404: there is none.
    """
    of = reviews.one_round(round_id)
    if of is None:
        raise Http404(round_id)
    page = sorted_page(request, reviews.reviews_of(of), columns(), default="entry__number")
    table = Table(_("Permits"), columns(), page.rows, page=page, hide_caption=True)
    left = reviews.days_left(of, timezone.localdate())
    facts = [
        Fact(_("Ordered by"), act_words(of)),
        Fact(_("Opened"), of.opened_date, kind="day"),
        Fact(
            _("Last day to justify"),
            of.justify_until,
            kind="day",
            hint=_("%(days)s working days are left.") % {"days": left},
        ),
    ]
    return render(request, "permits/round.html", {"round": of, "table": table, "facts": facts})


def columns() -> list[Column]:
    """Columns of reviews."""
    return [
        Column("number", _("Number"), sort="entry__number", value=lambda row: row.entry.number),
        Column(
            "name",
            _("Activity"),
            value=lambda row: naming.spoken(row.entry.names, row.entry.number),
            link=lambda row: reverse("permits-review", args=[row.pk]),
        ),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.entry.body.names, row.entry.body.name)),
        Column("state", _("State"), value=state_of, sort="state"),
    ]


def state_of(row: Any) -> State:
    """How far a review is, and what was decided."""
    if row.outcome:
        return State(OUTCOME_WORDS[row.outcome], "closed")
    return State(REVIEW_WORDS[row.state], "open" if row.state == AWAITED else "work")


def act_words(row: Any) -> str:
    """An act: name, number, day."""
    day = Fact("", row.act_date, kind="day").shown
    return _("%(title)s, No. %(number)s of %(day)s") % {"title": row.act_title, "number": row.act_number, "day": day}


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer, the nearest last day first."""
    by, today = actor_of(request.user), timezone.localdate()
    shown = [
        *columns(),
        Column("until", _("Last day to justify"), kind="day", value=lambda row: row.round.justify_until),
        Column("left", _("Working days left"), kind="number", value=lambda row: reviews.days_left(row.round, today)),
    ]
    page = sorted_page(request, reviews.queue(by), shown)
    table = Table(_("To be done"), shown, page.rows, page=page, hide_caption=True, empty=_("Nothing waits for you."))
    return render(request, "permits/queue.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """The form that opens a round.

    Raises:
        PermissionDenied: the visitor is not of the reviewing body.
    """
    by, at = actor_of(request.user), timezone.now()
    if not policies.may_review(by):
        raise PermissionDenied
    least = pack_due(reviewing.TERM, day_of(at))
    form = RoundForm(request.POST if request.method == "POST" else None, initial={"until": least})
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            said, made = form.cleaned_data, dict[str, Any]()

            def perform() -> Mapping[str, Any]:
                found = reviews.to_review(said["body"], said["sector"], said["kind"])
                opened = reviewing.open_round(entries=found, order=form.reference, until=said["until"], by=by, at=at)
                return {"round": opened.pk}

            def act() -> None:
                made.update(sent_once(request.POST, place="permits.round", owner=by.id, at=at, perform=perform))

            refused = refusal(form, act)
            if refused is None:
                return redirect("permits-round", made["round"])
            status = refused
    return render(request, "permits/open.html", {"form": form, "least": least}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def review_page(request: HttpRequest, review_id: str) -> HttpResponse:
    """A permit in a round: what was said of it, what was decided, and what the viewer may do now.

    Raises:
        Http404: there is none.
        PermissionDenied: the step is not the viewer's.
    """
    one = reviews.review(review_id)
    if one is None:
        raise Http404(review_id)
    by, at = actor_of(request.user), timezone.now()
    step = reviews.step_of(one, by, timezone.localdate())
    now = bool(step) and reviews.may_decide_now(one) and request.GET.get(ABOLISH_NOW) is not None
    step = DECIDE if now else step
    if request.method == "POST" and not step:
        raise PermissionDenied
    form = form_of(one, step, request.POST if request.method == "POST" else None, ends=now) if step else None
    status = HTTPStatus.OK
    if form is not None and request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            perform = act_of(one, step, form, by, at)
            refused = refusal(
                form,
                lambda: sent_once(request.POST, place=f"permits.{step}.{one.pk}", owner=by.id, at=at, perform=perform),
            )
            if refused is None:
                return redirect("permits-review", one.pk)
            status = refused
    context = {
        "review": one,
        "name": naming.spoken(one.entry.names, one.entry.number),
        "facts": facts_of(one),
        "form": form,
        "step": STEP_WORDS.get(step, ""),
        "ends_now": bool(step) and not now and reviews.may_decide_now(one),
    }
    return render(request, "permits/review.html", context, status=status)


def form_of(one: Any, step: str, sent: Any, *, ends: bool) -> forms.Form:
    """The form of a step, filled with what the catalogue says."""
    if step == JUSTIFY:
        return JustifyForm(sent)
    if step == ASSESS_LEGALITY:
        return JudgeForm(sent, question=_("Does a law ask for it as it stands?"))
    if step == ASSESS_NECESSITY:
        return JudgeForm(sent, question=_("Is it needed: would nothing lighter protect as well?"))
    version = one.version
    if step == ASSESS_BURDEN:
        known = burden_of(version)
        counted = {"hours": known.hours, "costs": known.costs, "applications": known.applications} if known else {}
        return BurdenForm(
            sent, initial={**{name: plain(value) for name, value in counted.items()}, "days": version.days}
        )
    after = {
        "days_after": version.days,
        "fee_after": plain(version.fee),
        "hours_after": plain(one.hours),
        "costs_after": one.costs,
        "since": timezone.localdate(),
    }
    return DecideForm(sent, initial=after, ends=ends)


def plain(value: Any) -> str:
    """A number without zeros behind its fraction."""
    return "" if value is None else format(value.normalize(), "f") if hasattr(value, "normalize") else str(value)


def act_of(one: Any, step: str, form: Any, by: Actor, at: datetime) -> Callable[[], Mapping[str, Any]]:
    """The act behind a step."""

    def perform() -> Mapping[str, Any]:
        who: dict[str, Any] = {"review": one, "by": by, "at": at}
        if step == JUSTIFY:
            reviewing.justify(words=form.cleaned_data["words"], **who)
        elif step == ASSESS_LEGALITY:
            reviewing.assess_legality(lawful=form.yes, words=form.cleaned_data["words"], **who)
        elif step == ASSESS_NECESSITY:
            reviewing.assess_necessity(needed=form.yes, words=form.cleaned_data["words"], **who)
        elif step == ASSESS_BURDEN:
            said = form.cleaned_data
            reviewing.assess_burden(burden=form.burden, days=said["days"], words=said["words"], **who)
        else:
            deciding.decide(decision=form.decision, **who)
        return {}

    return perform


def facts_of(one: Any) -> list[Fact]:
    """What was said and decided, in the order in which it went."""
    entry = reverse("permits-entry", args=[one.entry.number])
    answers = {True: _("yes"), False: _("no"), None: ""}
    facts = [
        Fact(_("State"), state_of(one)),
        Fact(_("Permit"), one.entry.number, href=entry),
        Fact(_("Body"), naming.spoken(one.entry.body.names, one.entry.body.name)),
        Fact(_("Last day to justify"), one.round.justify_until, kind="day"),
        Fact(_("Justification of the body"), one.justification),
        Fact(_("A law asks for it"), answers[one.lawful], hint=one.legality),
        Fact(_("It is needed"), answers[one.needed], hint=one.necessity),
        Fact(
            _("Costs all who need it, a year"), one.burden_amount, kind="money", currency=one.currency, hint=one.burden
        ),
        Fact(_("Working days they wait together, a year"), one.burden_days, kind="number"),
        Fact(_("Act"), act_words(one) if one.act_title else ""),
        Fact(_("Holds from"), one.effective_date, kind="day"),
        Fact(_("Reasons"), one.reasons or fallen(one)),
        Fact(_("Saves, a year"), one.saved_amount, kind="money", currency=one.currency),
        Fact(_("Saves working days of waiting, a year"), one.saved_days, kind="number"),
    ]
    return [fact for fact in facts if fact.value not in (None, "")]


def fallen(one: Any) -> str:
    """Why a permit fell that nobody decided about."""
    if one.state != LAPSED:
        return ""
    day = Fact("", one.round.justify_until, kind="day").shown
    return _("Its body did not justify it up to %(day)s. What is not justified in time falls.") % {"day": day}
