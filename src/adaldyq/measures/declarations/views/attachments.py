"""The page on which a person adds documents to an entry of a draft, says why there is none, or takes one out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import Conflict
from adaldyq.kernel import kept_forms
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import attaching
from adaldyq.measures.declarations.forms.documents import DocumentForm
from adaldyq.measures.declarations.queries import attachments, words
from adaldyq.measures.declarations.queries.drafts import Draft, Filled, FilledRow, FilledSection
from adaldyq.measures.declarations.states import OPEN
from adaldyq.measures.declarations.views import autosave, rows
from adaldyq.measures.declarations.views.document_facts import filed_facts, place_of
from adaldyq.measures.declarations.views.drafts import elsewhere, own_draft, section_of

TAKE_OUT = "take_out"


@require_http_methods(["GET", "HEAD", "POST"])
def documents_page(request: HttpRequest, draft_id: str, section: str, row_id: str) -> HttpResponse:
    """Documents of an entry: those that are there, and a form that adds one or says why there is none."""
    draft = own_draft(request, draft_id)
    part = section_of(Filled(draft, section), section)
    found = next(((at, one) for at, one in enumerate(part.rows, 1) if one.row.pk == row_id), None)
    away = elsewhere(draft)
    if away is not None or found is None or not (found[1].documents or found[1].attached):
        if lost := not_taken(request, draft, part):
            return lost
        if away is not None:
            return away
        raise Http404(row_id)
    place, one = found
    if request.method == "POST" and request.POST.get(TAKE_OUT):
        return taken_out(request, draft, one)
    form = DocumentForm(
        one.documents,
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    unsaved, status = kept_forms.into(request, form), 200
    if form.is_bound:
        refused = refusal(form, lambda: added(request, one, form)) if form.is_valid() else 422
        if refused is None:
            return redirect(place_of(draft, one))
        status = int(refused)
    context = {
        "draft": draft,
        "form": form,
        "unsaved": unsaved,
        "form_title": words.form_name(draft.form),
        "title": _(part.section.title),
        "section": section,
        "entry": rows.row_title(section, one.reading.values, place),
        "cards": [([fact], fact.key, each.pk) for each in one.attached for fact in filed_facts([each])],
        "missing": [
            str(problem.parameters["document"]) for problem in attachments.missing(one.documents, one.attached)
        ],
        "laws": laws_of(one),
    }
    return render(request, "declarations/draft_documents.html", context, status=status)


def laws_of(one: FilledRow) -> list[tuple[str, str]]:
    """Documents of an entry that a law asks for, with the law."""
    return [
        (attachments.title_of(each), words.law(each.source)) for each in one.documents if each.source != "illustrative"
    ]


def not_taken(request: HttpRequest, draft: Draft, part: FilledSection) -> HttpResponse | None:
    """What a form sent to an entry that is gone, or to a draft that is closed, with why it was not taken; none otherwise."""
    typed = request.POST.dict() if request.method == "POST" else kept_forms.take(request)
    if "document" not in typed and "reason" not in typed and "file" not in request.FILES:
        return None
    closed = autosave.closed_meanwhile(draft, Conflict("declarations.draft.attach", draft.state))
    context = {
        "draft": draft,
        "form_title": words.form_name(draft.form),
        "title": _(part.section.title),
        "section": part.section.name,
        "why": closed
        or _("The entry was removed or changed in another window, and this document belongs to it no more."),
        "reason": typed.get("reason", ""),
        "file": ", ".join(str(one.name) for one in request.FILES.getlist("file")),
        "declaration": draft.declaration_id if closed else "",
        "is_open": draft.state == OPEN,
    }
    return render(request, "declarations/draft_documents_lost.html", context, status=409)


def added(request: HttpRequest, one: FilledRow, form: DocumentForm) -> None:
    """Add what was sent, once."""
    by, at = actor_of(request.user), timezone.now()

    def act() -> dict[str, str]:
        return {"attachment": attaching.add_document(row=one.row, given=form.given(), by=by, at=at).pk}

    sent_once(request.POST, place=f"documents of {one.row.pk}", owner=by.id, at=at, perform=act)


def taken_out(request: HttpRequest, draft: Draft, one: FilledRow) -> HttpResponse:
    """Take a document out; one that is gone already is as it should be."""
    found = next((each for each in one.attached if each.pk == request.POST[TAKE_OUT]), None)
    if found is not None:
        attaching.take_out(attachment=found, by=actor_of(request.user), at=timezone.now())
    return redirect(place_of(draft, one))
