"""Pages by which a report's key comes to other readers: referral, officers who came or left, whoever a report names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions.identities import rewrap_identities
from adaldyq.measures.reports.actions.resealing import bar_from_report, refer_report, rewrap_reports
from adaldyq.measures.reports.adapters import rewraps
from adaldyq.measures.reports.forms.resealing import BarForm, ReferForm, RewrapForm
from adaldyq.measures.reports.queries import newcomers, queue, resealing
from adaldyq.measures.reports.queries.barring import other_units
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.views.arriving import newcomers_table
from adaldyq.measures.reports.views.office import READ, letter_of, seen
from adaldyq.measures.reports.views.office_words import said_in_resealing, said_in_sealing_to
from adaldyq.measures.reports.views.opening import kept_nowhere
from adaldyq.measures.reports.views.steps import Step, step_page
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Link

JSON = "application/json"
PORTION = 50
"""Keys that a script takes at once: some seconds of work, and half a megabyte."""


@require_http_methods(["GET", "HEAD", "POST"])
def refer_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Give a report to another body; sent again, the same answer comes again, though the office sees it no more."""
    try:
        return step_page(
            request, report_id, lambda by, report, sent: refer_step(by, report, sent, request.FILES or None)
        )
    except Http404:
        if request.method == "POST" and resealing.has_referred(actor_of(request.user), report_id):
            return redirect(after_referral())
        raise


def after_referral() -> str:
    """Where an officer comes to: the report's own page is not there for the office any more."""
    return f"{reverse('reports-inbox')}?referred"


def refer_step(by: Actor, report: Report, sent: Any, files: Any) -> Step:
    """The step that gives a report to another body."""
    day = timezone.localdate()
    units = {one.pk: one for one in resealing.referral_targets(report, day)}
    named = [(key, naming.spoken(one.body.names, one.body.name)) for key, one in units.items()]

    def perform(answers: Mapping[str, Any], who: Actor, now: datetime) -> None:
        letter, wrap = letter_of(report, answers), only_wrap(answers["file"])
        to, reason = units[answers["to"]], answers["reason"]
        refer_report(report=report, to=to, reason=reason, wrap=wrap, message=letter, by=who, at=now)

    readers = {key: resealing.order_for(report, unit, day).recipients for key, unit in units.items()}
    orders = [Link(name, reverse("reports-refer-order", args=[report.pk, key])) for key, name in named]
    return Step(
        "refer",
        _("Give it to another body"),
        _("Give the report to this body"),
        ReferForm(sent, files, named) if named else None,
        perform,
        (
            _("The key of the report is sealed to the officers of that body on your computer; no file is sealed anew."),
            _(
                "From then on your office does not see the report. The other one has its own term to acknowledge it; the term to tell what was done runs on."
            ),
            _(
                "If you say that your office may be biased, it never gets the report again and is told of none of its terms; a name that the reporter gave is destroyed, and can be given to the other office anew."
            ),
        ),
        {"orders": orders},
        said=said_in_sealing_to(by, report, "to", readers),
        template="reports/refer.html",
        back=after_referral(),
    )


def only_wrap(text: str) -> rewraps.Wrapped:
    """The one key of an answer.

    Raises:
        DomainError: `rewrap-other-report` when there are others or none; as `rewraps.read`.
    """
    found = rewraps.read(rewraps.ANSWER, text)
    if len(found) != 1:
        raise DomainError("rewrap-other-report", field="file")
    return found[0]


@require_safe
def refer_order(request: HttpRequest, report_id: str, unit_id: str) -> HttpResponse:
    """The order for a referral, as a file."""
    _by, report = seen(request, report_id)
    day = timezone.localdate()
    unit = next((one for one in resealing.referral_targets(report, day) if one.pk == unit_id), None)
    if unit is None:
        raise Http404(unit_id)
    text = rewraps.written(rewraps.ORDER, [resealing.order_for(report, unit, day)])
    return as_attachment(text.encode(), f"order-{report.pk}.json", JSON)


