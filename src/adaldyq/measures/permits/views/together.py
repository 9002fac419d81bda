"""Several applications at once: each is judged by itself, and what was refused says why and stays chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import new_key, sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.reads import note
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.handling import take_step
from adaldyq.measures.permits.actions.redrawing import send_back_to_draw
from adaldyq.measures.permits.actions.reminding import remind_applicant
from adaldyq.measures.permits.domain.applying import Said
from adaldyq.measures.permits.domain.procedures import end_of
from adaldyq.measures.permits.forms.together import REDRAW, REMIND, TogetherForm
from adaldyq.measures.permits.queries import applications
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.states import RETURNED
from adaldyq.measures.permits.views.applications import KIND, name_of, state_of
from adaldyq.ui.facts import State
from adaldyq.ui.formats.values import day
from adaldyq.ui.tables import Column, Table

MOST = 100
"""Applications that the page offers at once, those with the nearest last day first."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one application; `problem` is empty when it was done."""

    application: Any
    problem: str

    @property
    def state(self) -> State:
        """Done, or not."""
        return State(_("Not done"), "bad") if self.problem else State(_("Done for it"), "good")


def label_of(one: Any) -> str:
    """An application in a line."""
    last = _("last day %(day)s") % {"day": day(one.due_date)} if one.due_date else str(state_of(one).word)
    return " · ".join((one.number or "", name_of(one), one.applicant_name, last))


@require_http_methods(["GET", "HEAD", "POST"])
def together_page(request: HttpRequest) -> HttpResponse:
    """The applications that wait at the visitor's body, and what is to be done about those that are chosen.

    Raises:
        PermissionDenied: the visitor handles no applications.
    """
    by, at = actor_of(request.user), timezone.now()
    if not policies.handles(by):
        raise PermissionDenied
    listed = list(applications.handled(by)[:MOST])
    note(request, KIND, [(one.pk, one.person_id or "") for one in listed])
    form = TogetherForm(request.POST if request.method == "POST" else None, listed=listed, label=label_of)
    status, results = HTTPStatus.OK, []
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            chosen = [one for one in listed if one.pk in form.cleaned_data["applications"]]
            results = [judged(request, form, one, by, at) for one in chosen]
            left = [one.application.pk for one in results if one.problem]
            status = HTTPStatus.UNPROCESSABLE_ENTITY if len(left) == len(results) else HTTPStatus.OK
            form = left_over(request, by, left)
    context = {"form": form, "results": table_of(results), "any": bool(listed)}
    return render(request, "permits/together.html", context, status=status)


def judged(request: HttpRequest, form: TogetherForm, one: Any, by: Actor, at: datetime) -> Result:
    """Do what was chosen about one application, in a transaction of its own and once; its refusal is its own."""
    what = form.cleaned_data["what"]
    perform = performed(form, what, one, by, at)
    place = f"permits.together.{what}.{one.pk}"
    try:
        sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform)
    except NotAllowed:
        return Result(one, _("It is not yours to do."))
    except DomainError as refused:
        return Result(one, sentence(refused))
    return Result(one, "")


def performed(form: TogetherForm, what: str, one: Any, by: Actor, at: datetime) -> Callable[[], dict[str, Any]]:
    """The act about one application."""
    words = form.cleaned_data["words"]

    def perform() -> dict[str, Any]:
        if what == REMIND:
            remind_applicant(application=one, by=by, at=at)
        elif what == REDRAW:
            send_back_to_draw(application=one, words=words, by=by, at=at)
        else:
            give_back(form, one, by, at)
        return {}

    return perform


def give_back(form: TogetherForm, one: Any, by: Actor, at: datetime) -> None:
    """Return an application for the defect of the form.

    Raises:
        DomainError: `permit-other-entry`, `permit-no-return`; those of `take_step`.
    """
    version, cited = form.cited
    if one.version_id != version:
        raise DomainError("permit-other-entry")
    procedure, step = content_of(one.procedure), applications.step_now(one)
    for answer in step.answers if step else ():
        end = end_of(procedure, answer.to)
        if end is not None and end.outcome == RETURNED:
            take_step(application=one, answer=answer.id, said=Said(cited.words, defects=(cited,)), by=by, at=at)
            return
    raise DomainError("permit-no-return")


def left_over(request: HttpRequest, by: Actor, left: list[str]) -> TogetherForm:
    """The form again with those that were refused still chosen and what was written; empty where none was."""
    listed = list(applications.handled(by)[:MOST])
    if not left:
        return TogetherForm(None, listed=listed, label=label_of)
    again = request.POST.copy()
    again["form_key"] = new_key()
    there = {one.pk for one in listed}
    again.setlist("applications", [key for key in left if key in there])
    form = TogetherForm(again, listed=listed, label=label_of)
    form.full_clean()
    form.errors.clear()
    return form


def table_of(results: list[Result]) -> Table | None:
    """What came of each."""
    columns = [
        Column(
            "number",
            _("Number"),
            value=lambda row: row.application.number,
            link=lambda row: reverse("permits-application", args=[row.application.pk]),
        ),
        Column("name", _("For what"), value=lambda row: naming.spoken(row.application.entry.names)),
        Column("state", _("Result"), value=lambda row: row.state),
        Column("problem", _("Why not"), value=lambda row: row.problem),
    ]
    return Table(_("What came of each"), columns, results) if results else None
