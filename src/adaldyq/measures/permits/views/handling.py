"""The pages on which somebody does something about an application that was sent; and the queue of a body."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.reads import note, noted
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import appealing, applying, handling
from adaldyq.measures.permits.actions.templating import write_template
from adaldyq.measures.permits.forms.handling import HearForm, PauseForm, StepForm, TemplateForm, WordsForm
from adaldyq.measures.permits.forms.licences import InboxForm
from adaldyq.measures.permits.queries import applications
from adaldyq.measures.permits.queries.catalogue import body as body_of
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.views.acting import acted
from adaldyq.measures.permits.views.applications import KIND, acts_for, hindrance_of, name_of, seen, shown, state_of
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, Table, sorted_page


@require_http_methods(["GET", "HEAD", "POST"])
def act_page(request: HttpRequest, application_id: str, act: str) -> HttpResponse:
    """One thing to be done about an application: its form, and what follows; or why the visitor must not do it.

    Raises:
        Http404: as `seen`.
        PermissionDenied: it is not the visitor's to do, or not its turn.
    """
    one, by, at = seen(request, application_id), actor_of(request.user), timezone.now()
    offered = dict(acts_for(by, one, at))
    if act not in offered:
        if hindrance_of(by, one, at):
            return shown(request, one, HTTPStatus.FORBIDDEN)
        raise PermissionDenied
    form = form_of(one, act, request)
    perform = performed(one, act, form, by, at)
    done, status = acted(request, form, f"permits.{act}.{one.pk}.{one.step}", by, at, perform)
    if done is not None:
        return redirect("permits-application", one.pk)
    templates = applications.templates_of(one.body_id) if act == "step" else []
    context = {"application": one, "name": name_of(one), "form": form, "title": offered[act], "templates": templates}
    return render(request, "permits/application_act.html", context, status=status)


def form_of(one: Any, act: str, request: HttpRequest) -> Any:
    """The form of what is to be done."""
    data = request.POST if request.method == "POST" else None
    if act == "step":
        step, procedure = applications.step_now(one), content_of(one.procedure)
        if step is None:
            raise PermissionDenied
        chosen = request.GET.get("template", "")
        words = next((each.words for each in applications.templates_of(one.body_id) if each.pk == chosen), "")
        return StepForm(data, procedure=procedure, step=step, version=one.version, words=words)
    if act == "pause":
        return PauseForm(data)
    if act == "hear":
        return HearForm(data)
    labels = {
        "resume": _("What was done"),
        "withdraw": _("Why you take it back"),
        "appeal": _("Why the decision is wrong"),
    }
    return WordsForm(data, label=labels[act], required=act != "withdraw")


def performed(one: Any, act: str, form: Any, by: Actor, at: datetime) -> Callable[[], None]:
    """The act behind a form."""

    def perform() -> None:
        said = form.cleaned_data
        who: dict[str, Any] = {"application": one, "by": by, "at": at}
        if act == "step":
            handling.take_step(answer=said["answer"], said=form.said, **who)
        elif act == "pause":
            handling.pause_application(cause=said["cause"], words=said["words"], **who)
        elif act == "resume":
            handling.resume_application(words=said["words"], **who)
        elif act == "withdraw":
            applying.withdraw_application(words=said["words"], **who)
        elif act == "appeal":
            appealing.appeal(words=said["words"], **who)
        else:
            appealing.decide_appeal(overturned=said["answer"] == "overturn", words=said["words"], **who)

    return perform


def columns(today: Any) -> list[Column]:
    """Columns of the queue."""
    return [
        Column("number", _("Number"), value=lambda row: row.number, sort="number"),
        Column("name", _("For what"), value=name_of, link=lambda row: reverse("permits-application", args=[row.pk])),
        Column("applicant", _("Applicant"), value=lambda row: row.applicant_name, sort="applicant_name"),
        Column("step", _("Step"), value=step_words),
        Column("state", _("State"), value=state_of, sort="state"),
        Column("verifier", _("Verifies"), value=lambda row: row.verifier.name if row.verifier else ""),
        Column("decider", _("Decides"), value=decider_words),
        Column("due", _("Last day"), kind="day", value=lambda row: row.due_date, sort="due_date"),
        Column("left", _("Working days left"), kind="number", value=lambda row: applications.days_left(row, today)),
    ]


def decider_words(row: Any) -> str:
    """Who decides about an application; that nobody may where that was found."""
    if row.nobody_at is not None:
        return _("Nobody may decide this")
    return row.decider.name if row.decider else ""


def step_words(row: Any) -> str:
    """The step that an application is at."""
    step = applications.step_now(row)
    return naming.spoken(step.names, step.id) if step else ""


def asked(request: HttpRequest, by: Actor) -> tuple[forms.Form, Any]:
    """What of the queue is asked for."""
    form = InboxForm(request.GET)
    form.is_valid()
    found = applications.queue(by)
    if state := form.cleaned_data.get("state"):
        found = found.filter(state=state)
    if form.cleaned_data.get("mine"):
        found = found.filter(verifier=by.id) | found.filter(decider=by.id)
    return form, found


@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    """What waits at the visitor's body, the nearest last day first, with who has how much."""
    by, today = actor_of(request.user), timezone.localdate()
    form, found = asked(request, by)
    page = sorted_page(request, found, columns(today), default="due_date")
    note(request, KIND, [(row.pk, row.person_id or "") for row in page.rows])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    table = Table(
        _("Applications"), columns(today), page.rows, page=page, hide_caption=True,
        download=reverse("permits-inbox-csv") + query, empty=_("Nothing waits for you."),
    )  # fmt: skip
    load = applications.workload(applications.bodies_handled(by))
    loads = Table(
        _("Who has how much"),
        [
            Column("name", _("Officer")),
            Column("open", _("Not decided"), kind="number"),
            Column("nearest", _("Nearest last day"), kind="day"),
        ],
        load,
        empty=_("Nobody has anything to do."),
    )
    context = {"form": form, "table": table, "loads": loads, "handles": policies.handles(by)}
    return render(request, "permits/inbox.html", context)


@require_safe
def inbox_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    by = actor_of(request.user)
    _form, found = asked(request, by)
    rows = noted(request, KIND, found.iterator(), lambda row: (row.pk, row.person_id or ""))
    return csv_response("applications.csv", columns(timezone.localdate()), rows)


@require_http_methods(["GET", "HEAD", "POST"])
def templates_page(request: HttpRequest) -> HttpResponse:
    """Words that officers of the visitor's body begin a refusal with."""
    by, at = actor_of(request.user), timezone.now()
    names = naming.body_names()
    bodies = sorted({one.body_id for one in by.held if one.body_id and one.role.value == "licensing_officer"})
    form = TemplateForm(
        request.POST if request.method == "POST" else None, bodies=[(key, names.get(key, key)) for key in bodies]
    )

    def perform() -> None:
        said, body = form.cleaned_data, body_of(form.cleaned_data["body"])
        if body is None:
            raise PermissionDenied
        write_template(body=body, title=said["title"], words=said["words"], by=by, at=at)

    done, status = acted(request, form, "permits.template", by, at, perform)
    if done is not None:
        return redirect("permits-templates")
    listed = [one for key in bodies for one in applications.templates_of(key)]
    return render(request, "permits/templates.html", {"form": form, "templates": listed}, status=status)