@require_http_methods(["GET", "HEAD", "POST"])
def rewrap_page(request: HttpRequest) -> HttpResponse:
    """Reports, or names, whose readers have changed, and the two ways to seal their keys anew."""
    by, status = actor_of(request.user), HTTPStatus.OK
    form = RewrapForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: take_in(request, by, form.cleaned_data["file"]))
            if refused is None:
                return redirect("reports-rewrap")
            status = refused
    day = timezone.localdate()
    count = sum(1 for _one in resealing.waiting(by, day))
    receives = not by.may(Role.CUSTODIAN)
    new = newcomers_table(newcomers.of_waiting(by, resealing.waiting(by, day), day))
    context = {"form": form, "count": count, "receives": receives, "said": said_in_resealing(by, count), "new": new}
    return render(request, "reports/rewrap.html", context, status=status)


def take_in(request: HttpRequest, by: Actor, text: str) -> None:
    """Take keys in that were sealed anew, once, also when the form is sent twice."""

    def perform() -> Mapping[str, Any]:
        put(rewraps.read(rewraps.ANSWER, text), by)
        return {}

    sent_once(request.POST, place="reports.rewrap", owner=by.id, at=timezone.now(), perform=perform)


def put(wraps: Sequence[rewraps.Wrapped], by: Actor) -> None:
    """Take keys in: of names from a custodian, of reports from an officer."""
    taken = rewrap_identities if by.may(Role.CUSTODIAN) else rewrap_reports
    taken(wraps=wraps, by=by, at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def rewrap_portion(request: HttpRequest) -> HttpResponse:
    """A part of what waits, for the script of the page, and what it made of one before.

    Each part is taken in by itself: whoever closes the browser in between goes on with what is left.
    """
    by, after = actor_of(request.user), request.GET.get("after", "")
    if request.method == "POST":
        try:
            put(rewraps.read(rewraps.ANSWER, request.body.decode("utf-8", "replace")), by)
        except DomainError as refused:
            reads.note(request, READ, [])
            status = HTTPStatus.FORBIDDEN if isinstance(refused, NotAllowed) else HTTPStatus.UNPROCESSABLE_ENTITY
            return JsonResponse({"code": refused.code, "message": sentence(refused)}, status=status)
    listed = list(islice(resealing.waiting(by, timezone.localdate(), after=after), PORTION))
    reads.note(request, READ, [(one.report, "") for one in listed])
    return kept_nowhere(HttpResponse(rewraps.written(rewraps.ORDER, listed), content_type=JSON))


@require_safe
def rewrap_order(request: HttpRequest) -> HttpResponse:
    """The order for all reports, or names, whose readers have changed, as a file."""
    waiting = list(resealing.waiting(actor_of(request.user), timezone.localdate()))
    reads.note(request, READ, [(one.report, "") for one in waiting])
    return as_attachment(rewraps.written(rewraps.ORDER, waiting).encode(), "order.json", JSON)


@require_http_methods(["GET", "HEAD", "POST"])
def bar_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Keep out whom a report names; who has not sealed its key anew with that comes to where it is done."""
    response = step_page(request, report_id, bar_step)
    if isinstance(response, HttpResponseRedirect) and resealing.is_to_be_sealed(report_id, timezone.localdate()):
        return redirect("reports-rewrap")
    return response


def bar_step(by: Actor, report: Report, sent: Any) -> Step:
    """The step that keeps somebody out."""
    day = timezone.localdate()
    units = {f"unit:{one.pk}": one for one in other_units(report, day)}
    officers = queue.officers_for(report, day)
    offered = dict(officers) | dict(queue.custodians_for(report, day))
    named = [(f"account:{key}", name) for key, name in offered.items() if key != by.id]
    named += [(key, naming.spoken(one.body.names, one.body.name)) for key, one in units.items()]

    def perform(answers: Mapping[str, Any], who: Actor, now: datetime) -> None:
        chosen = answers["whom"]
        whom = units.get(chosen) or queue.officer(chosen.partition(":")[2])
        wrap = only_wrap(answers["resealed"]) if answers["resealed"] else None
        bar_from_report(report=report, whom=whom, by=who, at=now, wrap=wrap)

    readers = {f"account:{key}": resealing.readers_without(report, key, day) for key, _name in officers}
    return Step(
        "bar",
        _("Keep somebody out"),
        _("Keep them out"),
        BarForm(sent, named) if named else None,
        perform,
        (
            _("When the report names an officer or another office, they must not see it, whatever becomes of it."),
            _(
                "Its key is sealed anew with that, to those who still read it: by your browser, or next under “Keys to be sealed anew”."
            ),
        ),
        said=said_in_sealing_to(by, report, "whom", readers, optional=True) if named else {},
        template="reports/keep_out.html",
    )
