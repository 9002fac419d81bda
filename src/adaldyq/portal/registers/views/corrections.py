"""Correction requests: how a person makes one, and how it is answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actions import corrections as acts
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import CorrectionRequest, Person, Upload
from adaldyq.kernel.policies import may_keep
from adaldyq.kernel.queries import corrections
from adaldyq.kernel.registry import REGISTERS, Register, register_named
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal, tried
from adaldyq.kernel.uploads.actions import expire_upload, take_in
from adaldyq.kernel.uploads.purposes import CORRECTION
from adaldyq.kernel.uploads.queries import attached_to, may_read
from adaldyq.portal.registers import words
from adaldyq.portal.registers.correction_forms import ClaimForm, GroundForm
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.formats.values import size
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "correction"
UNPROCESSABLE, CONFLICT = 422, 409
STATES = {
    "submitted": State(gettext_lazy("Waits for a registrar"), "open"),
    "in_review": State(gettext_lazy("In review"), "work"),
    "accepted": State(gettext_lazy("Accepted"), "good"),
    "refused": State(gettext_lazy("Refused"), "bad"),
    "appealed": State(gettext_lazy("Appealed"), "work"),
    "upheld": State(gettext_lazy("Refusal stands"), "closed"),
    "overturned": State(gettext_lazy("Refusal overturned"), "good"),
}


@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    """One's own requests, and those that wait for one's decision."""
    by = actor_of(request.user)
    waiting = corrections.queue(by)
    decides = bool({Role.REGISTRAR, Role.REVIEWER} & by.roles)
    columns = list_columns()
    page = sorted_page(request, waiting, columns) if decides else None
    context = {
        "waiting": Table(
            _("Waiting for a decision"),
            columns,
            page.rows,
            page=page,
            hide_caption=True,
            empty=_("No request waits for a decision."),
        )
        if page
        else None,
        "own": list_table(corrections.of_person(by.stands_for)) if by.stands_for else None,
    }
    reads.note(request, READ, [(one.pk, one.person_id) for one in page.rows] if page else [])
    return render(request, "registers/corrections.html", context)


def list_columns() -> list[Column]:
    """Columns of a list of requests."""
    return [
        Column(
            "field",
            _("What is said to be wrong"),
            value=field_title,
            link=lambda row: reverse("registers-correction", args=[row.pk]),
        ),
        Column("register", _("Register"), value=lambda row: REGISTERS[row.register].title),
        Column("submitted_at", _("Asked"), kind="day", sort="submitted_at"),
        Column("due_date", _("Last day to answer"), kind="day", sort="due_date"),
        Column("state", _("State"), value=lambda row: STATES[row.state]),
    ]


def list_table(rows: Iterable[CorrectionRequest]) -> Table:
    """Requests of a person."""
    empty = _("You have asked for no correction.")
    return Table(_("Requests for correction"), list_columns(), list(rows), hide_caption=True, empty=empty)


def field_title(request: CorrectionRequest) -> object:
    """What the field of a request is called."""
    return REGISTERS[request.register].correctable.get(request.field, request.field)


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, register: str, record_id: str) -> HttpResponse:
    """The form “this is wrong” about a record of one's own, of a child under age, or of whom one acts for.

    Raises:
        Http404: there is no such record, or it is about somebody else.
    """
    by = actor_of(request.user)
    known = REGISTERS.get(register)
    record = known.records._default_manager.filter(pk=record_id).first() if known else None
    if known is None or record is None or not acts.may_ask(by, acts.person_of(known, record), timezone.localdate()):
        raise Http404(record_id)
    form = ClaimForm(request.POST, request.FILES, known) if request.method == "POST" else ClaimForm(None, None, known)
    unsaved = kept_forms.into(request, form)
    if form.is_bound and form.is_valid():
        made: list[CorrectionRequest] = []
        if tried(form, lambda: made.append(submitted(form, known, record_id, by))):
            return redirect("registers-correction", made[0].pk)
    present = [present_fact(title, record, field, register) for field, title in known.correctable.items()]
    context = {"form": form, "title": known.title, "present": present, "unsaved": unsaved}
    return render(request, "registers/claim.html", context, status=UNPROCESSABLE if form.errors else 200)


def present_fact(title: object, record: Any, field: str, register: str) -> Fact:
    """What a register holds in a field now."""
    raw = getattr(record, field)
    if field in words.MONEY:
        return Fact(title, raw, kind="money", currency=record.currency or naming.pack().currency)
    return Fact(title, words.value(field, raw, register))


def submitted(form: ClaimForm, register: Register, record_id: str, by: Actor) -> CorrectionRequest:
    """Hand the files in and ask for the correction; what was handed in goes again when the request is refused.

    Raises:
        DomainError: what the acts say; of a file, with the field `papers`.
    """
    at, person = timezone.now(), Person.objects.get(pk=by.stands_for)
    held: list[Upload] = []
    try:
        for one in form.cleaned_data["papers"]:
            name, content = str(one.name), bytes(one.read())
            held.append(take_in(purpose=CORRECTION, name=name, content=content, by=by, at=at, person=person))
        return acts.submit_correction(claim=form.claim(register, record_id), files=held, by=by, at=at)
    except DomainError as error:
        for upload in held:
            expire_upload(upload=upload, by=by, at=at)
        if error.field == "file":
            error.field = "papers"
        raise


def evidence_of(found: CorrectionRequest, by: Actor) -> Table:
    """Files of a request; those who answer it, and the person, may open them."""
    columns = [
        Column("name", _("File"), link=lambda row: reverse("desk-file", args=[row.pk]) if may_read(by, row) else ""),
        Column("size", _("Size"), value=lambda row: size(row.size)),
        Column("uploaded_at", _("Handed in"), kind="moment"),
    ]
    return Table(_("Files that show it"), columns, list(attached_to(found)), hide_caption=True)


@require_http_methods(["GET", "HEAD", "POST"])
def show_request(request: HttpRequest, request_id: str) -> HttpResponse:
    """A request with what was answered, and the steps that are open to the viewer.

    Raises:
        Http404: there is no such request, or the viewer may not see it.
    """
    by = actor_of(request.user)
    found = corrections.seen_by(by).filter(pk=request_id).first()
    if found is None:
        raise Http404(request_id)
    reads.note(request, READ, [(found.pk, found.person_id)])
    form = GroundForm(request.POST if request.method == "POST" else None)
    unsaved, status = kept_forms.into(request, form), None
    if request.method == "POST" and form.is_valid():
        wanted, ground = request.POST.get("step", ""), form.cleaned_data["ground"]
        status = refusal(form, lambda: step(found, wanted, ground, by))
        if status is None:
            return redirect("registers-correction", found.pk)
    context = {
        "asked": found,
        "title": field_title(found),
        "state": STATES[found.state],
        "facts": facts_of(found, by),
        "form": form,
        "steps": steps_open(found, by),
        "files": evidence_of(found, by),
        "own": by.stands_for == found.person_id,
        "unsaved": unsaved,
    }
    return render(request, "registers/correction.html", context, status=status)


def step(found: CorrectionRequest, name: str, ground: str, by: Actor) -> None:
    """Take the step that a button names.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    how: dict[str, Any] = {"request": found, "by": by, "at": timezone.now()}
    match name:
        case "take":
            acts.take_correction(**how)
        case "accept":
            acts.accept_correction(**how, ground=ground)
        case "refuse":
            acts.refuse_correction(**how, ground=ground)
        case "appeal":
            acts.appeal_correction(**how, text=ground)
        case "uphold" | "overturn":
            acts.decide_appeal(**how, ground=ground, overturn=name == "overturn")
        case _:
            raise DomainError("no-such-step")


