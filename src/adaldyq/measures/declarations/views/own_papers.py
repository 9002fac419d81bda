"""The person's own declaration on paper: how far it is, and what has to be mended in it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from adaldyq.kernel.actor import actor_of
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries import received
from adaldyq.measures.declarations.queries.own_papers import overtaken
from adaldyq.measures.declarations.views.paper_problems import lines_of
from adaldyq.measures.declarations.views.received import facts_of


@require_safe
def own_paper(request: HttpRequest, paper_id: str) -> HttpResponse:
    """One paper of the viewer's, or of whom they act for.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    by = actor_of(request.user)
    found = received.own_papers(filer(by)).filter(pk=paper_id).first() if filer(by) else None
    if found is None:
        raise Http404(paper_id)
    wrong = received.own_problems(found, timezone.now()) if found.state == "refused" else []
    context = {
        "paper": found,
        "facts": facts_of(found),
        "problems": lines_of(found, wrong),
        "overtaken": bool(overtaken([found])),
    }
    return render(request, "declarations/own_paper.html", context)
