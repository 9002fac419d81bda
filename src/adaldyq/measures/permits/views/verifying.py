"""Whether a licence holds: a page that is light enough for an old phone, and files for whoever checks without a network."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.permits.adapters import licence_keys
from adaldyq.measures.permits.domain.tokens import LONGEST, UNKNOWN, VALID
from adaldyq.measures.permits.queries import licences
from adaldyq.measures.permits.queries.application_words import CHECK_WORDS

TEXT = "text/plain; charset=utf-8"


@require_safe
def verify_page(request: HttpRequest) -> HttpResponse:
    """Valid, not yet, suspended, revoked, expired or unknown, with what the register says."""
    given = request.GET.get("t", "")[:LONGEST].strip()
    answer = licences.check(given, timezone.localdate()) if given else None
    context = {
        "given": given,
        "answer": answer,
        "words": CHECK_WORDS[answer.state] if answer else "",
        "good": answer is not None and answer.state == VALID,
        "unknown": answer is not None and answer.state == UNKNOWN,
        "name": naming.spoken(answer.licence.entry.names) if answer and answer.licence else "",
        "body": naming.spoken(answer.licence.body.names, answer.licence.body.name) if answer and answer.licence else "",
        "today": timezone.localdate(),
    }
    return render(request, "permits/verify.html", context)


@require_safe
def keys_file(request: HttpRequest) -> HttpResponse:
    """The public keys that sign licences, a line each."""
    return HttpResponse(licence_keys.public_text(), content_type=TEXT)


@require_safe
def states_file(request: HttpRequest) -> HttpResponse:
    """The signed list of licences that are not simply valid."""
    return HttpResponse(licence_keys.signed_list(licences.states(timezone.now())), content_type=TEXT)
