"""Pages of moderators: words that wait, and what is decided about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.street.actions import moderating as acts
from adaldyq.measures.street.domain.words import without_names
from adaldyq.measures.street.forms.moderating import LEAVE_OUT, SET_ASIDE, SHOW, ModerationForm, TakeBackForm
from adaldyq.measures.street.queries import moderating
from adaldyq.measures.street.queries.names import of_officials
from adaldyq.measures.street.queries.words import HAPPENED_WORDS, service_name
from adaldyq.measures.street.states import WAITING
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, tabs_for

READ = "street_report"


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """Words that wait to be read, and those that are shown."""
    by = actor_of(request.user)
    both = [
        Tab("waiting", _("To be read"), moderating.waiting(by).count()),
        Tab("shown", _("Shown"), moderating.shown(by).count()),
    ]
    tabs = tabs_for(request, _("Words"), both, "which")
    found = moderating.waiting(by) if tabs.current == "waiting" else moderating.shown(by)
    page = sorted_page(request, found, columns())
    reads.note(request, READ, [(one.pk, "") for one in page.rows])
    empty = _("Nothing waits.") if tabs.current == "waiting" else _("No words are shown yet.")
    table = Table(_("Words"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "street/queue.html", {"tabs": tabs, "table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column(
            "words",
            _("Words"),
            value=lambda row: row.words[:80] + ("…" if row.words[80:] else ""),
            link=lambda row: reverse("street-words", args=[row.pk]),
        ),
        Column("service", _("Service"), value=lambda row: service_name(row.service)),
        Column("territory", _("Place"), value=lambda row: naming.place_name(row.territory_id)),
        Column("received_date", _("Received on"), kind="day", sort="received_date"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def words_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """The words of one report, and the decision about them.

    Raises:
        Http404: there is none whose words wait or are shown.
    """
    by = actor_of(request.user)
    report = moderating.one(by, report_id)
    if report is None:
        raise Http404(report_id)
    reads.note(request, READ, [(report.pk, "")])
    others = list(moderating.alike(by, report)) if report.state == WAITING else []
    form, status = form_of(report, request.POST if request.method == "POST" else None, len(others)), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: decide_once(request, by, [report, *others], form.cleaned_data))
            if refused is None:
                return redirect("street-moderation")
            status = refused
    context = {"report": report, "form": form, "waits": report.state == WAITING, "facts": facts_of(report)}
    response = render(request, "street/words.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def form_of(report: Any, sent: Any, others: int) -> forms.Form:
    """The form of a decision; words that look like names are taken out in it already."""
    if report.state != WAITING:
        return TakeBackForm(sent)
    return ModerationForm(sent, initial={"words": without_names(report.words, of_officials)}, others=others)


def facts_of(report: Any) -> list[Fact]:
    """What was told beside the words; a sum and a kind of body are not needed to read them."""
    return [
        Fact(_("As it was typed") if report.state == WAITING else _("As it is shown"), report.words),
        Fact(_("What happened"), HAPPENED_WORDS[report.happened]),
        Fact(_("Service"), service_name(report.service)),
        Fact(_("Place"), naming.place_name(report.territory_id)),
        Fact(_("Month"), date_format(report.month, "F Y")),
    ]


def decide_once(request: HttpRequest, by: Actor, reports: Sequence[Any], said: Mapping[str, Any]) -> None:
    """Decide once, also when the form is sent twice; what is set aside, with all that have the same words if so chosen.

    Args:
        reports: the one that the page is about, then others with the same words.
    """
    now, (report, *others) = timezone.now(), reports

    def perform() -> Mapping[str, Any]:
        decide(report, said, by, now)
        if said.get("alike") and said["decision"] == SET_ASIDE:
            for one in others:
                acts.set_aside(report=one, ground=said["ground"], by=by, at=now)
        return {}

    sent_once(request.POST, place=f"street.words.{report.pk}", owner=by.id, at=now, perform=perform)


def decide(report: Any, said: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Do what a form says about a report."""
    ground = said["ground"]
    if "decision" not in said:
        acts.take_words_back(report=report, ground=ground, by=by, at=now)
    elif said["decision"] == SHOW:
        acts.publish_words(report=report, words=said["words"], names_nobody=said["names_nobody"], by=by, at=now)
    elif said["decision"] == LEAVE_OUT:
        acts.publish_without_words(report=report, ground=ground, by=by, at=now)
    else:
        acts.set_aside(report=report, ground=ground, by=by, at=now)
