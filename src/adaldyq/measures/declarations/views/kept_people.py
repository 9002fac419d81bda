"""Sends whoever asks for an official by the id of a merged record to the id under which they are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from adaldyq.measures.declarations.queries.people import kept_id

View = Callable[[HttpRequest, str], HttpResponseBase]


def at_kept_id(view: View) -> View:
    """Let a view of an official redirect while their record is merged into another; the two may be split again."""

    @wraps(view)
    def answer(request: HttpRequest, person_id: str) -> HttpResponseBase:
        return moved(request, person_id) or view(request, person_id)

    return answer


def moved(request: HttpRequest, person_id: str) -> HttpResponseRedirect | None:
    """The same page of the kept record; none when the record is its own."""
    kept = kept_id(person_id)
    if kept == person_id:
        return None
    if request.resolver_match is None:
        raise Http404(person_id)
    query = request.META.get("QUERY_STRING", "")
    address = reverse(request.resolver_match.view_name, args=[kept])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
