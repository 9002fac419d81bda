"""Merging two records that are one, and splitting them again: one registrar proposes, another confirms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming, reads
from adaldyq.kernel.actions import merges as acts
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Body, Company, Merge, Person, PersonIdentifier
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.registry import REGISTERS
from adaldyq.kernel.trying import refusal, tried
from adaldyq.portal.registers import words
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "person"
UNPROCESSABLE, CONFLICT = 422, 409
FINDERS = {"person": lookup.person, "body": lookup.body, "company": lookup.company}
PAGES = {"person": "registers-person", "body": "registers-body", "company": "registers-company"}
STATES = {
    "proposed": State(gettext_lazy("Waits for another registrar"), "open"),
    "merged": State(gettext_lazy("Merged"), "good"),
    "rejected": State(gettext_lazy("Rejected"), "closed"),
    "split_proposed": State(gettext_lazy("Split waits for another registrar"), "open"),
    "split": State(gettext_lazy("Split again"), "closed"),
}


class MergeForm(forms.Form):
    """Two records and why they are one."""

    register = forms.ChoiceField(
        label=gettext_lazy("Register"),
        choices=[(name, REGISTERS[name].title) for name in acts.MERGEABLE],
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")},
    )
    kept = forms.CharField(
        label=gettext_lazy("Record that stays"), max_length=60, help_text=gettext_lazy("Its number, or its id.")
    )
    merged = forms.CharField(
        label=gettext_lazy("Record that is merged into it"),
        max_length=60,
        help_text=gettext_lazy("Its number, or its id; its address will lead to the other."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why the two are one"), max_length=acts.LONGEST_REASON, widget=forms.Textarea({"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """Both records, found."""
        data = super().clean() or {}
        for name in ("kept", "merged"):
            if data.get("register") and data.get(name):
                found = FINDERS[data["register"]](data[name])
                if found is None:
                    self.add_error(name, _("No record has this number or id. Look it up in the register first."))
                else:
                    data[name] = found.pk
        return data


class ReasonForm(forms.Form):
    """Why two merged records are two after all."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are two after all"),
        max_length=acts.LONGEST_REASON,
        widget=forms.Textarea({"rows": 4}),
        required=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def list_merges(request: HttpRequest) -> HttpResponse:
    """Proposals and what became of them, with the form of a new one."""
    form = MergeForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        made: list[Merge] = []
        facts = {**form.cleaned_data, "by": actor_of(request.user), "at": timezone.now()}
        if tried(form, lambda: made.append(acts.propose_merge(**facts))):
            reads.note(request, READ, [])
            return redirect("registers-merge", made[0].pk)
    columns = [
        Column("kept", _("Records"), value=both, link=lambda row: reverse("registers-merge", args=[row.pk])),
        Column("register", _("Register"), value=lambda row: REGISTERS[row.register].title),
        Column("proposed_at", _("Proposed"), kind="day", sort="proposed_at"),
        Column("state", _("State"), value=lambda row: STATES[row.state]),
    ]
    page = sorted_page(request, Merge.objects.all(), columns, default="-proposed_at")
    reads.note(request, READ, [(key, key) for one in page.rows for key in people_of(one)])
    empty = _("Nobody has proposed a merge.")
    table = Table(_("Merges"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    context = {"form": form, "table": table}
    return render(request, "registers/merges.html", context, status=UNPROCESSABLE if form.errors else 200)


def people_of(merge: Merge) -> tuple[str, ...]:
    """People whose records a merge is about."""
    return (merge.kept_id, merge.merged_id) if merge.register == "person" else ()


def both(merge: Merge) -> str:
    """The two records by name."""
    return f"{name_of(merge.register, merge.merged_id)} → {name_of(merge.register, merge.kept_id)}"


def name_of(register: str, record_id: str) -> str:
    """What a record is called."""
    if register == "person":
        return naming.names_of([record_id]).get(record_id, record_id)
    record = REGISTERS[register].records._default_manager.filter(pk=record_id).first()
    if isinstance(record, Body):
        return words.body_name(record)
    return record.name if isinstance(record, Company) else record_id


@require_http_methods(["GET", "HEAD", "POST"])
def show_merge(request: HttpRequest, merge_id: str) -> HttpResponse:
    """A merge with both records side by side, and the steps that are open.

    Raises:
        Http404: there is no such merge.
    """
    found = Merge.objects.filter(pk=merge_id).first()
    if found is None:
        raise Http404(merge_id)
    by = actor_of(request.user)
    reads.note(request, READ, [(key, key) for key in people_of(found)])
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = None
    if request.method == "POST" and form.is_valid():
        wanted, reason = request.POST.get("step", ""), form.cleaned_data["reason"]
        status = refusal(form, lambda: step(found, wanted, reason, by))
        if status is None:
            return redirect("registers-merge", found.pk)
    context = {
        "facts": facts_of(found),
        "title": both(found),
        "form": form,
        "asks": found.state == "merged",
        "steps": steps_open(found, by),
    }
    return render(request, "registers/merge.html", context, status=status)


def step(found: Merge, name: str, reason: str, by: Actor) -> None:
    """Take the step that a button names.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    how: dict[str, Any] = {"merge": found, "by": by, "at": timezone.now()}
    match name:
        case "confirm":
            acts.confirm_merge(**how)
        case "reject":
            acts.reject_merge(**how)
        case "propose_split":
            acts.propose_split(**how, reason=reason)
        case "confirm_split":
            acts.confirm_split(**how)
        case "reject_split":
            acts.reject_split(**how)
        case _:
            raise DomainError("no-such-step")


def steps_open(found: Merge, by: Actor) -> list[tuple[str, object]]:
    """Steps that the viewer may take, with what their buttons say."""
    buttons: dict[str, tuple[str, object]] = {
        "confirm": ("confirm", _("Confirm the merge")),
        "reject": ("reject", _("Reject")),
        "propose_split": ("propose_split", _("Propose to split")),
        "confirm_split": ("confirm_split", _("Confirm the split")),
        "reject_split": ("reject_split", _("Leave them merged")),
    }
    own = {"confirm": found.proposed_by_id, "confirm_split": found.split_proposed_by_id}
    steps = [one.act for one in found.LIFE.acts_from(found.state)]
    return [buttons[name] for name in steps if own.get(name) != by.id]


def told_of(person_id: str) -> list[str]:
    """What tells a person from another of the same name: the day of birth, and the numbers."""
    born = Person.objects.filter(pk=person_id).values_list("birth_date", flat=True).first()
    numbers = PersonIdentifier.objects.filter(person=person_id, valid_to=None).order_by("value")
    return [
        *([_("born %(day)s") % {"day": words.day_told(born)}] if born else []),
        *(f"{words.scheme(one.scheme)} {one.value}" for one in numbers),
    ]


def facts_of(found: Merge) -> list[Fact]:
    """What a merge is about."""

    def record(record_id: str) -> Link:
        return Link(name_of(found.register, record_id), reverse(PAGES[found.register], args=[record_id]))

    def told(record_id: str) -> str:
        return " · ".join([record_id, *(told_of(record_id) if found.register == "person" else ())])

    moved = sum(len(keys) for _model, _column, keys in found.moved)
    return [
        Fact(_("State"), STATES[found.state]),
        Fact(_("Register"), REGISTERS[found.register].title),
        Fact(_("Record that stays"), record(found.kept_id), hint=told(found.kept_id)),
        Fact(_("Record that is merged into it"), record(found.merged_id), hint=told(found.merged_id)),
        Fact(_("Why the two are one"), found.reason),
        Fact(_("Proposed"), found.proposed_at, kind="moment"),
        *([Fact(_("Decided"), found.decided_at, kind="moment")] if found.decided_at else []),
        *([Fact(_("Rows that were moved"), moved, kind="number")] if found.moved else []),
        *([Fact(_("Why they are two after all"), found.split_reason)] if found.split_reason else []),
    ]