def steps_open(found: CorrectionRequest, by: Actor) -> list[tuple[str, object]]:
    """Steps that the viewer may take, with what their buttons say."""
    if by.stands_for and by.stands_for == found.person_id:
        return [("appeal", _("Appeal"))] if found.state == "refused" else []
    register = register_named(found.register)
    keeps = may_keep(by, "kernel.correction.take", found.register, register.find(found.record_id))
    if keeps and found.state == "submitted":
        return [("take", _("Take into review"))]
    if keeps and found.state == "in_review":
        return [("accept", _("Accept and correct the record")), ("refuse", _("Refuse"))]
    if Role.REVIEWER in by.roles and found.state == "appealed":
        return [("overturn", _("Correct the record")), ("uphold", _("Let the refusal stand"))]
    return []


def asker(found: CorrectionRequest, by: Actor) -> object:
    """Who asks, by name; a registrar gets the way to the record as well."""
    name = naming.names_of([found.person_id]).get(found.person_id, found.person_id)
    return Link(name, reverse("registers-person", args=[found.person_id])) if Role.REGISTRAR in by.roles else name


def facts_of(found: CorrectionRequest, by: Actor) -> list[Fact]:
    """What was asked and answered."""
    facts = [
        Fact(_("State"), STATES[found.state]),
        Fact(_("Register"), REGISTERS[found.register].title),
        Fact(_("Who asks"), asker(found, by)),
        Fact(_("What the register held"), words.value(found.field, found.present_value, found.register) or None),
        Fact(_("What it should hold"), words.value(found.field, found.claimed_value, found.register) or None),
        Fact(_("What shows it"), found.evidence),
        Fact(_("Asked"), found.submitted_at, kind="moment"),
        Fact(_("Last day to answer"), found.due_date, kind="day"),
    ]
    if found.decided_at:
        facts += [Fact(_("Answered"), found.decided_at, kind="moment"), Fact(_("Ground"), found.ground or None)]
    if found.appealed_at:
        facts += [
            Fact(_("Appealed"), found.appealed_at, kind="moment"),
            Fact(_("Reasons of the appeal"), found.appeal_text),
            Fact(_("Last day to decide the appeal"), found.appeal_due_date, kind="day"),
        ]
    if found.appeal_decided_at:
        facts += [
            Fact(_("Appeal decided"), found.appeal_decided_at, kind="moment"),
            Fact(_("Ground of the decision"), found.appeal_ground),
        ]
    return facts
