"""The procedure of a permit: its steps, its file, its picture, and the page on which it is published."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.trying import refusal
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions import procedures as acts
from adaldyq.measures.permits.domain.linting import places
from adaldyq.measures.permits.domain.procedures import Key, Procedure, Step, json_schema
from adaldyq.measures.permits.forms.procedure import ProcedureForm
from adaldyq.measures.permits.queries import catalogue
from adaldyq.measures.permits.queries.procedures import content_of, picture_of, procedure_on, procedures
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table

JSON, JSON_SCHEMA, BPMN = "application/json", "application/schema+json", "application/bpmn+xml"


def found_entry(number: str) -> Any:
    """The entry of a number.

    Raises:
        Http404: there is none.
    """
    entry = catalogue.entry(number)
    if entry is None:
        raise Http404(number)
    return entry


def found_procedure(number: str) -> Any:
    """The procedure that an application of today follows.

    Raises:
        Http404: the entry has none.
    """
    found = procedure_on(found_entry(number), timezone.localdate())
    if found is None:
        raise Http404(number)
    return found


@require_safe
def procedure_page(request: HttpRequest, number: str) -> HttpResponse:
    """The steps of an application, who takes each, within how many working days, and where one appeals.

    Raises:
        Http404: the entry has no procedure.
    """
    entry, found = found_entry(number), found_procedure(number)
    content = content_of(found)
    context = {
        "entry": entry,
        "name": naming.spoken(entry.names, entry.number),
        "facts": [
            Fact(_("Version"), found.version, kind="number"),
            Fact(_("Applications follow it since"), found.valid_from, kind="day"),
            Fact(_("SHA-256 of its text"), found.digest),
        ],
        "table": steps_table(content, consent=entry_silence(entry)),
        "older": procedures(entry)[1:],
        "publishes": policies.may_keep(actor_of(request.user), acts.PUBLISH, entry.body),
    }
    return render(request, "permits/procedure.html", context)


def entry_silence(entry: Any) -> bool:
    """Whether silence on the last day counts as granted, as the catalogue says it today."""
    version = catalogue.version_on(entry, timezone.localdate())
    return version is not None and version.silence_is_consent


def steps_table(content: Procedure, *, consent: bool) -> Table:
    """Steps, in the order of the file.

    Args:
        consent: what silence on the decision means says the catalogue, whatever the file says.
    """
    people = {one.id: naming.spoken(dict(one.names)) for one in content.participants}
    parts = {one.id: naming.spoken(dict(one.names)) for one in places(content)}

    def ways(step: Step) -> str:
        return "; ".join(f"{naming.spoken(dict(one.names))} → {parts[one.to]}" for one in step.answers)

    def silent(step: Step) -> str:
        if step.key is Key.DECIDE:
            return _("It counts as granted.") if consent else _("It does not count as granted; one may appeal.")
        known = {one.id: naming.spoken(dict(one.names)) for one in step.answers}
        return known.get(step.silence or "", "")

    columns = [
        Column("name", _("Step"), value=lambda step: parts[step.id]),
        Column("by", _("By"), value=lambda step: people[step.by]),
        Column("days", _("Working days"), kind="number"),
        Column("ways", _("What follows"), value=ways),
        Column("silence", _("Silence means"), value=silent),
        Column("appeal", _("Appeal to"), value=lambda step: people.get(step.appeal or "", "")),
    ]
    return Table(_("Steps"), columns, content.steps, hide_caption=True, sentences=True)


@require_safe
def procedure_json(request: HttpRequest, number: str) -> HttpResponse:
    """The procedure as it was published."""
    text = json.dumps(found_procedure(number).content, ensure_ascii=False, indent=2) + "\n"
    return as_attachment(text.encode(), f"{number}.json", JSON)


@require_safe
def procedure_bpmn(request: HttpRequest, number: str) -> HttpResponse:
    """The procedure as a picture that modelling tools open."""
    return as_attachment(picture_of(found_procedure(number)), f"{number}.bpmn", BPMN)


@require_safe
def schema_json(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of procedures."""
    address = request.build_absolute_uri(reverse("permits-procedure-schema"))
    text = json.dumps(json_schema(address), ensure_ascii=False, indent=2) + "\n"
    return HttpResponse(text, content_type=JSON_SCHEMA)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest, number: str) -> HttpResponse:
    """The form with which a procedure is published; everything that is wrong with it is said at once.

    Raises:
        Http404: the catalogue has no entry of that number.
        PermissionDenied: the visitor does not keep it.
    """
    by, at, entry = actor_of(request.user), timezone.now(), found_entry(number)
    if not policies.may_keep(by, acts.PUBLISH, entry.body):
        raise PermissionDenied
    before = procedure_on(entry, timezone.localdate())
    initial = {"text": json.dumps(before.content, ensure_ascii=False, indent=2)} if before else None
    form = ProcedureForm(request.POST if request.method == "POST" else None, initial=initial)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            procedure = form.cleaned_data["text"]
            wrong = acts.mistakes(entry, procedure)
            for one in wrong:
                form.add_error("text", sentence(one))

            def perform() -> dict[str, str]:
                acts.publish_procedure(entry=entry, procedure=procedure, by=by, at=at)
                return {}

            refused = (
                status
                if wrong
                else refusal(
                    form,
                    lambda: sent_once(
                        request.POST, place=f"permits.procedure.{entry.pk}", owner=by.id, at=at, perform=perform
                    ),
                )
            )
            if refused is None:
                return redirect("permits-procedure", entry.number)
            status = refused
    name = naming.spoken(entry.names, entry.number)
    return render(request, "permits/publish.html", {"form": form, "entry": entry, "name": name}, status=status)
