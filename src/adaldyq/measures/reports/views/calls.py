"""The page of an operator of the telephone: what a caller says is typed, sealed, and never shown again."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.calls import take_call
from adaldyq.measures.reports.adapters import carried
from adaldyq.measures.reports.forms.calls import CallForm
from adaldyq.measures.reports.queries.words import BY_PHONE
from adaldyq.measures.reports.views.filing import answers_of, facts_of, filing_of, fresh, typed_before
from adaldyq.measures.reports.views.quiet import beginning_of_today
from adaldyq.sealing import phrases


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def call_page(request: HttpRequest) -> HttpResponse:
    """The questions, what was understood, and the phrase. Between them the page carries what was typed, and the server nothing."""
    if request.method != "POST":
        return form_page(request, CallForm(), fresh())
    step = request.POST.get("step", "")
    try:
        brought = dict(carried.take(request.POST.get("carried", "")))
    except DomainError as stale:
        form = CallForm(request.POST)
        form.add_error(None, sentence(stale))
        return form_page(request, form, fresh(), HTTPStatus.CONFLICT)
    if step == "send" and "answers" in brought:
        return sent(request, brought)
    if step == "change" and "answers" in brought:
        return form_page(request, CallForm(initial=typed_before(brought["answers"])), brought)
    return checked(request, brought)


def form_page(
    request: HttpRequest, form: CallForm, brought: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The questions."""
    return render(request, "reports/call.html", {"form": form, "carried": carried.put(brought)}, status=status)


def checked(request: HttpRequest, brought: dict[str, Any]) -> HttpResponse:
    """What was understood, to be read back to the caller; or the questions again with what is wrong."""
    form = CallForm(request.POST)
    if not form.is_valid():
        return form_page(request, form, brought, HTTPStatus.UNPROCESSABLE_ENTITY)
    brought["answers"] = {**answers_of(form), "language": form.cleaned_data["language"]}
    return check_page(request, form, brought)


def check_page(
    request: HttpRequest,
    form: CallForm,
    brought: Mapping[str, Any],
    problem: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """What was understood, and why it was not taken, if it was not."""
    context = {"facts": facts_of(form, brought["answers"], ()), "carried": carried.put(brought), "problem": problem}
    return render(request, "reports/call_check.html", context, status=status)


def sent(request: HttpRequest, brought: Mapping[str, Any]) -> HttpResponse:
    """Seal and file the report, and show its phrase to be read out; sent again, the same page comes again."""
    secret = bytes.fromhex(brought["secret"])
    try:
        take_call(filing=filing_of(brought, secret, BY_PHONE), by=actor_of(request.user), at=beginning_of_today())
    except DomainError as refused:
        return check_page(request, CallForm(), brought, sentence(refused), HTTPStatus.UNPROCESSABLE_ENTITY)
    words = phrases.spell(secret, brought["answers"]["language"])
    return render(request, "reports/call_receipt.html", {"words": [(one, " ".join(one)) for one in words]})
