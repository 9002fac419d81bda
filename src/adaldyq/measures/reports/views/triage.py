"""Setting aside what is no report, many at once, and looking again at what somebody else has set aside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions import triage as acts
from adaldyq.measures.reports.forms.triage import PUT_BACK, ChosenForm, LookForm, SetAsideForm
from adaldyq.measures.reports.queries import triage
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import CHANNEL_WORDS
from adaldyq.measures.reports.views.cases import described, in_the_open
from adaldyq.measures.reports.views.office import READ
from adaldyq.measures.reports.views.office_words import said_in_sifting
from adaldyq.ui.facts import Link

SET, LOOK, BACK = "set-aside", "look", "put-back"
FORMS: Mapping[str, type[ChosenForm]] = {SET: SetAsideForm, LOOK: LookForm, BACK: ChosenForm}


@require_http_methods(["GET", "HEAD", "POST"])
def triage_page(request: HttpRequest) -> HttpResponse:
    """Rushes of reports, those of one rush, and those that wait for a second look."""
    by, today = actor_of(request.user), timezone.localdate()
    rushes = triage.rushes(by, today)
    listed = offered(by, today, request, rushes)
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    forms, status = forms_of(listed, asked, request), HTTPStatus.OK
    if asked in forms:
        form, status = forms[asked], HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: once(request, by, asked, listed[asked], form.cleaned_data))
            if refused is None:
                return redirect("reports-triage")
            status = refused
    reads.note(request, READ, [(one.pk, "") for those in listed.values() for one in those])
    context = {
        "forms": forms,
        "wrong": forms.get(asked),
        "rushes": [link_to(one, request.GET.get("rush", "")) for one in rushes],
        "said": said_in_sifting(by),
    }
    return render(request, "reports/triage.html", context, status=status)


def offered(
    by: Actor, day: date, request: HttpRequest, rushes: Sequence[triage.Rush]
) -> Mapping[str, Sequence[Report]]:
    """The reports among which to choose, by step."""
    wanted, rush = request.GET.get("report", ""), request.GET.get("rush", "")
    those = [pk for one in rushes if one.name == rush for pk in one.reports] if not wanted else [wanted]
    waiting = triage.set_aside_now(by, day)
    found = {
        SET: list(triage.new_ones(by, day).filter(pk__in=those)[: acts.MOST]),
        LOOK: list((waiting.filter(pk=wanted) if wanted else waiting)[: acts.MOST]),
        BACK: list(triage.closed_as_none(by, day).filter(pk=wanted)),
    }
    return {step: listed for step, listed in found.items() if listed}


def forms_of(listed: Mapping[str, Sequence[Report]], asked: str, request: HttpRequest) -> dict[str, ChosenForm]:
    """The forms of the steps that may be taken now; the one that was sent with what was chosen."""
    made = {}
    for step, those in listed.items():
        marks = triage.marks_of(those)
        choices = [(one.pk, words_of(one, marks.get(one.pk))) for one in those]
        data = request.POST if step == asked else None
        made[step] = FORMS[step](data, choices, prefix=step, ticked="report" in request.GET)
    return made


def words_of(report: Report, mark: Any) -> str:
    """A report in the list, and who set it aside for which reason."""
    if mark is None:
        return described(report)
    return f"{described(report)} · {triage.REASONS[mark.reason]} ({mark.by.name})"


def link_to(rush: triage.Rush, chosen: str) -> Link:
    """A rush, by what its reports have in common."""
    count = ngettext("%(count)s report", "%(count)s reports", len(rush.reports)) % {"count": len(rush.reports)}
    files = ngettext("%(count)s file", "%(count)s files", rush.files) % {"count": rush.files} if rush.files else ""
    way = str(CHANNEL_WORDS[rush.first.channel])
    text = " · ".join(filter(None, (count, *in_the_open(rush.first), way, files)))
    return Link(text, f"{reverse('reports-triage')}?rush={rush.name}", current=rush.name == chosen)


def once(request: HttpRequest, by: Actor, step: str, listed: Sequence[Report], sent: Mapping[str, Any]) -> None:
    """Take a step once, also when its form is sent twice."""
    now, chosen = timezone.now(), set(sent["reports"])
    reports = [one for one in listed if one.pk in chosen]
    steps: Mapping[str, Callable[[], object]] = {
        SET: lambda: acts.set_aside(reports=reports, reason=sent["reason"], by=by, at=now),
        LOOK: lambda: (acts.put_back if sent["found"] == PUT_BACK else acts.agree)(reports=reports, by=by, at=now),
        BACK: lambda: acts.put_back(reports=reports, by=by, at=now),
    }

    def perform() -> Mapping[str, Any]:
        steps[step]()
        return {}

    sent_once(request.POST, place=f"reports.triage.{step}", owner=by.id, at=now, perform=perform)
