"""Erasing a person: one registrar asks with the law's basis, another confirms; the page says what goes and what stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming, reads
from adaldyq.kernel.actions import erasures as acts
from adaldyq.kernel.actions.erased_rows import staying_references
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.erasing import STAYED
from adaldyq.kernel.models import Erasure, Person
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.queries import history
from adaldyq.kernel.queries.held import held_on
from adaldyq.kernel.trying import tried
from adaldyq.portal.registers.record_kinds import kind_title
from adaldyq.portal.registers.views.people import person_or_404
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "person"
UNPROCESSABLE, CONFLICT = 422, 409
GROUNDS = {
    Erasure.Ground.TERM.value: gettext_lazy("The law’s term of keeping has passed"),
    Erasure.Ground.ORDER.value: gettext_lazy("A court or a law orders it"),
    Erasure.Ground.ERROR.value: gettext_lazy("The record should never have been made"),
}
STATES = {
    "proposed": State(gettext_lazy("Waits for another registrar"), "open"),
    "erased": State(gettext_lazy("Erased"), "good"),
    "refused": State(gettext_lazy("Refused"), "closed"),
}
STAYS = gettext_lazy("stays, without the person")
GOES = gettext_lazy("goes")


class ErasureForm(forms.Form):
    """On which ground a person is erased, and why."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=list(GROUNDS.items()),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")},
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("Legal basis"),
        max_length=acts.LONGEST_BASIS,
        help_text=gettext_lazy("Law and article, or court and number of the decision. It stays: name nobody."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=acts.LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("It stays, too: name nobody."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: HttpRequest, person_id: str) -> HttpResponse:
    """What is held on a person, what of it would go, and the form that asks for it.

    Raises:
        PermissionDenied: the viewer does not keep the register of people, or is the person.
    """
    person, by = person_or_404(history.resolve("person", person_id)), actor_of(request.user)
    checked(by, person.pk)
    reads.note(request, READ, [(person.pk, person.pk)])
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "ground": Erasure.Ground(form.cleaned_data["ground"])}
        asked: list[Erasure] = []
        if tried(form, lambda: asked.append(acts.propose_erasure(person=person, **data, by=by, at=timezone.now()))):
            return redirect("registers-erasure", asked[0].pk)
    context = {"form": form, "name": name_of(person.pk), "person": person, "held": held_table(person)}
    return render(request, "registers/erase.html", context, status=UNPROCESSABLE if form.errors else 200)


def checked(by: Actor, person_id: str) -> None:
    """Let only those erase a person who keep the register, and are not the person.

    Raises:
        PermissionDenied: with the reason.
    """
    try:
        acts.require_eraser(by, "kernel.erasure.propose", acts.concerned(person_id))
    except NotAllowed as refused:
        raise PermissionDenied from refused


def name_of(person_id: str) -> str:
    """What a person is called."""
    return naming.names_of([person_id]).get(person_id, person_id)


def held_table(person: Person) -> Table:
    """All kinds of records about a person, how many, and what becomes of each."""
    stays = {model._meta.label for model, _column in staying_references()}
    rows = [(one.kind, len(one.rows), STAYS if one.kind in stays else GOES) for one in held_on(person)]
    return kinds_table(_("What is held"), rows)


def kinds_table(title: str, rows: Sequence[tuple[str, int, object]]) -> Table:
    """Kinds of records with what becomes, or became, of them."""
    columns = [
        Column("kind", _("Kind of record"), value=lambda row: kind_title(row[0])),
        Column("count", _("Records"), kind="number", value=lambda row: row[1]),
        Column("fate", _("What becomes of it"), value=lambda row: row[2]),
    ]
    return Table(title, columns, list(rows), hide_caption=True, empty=_("Nothing is held."))


@require_safe
def list_erasures(request: HttpRequest) -> HttpResponse:
    """Erasures that were asked for, and what became of them."""
    columns = [
        Column("ground", _("Ground"), value=lambda row: GROUNDS[row.ground], link=address),
        Column("legal_basis", _("Legal basis")),
        Column("proposed_at", _("Asked"), kind="day", sort="proposed_at"),
        Column("state", _("State"), value=lambda row: STATES[row.state]),
    ]
    reads.note(request, READ, [])
    page = sorted_page(request, Erasure.objects.all(), columns, default="-proposed_at")
    empty = _("Nobody has asked to erase a person. It is asked for on the person’s page of the register.")
    table = Table(_("Erasures"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "registers/erasures.html", {"table": table})


def address(erasure: Erasure) -> str:
    """The page of an erasure."""
    return reverse("registers-erasure", args=[erasure.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def show_erasure(request: HttpRequest, erasure_id: str) -> HttpResponse:
    """An erasure: what it is about while it waits, and what went and what stayed once it is done.

    Raises:
        Http404: there is no such erasure.
        PermissionDenied: the viewer is the person, or does not keep the register.
    """
    found = Erasure.objects.filter(pk=erasure_id).first()
    if found is None:
        raise Http404(erasure_id)
    by, person = actor_of(request.user), Person.objects.filter(pk=found.person_id).first()
    checked(by, found.person_id)
    reads.note(request, READ, [(person.pk, person.pk)] if person else [])
    problem, status = "", 200
    if request.method == "POST":
        try:
            step(found, request.POST.get("step", ""), by)
        except NotAllowed as refused:
            raise PermissionDenied from refused
        except DomainError as error:
            problem, status = sentence(error), CONFLICT if error.code == "conflict" else UNPROCESSABLE
        else:
            return redirect("registers-erasure", found.pk)
    context = {"facts": facts_of(found, person), "problem": problem, **page_of(found, person, by)}
    return render(request, "registers/erasure.html", context, status=status)


def page_of(found: Erasure, person: Person | None, by: Actor) -> dict[str, Any]:
    """What the page of an erasure shows beside its facts."""
    waits = found.state == "proposed" and person is not None
    if not waits or person is None:
        rows = [(kind, count, STAYS if fate == STAYED else _("went")) for kind, count, fate in found.outcome]
        return {"table": kinds_table(_("What became of it"), rows), "waits": False}
    refusals = [sentence(one) for one in acts.forbidden(acts.concerned(person.pk), found.ground, timezone.now())]
    keeps = may_write(by, "kernel.erasure.confirm")
    return {
        "table": held_table(person),
        "waits": True,
        "refusals": refusals,
        "confirms": keeps and not refusals and found.proposed_by_id != by.id,
        "refuses": keeps,
    }


def step(found: Erasure, name: str, by: Actor) -> None:
    """Take the step that a button names.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    match name:
        case "confirm":
            acts.confirm_erasure(erasure=found, by=by, at=timezone.now())
        case "refuse":
            acts.refuse_erasure(erasure=found, by=by, at=timezone.now())
        case _:
            raise DomainError("no-such-step")


def facts_of(found: Erasure, person: Person | None) -> list[Fact]:
    """What an erasure is about."""
    whose = [
        Fact(_("Person"), Link(name_of(one.pk), reverse("registers-person", args=[one.pk])), hint=one.pk)
        for one in [person]
        if one is not None
    ]
    return [
        Fact(_("State"), STATES[found.state]),
        *whose,
        Fact(_("Ground"), GROUNDS[found.ground]),
        Fact(_("Legal basis"), found.legal_basis),
        Fact(_("Reason"), found.reason),
        Fact(_("Asked"), found.proposed_at, kind="moment"),
        *([Fact(_("Decided"), found.decided_at, kind="moment")] if found.decided_at else []),
    ]
