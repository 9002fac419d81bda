"""Pages on which husband and wife file one declaration together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.proving import still_to_show
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import joint as acts
from adaldyq.measures.declarations.forms.joint import ConfirmForm
from adaldyq.measures.declarations.queries import joint, words
from adaldyq.measures.declarations.queries.drafts import Filled, FilledSection
from adaldyq.measures.declarations.queries.joint import JointFiling
from adaldyq.measures.declarations.views import document_facts, rows
from adaldyq.measures.declarations.views.drafts import own_draft
from adaldyq.measures.declarations.views.filing import totals_facts
from adaldyq.ui.facts import Fact

END = "end"


@require_POST
def draft_joint(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask to file a draft together, or file each one's own again."""
    draft, by, now = own_draft(request, draft_id), actor_of(request.user), timezone.now()
    found = joint.joint_of(draft)
    try:
        if request.POST.get("step") != END:
            acts.ask_spouse(draft=draft, by=by, at=now)
        elif found is not None:
            acts.end_joint(joint=found, by=by, at=now)
    except NotAllowed as refused:
        raise PermissionDenied from refused
    except DomainError:
        pass  # it cannot be any more, which the page says by offering it no more
    return redirect("declarations-draft", draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def joint_page(request: HttpRequest, joint_id: str) -> HttpResponse:
    """All that the other has filled in for both, to be confirmed or declined after showing that it is oneself."""
    by = actor_of(request.user)
    found = joint.asked(by).filter(pk=joint_id).first()
    if found is None:
        raise Http404(joint_id)
    if shown_at := still_to_show(request, reverse("declarations-joint", args=[joint_id])):
        return redirect(shown_at)
    filled = Filled(found.draft)
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"seen": filled.seen})
    if request.method == "POST" and request.POST.get("step") == END:
        refusal(form, lambda: acts.end_joint(joint=found, by=by, at=timezone.now()))  # ended or filed: the list says it
        return redirect("declarations-mine")
    status = None
    if form.is_bound:
        status = refusal(form, lambda: confirmed(found, form, request)) if form.is_valid() else 422
        if status is None:
            return redirect("declarations-joint", found.pk)
    return render(request, "declarations/joint.html", context_of(found, filled, form), status=status)


def confirmed(found: JointFiling, form: ConfirmForm, request: HttpRequest) -> None:
    """Confirm what was seen."""
    acts.confirm_joint(joint=found, seen=form.cleaned_data["seen"], by=actor_of(request.user), at=timezone.now())


def context_of(found: JointFiling, filled: Filled, form: ConfirmForm) -> dict[str, Any]:
    """What the page of the other is made of."""
    draft = found.draft
    return {
        "form": form,
        "form_title": words.form_name(draft.form),
        "draft": draft,
        "name": naming.names_of([draft.person_id]).get(draft.person_id, ""),
        "totals": totals_facts(filled.totals()),
        "parts": [part_of(part, filled) for part in filled.sections if part.rows],
        "empty": ", ".join(_(part.section.title) for part in filled.sections if not part.rows),
        "late_since": own_due_passed(found),
        "ready": filled.ready,
        "confirmed": found.confirmed_at if found.seen == filled.seen else None,
        "changed": found.confirmed_at if found.seen != filled.seen else None,
    }


def own_due_passed(found: JointFiling) -> date | None:
    """The last day on which whoever is asked had to file, when it has passed: theirs then counts as late."""
    draft = found.draft
    due = joint.due_of(found.person_id, draft.form, draft.year)
    return due if due and due < timezone.localdate() else None


def part_of(part: FilledSection, filled: Filled) -> dict[str, Any]:
    """A section as the other reads it."""
    name = part.section.name
    cards: list[dict[str, Any]] = [
        {"title": rows.row_title(name, one.reading.values, place), "facts": facts_of(one, filled)}
        for place, one in enumerate(part.rows, 1)
    ]
    return {
        "title": _(part.section.title),
        "cards": cards,
        "sums": rows.sums_of(name, [one.reading.values for one in part.rows]),
    }


def facts_of(one: Any, filled: Filled) -> list[Fact]:
    """An entry with its documents by name."""
    documents = [Fact(title, text) for title, text in document_facts.written(one.attached)]
    return [*rows.facts_of(one, filled.draft), *documents]
