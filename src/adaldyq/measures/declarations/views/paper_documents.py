"""The page on which whoever keeps a paper adds the documents that were brought with it, and takes one out."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import kept_forms
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import paper_documents as acts
from adaldyq.measures.declarations.domain.paper_form import paper_sections
from adaldyq.measures.declarations.forms.documents import PaperDocumentForm
from adaldyq.measures.declarations.queries import attachments, received, words
from adaldyq.measures.declarations.queries.attachments import Attachment, DocumentFact
from adaldyq.measures.declarations.queries.received import ReceivedPaper
from adaldyq.measures.declarations.views.document_facts import entry_of, fact_of
from adaldyq.measures.declarations.views.keying import about
from adaldyq.measures.declarations.views.received import kept_paper

TAKE_OUT = "take_out"


@require_http_methods(["GET", "HEAD", "POST"])
def documents_page(request: HttpRequest, paper_id: str) -> HttpResponse:
    """Documents of the entries of a paper, and a form that adds one or says why there is none."""
    paper = kept_paper(request, paper_id)
    if paper.state not in received.IN_HAND:
        return redirect("declarations-paper", paper.pk)
    there = received.documents_of(paper)
    if request.method == "POST" and request.POST.get(TAKE_OUT):
        return taken_out(request, paper, there)
    listed = attachments.in_force()
    sections = {one.name: f"{one.number}. {_(one.section.title)}" for one in paper_sections(paper.form)}
    offered = [(one, title) for name, title in sections.items() for one in listed if one.section == name]
    form = PaperDocumentForm(
        offered,
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    unsaved, status = kept_forms.into(request, form), 200
    if form.is_bound:
        refused = refusal(form, partial(added, request, paper, form)) if form.is_valid() else 422
        if refused is None:
            return redirect("declarations-paper-documents", paper.pk)
        status = int(refused)
    context = {
        **about(paper),
        "form": form,
        "unsaved": unsaved,
        "cards": [
            ([fact_of(one, entry_of(one, sections))], entry_of(one, sections), one.pk, number)
            for number, one in enumerate(there, 1)
        ],
        "laws": laws_of([one for one, _title in offered]),
    }
    return render(request, "declarations/paper_documents.html", context, status=status)


def laws_of(listed: list[DocumentFact]) -> list[tuple[str, str]]:
    """Documents that a law asks for, with the law."""
    return [(attachments.title_of(one), words.law(one.source)) for one in listed if one.source != "illustrative"]


def added(request: HttpRequest, paper: ReceivedPaper, form: PaperDocumentForm) -> None:
    """Add what was sent, once.

    Raises:
        DomainError: what the act says.
    """
    by, at = actor_of(request.user), timezone.now()

    def act() -> dict[str, str]:
        return {"attachment": acts.bring_document(paper=paper, brought=form.brought(), by=by, at=at).pk}

    sent_once(request.POST, place=f"documents of {paper.pk}", owner=by.id, at=at, perform=act)


def taken_out(request: HttpRequest, paper: ReceivedPaper, there: list[Attachment]) -> HttpResponse:
    """Take a document out; one that is gone already is as it should be."""
    found = next((one for one in there if one.pk == request.POST[TAKE_OUT]), None)
    if found is not None:
        acts.take_document_out(attachment=found, by=actor_of(request.user), at=timezone.now())
    return redirect("declarations-paper-documents", paper.pk)
