"""Telling openly how one was met, without a script: one address for all steps, and nothing kept between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.base.turns import AT_ONCE, FULL
from adaldyq.kernel import naming
from adaldyq.kernel.carried import Carrier
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.work import Work
from adaldyq.measures.street.actions.telling import NOBODY, Told, tell_openly
from adaldyq.measures.street.domain.words import without_names
from adaldyq.measures.street.forms.telling import TellingForm
from adaldyq.measures.street.queries.names import of_officials
from adaldyq.measures.street.queries.words import HAPPENED_WORDS, service_name
from adaldyq.ui.facts import Fact
from adaldyq.ui.quiet import Answer, answer_quietly

UNPROCESSABLE, CONFLICT = 422, 409
CARRIER = Carrier(b"adaldyq/street/page/1")
WORK = Work(b"adaldyq/street")
SECONDS_TO_WAIT = "30"


def quiet(view: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """A page for those who tell: whoever is signed in is not asked, and no cookie protects the form; what it carries does."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest) -> Answer:
        return answer_quietly(view, request)

    return answered


@require_safe
@quiet
def start_page(request: HttpRequest) -> HttpResponse:
    """What telling openly is, and what it is not."""
    return render(request, "street/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def tell_page(request: HttpRequest) -> HttpResponse:
    """The form, the check of what was typed, and thanks."""
    if request.method != "POST":
        return form_page(request, TellingForm(), new_id())
    try:
        brought = CARRIER.take(request.POST.get("carried", ""))
    except DomainError as stale:
        form = TellingForm(request.POST)
        form.add_error(None, sentence(stale))
        return form_page(request, form, new_id(), status=CONFLICT)
    step, answers = request.POST.get("step", ""), brought.get("answers")
    if step == "send" and answers:
        return sent_in_turn(request, brought)
    if step == "change" and answers:
        return form_page(request, TellingForm(initial=answers), str(brought["page"]))
    return checked(request, str(brought["page"]))


def form_page(request: HttpRequest, form: TellingForm, page: str, status: int = 200) -> HttpResponse:
    """The form."""
    return render(request, "street/form.html", {"form": form, "carried": CARRIER.put({"page": page})}, status=status)


def checked(request: HttpRequest, page: str) -> HttpResponse:
    """The check of what was typed; or the form again with what is wrong."""
    form = TellingForm(request.POST)
    if not form.is_valid():
        return form_page(request, form, page, status=UNPROCESSABLE)
    answers = {name: request.POST.get(name, "") for name in form.fields}
    return check_page(request, form, {"page": page, "answers": answers})


def check_page(request: HttpRequest, form: TellingForm, brought: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """What was typed, to be looked at once more, with the calculation that a script does meanwhile."""
    told = form.told(str(brought["page"]))
    facts = [*facts_of(told), *([Fact(_("A few words about it"), told.words)] if told.words else [])]
    without = without_names(told.words, of_officials)
    context = {
        "facts": facts,
        "without_names": without if without != told.words else "",
        "carried": CARRIER.put(brought),
        "work": WORK.challenge(told.page),
        "working": _("Your device does a short calculation, so that nobody can flood these numbers."),
        "form": form,
    }
    return render(request, "street/check.html", context, status=status)


def facts_of(told: Told) -> list[Fact]:
    """The counted answers, as the check page and the moderator's show them."""
    facts: list[tuple[Any, Any]] = [
        (_("What happened"), HAPPENED_WORDS[told.happened]),
        (_("Service"), service_name(told.service)),
        (_("Place"), naming.place_name(told.territory.pk)),
        (_("Month"), date_format(told.month, "F Y")),
        (_("Kind of body"), naming.code_titles("body_kind").get(told.body_kind, "")),
    ]
    shown = [Fact(title, value) for title, value in facts if value]
    if told.amount is not None:
        shown.append(Fact(_("Sum"), told.amount, kind="money", currency=naming.pack().currency))
    return shown


def sent_in_turn(request: HttpRequest, brought: Mapping[str, Any]) -> HttpResponse:
    """Take in what a script did the calculation for at once, and everything else when its turn has come."""
    page, form, done = str(brought["page"]), TellingForm(brought["answers"]), request.POST.get("work", "")
    if not form.is_valid():  # the month has ended meanwhile, or the pack has changed
        return form_page(request, form, page, status=UNPROCESSABLE)
    if not done and (request.META.get(FULL) or request.META.get(AT_ONCE)):
        return crowded(request, brought)
    if done:
        try:
            WORK.check(page, done)
        except DomainError as refused:
            form.add_error(None, sentence(refused))
            return check_page(request, form, brought, CONFLICT)
    return sent(request, form, page, worked=bool(done))


def crowded(request: HttpRequest, brought: Mapping[str, Any]) -> HttpResponse:
    """A page that holds what was typed, to be sent again by its button."""
    answer = render(
        request, "street/crowded.html", {"carried": CARRIER.put(brought)}, status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    answer["Retry-After"] = SECONDS_TO_WAIT
    return answer


def sent(request: HttpRequest, form: TellingForm, page: str, *, worked: bool) -> HttpResponse:
    """Take it in and say thanks; sent again, the same page comes again."""
    try:
        told = replace(form.told(page), worked=worked)
        tell_openly(told=told, by=NOBODY, at=beginning_of_today())
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, sentence(refused))
        return form_page(request, form, page, status=UNPROCESSABLE)
    if worked:
        WORK.load.count()
    return render(request, "street/thanks.html", {"words": bool(told.words)})


def beginning_of_today() -> datetime:
    """Midnight of the country's day: the only instant that is kept."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time.min), naming.pack().zone)
