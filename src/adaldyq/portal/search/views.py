"""The search page."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.portal.search.hits import Hits
from adaldyq.portal.search.kinds import BY_NAME, KINDS
from adaldyq.ui.facts import Link
from adaldyq.ui.tables import sorted_page

PER_PAGE = 20
LONGEST = 200  # characters of a search


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything public that has the words asked for, all kinds together or one."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    hits = Hits(text, kind if kind in BY_NAME else "", get_language() or "en")
    page = sorted_page(request, hits, (), per_page=PER_PAGE)
    context = {"q": text, "page": page, "read_as": hits.read_as, "kinds": kind_links(text, hits.kind, hits.counts)}
    return render(request, "search/search.html", context)


def kind_links(text: str, current: str, counts: Mapping[str, int]) -> list[Link]:
    """Links that narrow the search to a kind, for the kinds that have something."""
    links = [Link(_("Everything"), narrowed(text, ""), current=not current, count=sum(counts.values()))]
    for kind in KINDS:
        if counts.get(kind.name):
            narrow = narrowed(text, kind.name)
            links.append(Link(kind.title, narrow, current=kind.name == current, count=counts[kind.name]))
    return links


def narrowed(text: str, kind: str) -> str:
    """The address of the same search for one kind."""
    query = QueryDict(mutable=True)
    query["q"] = text
    if kind:
        query["kind"] = kind
    return f"?{query.urlencode()}"
