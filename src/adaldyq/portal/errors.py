"""Pages for what went wrong. Those of errors touch no database, so that they come when it is the database that is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from adaldyq.base.cut import CUT
from adaldyq.kernel import kept_forms
from adaldyq.kernel.acting import ForAnother
from adaldyq.kernel.away import is_away
from adaldyq.kernel.logs import request_id
from adaldyq.kernel.policies import RegisterNotKept
from adaldyq.kernel.problems import sentence
from adaldyq.ui.quiet import QUIET, unkept

SECONDS_AWAY = "30"
CONFLICT, METHOD_NOT_ALLOWED, CONTENT_TOO_LARGE, AWAY = 409, 405, 413, 503


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says: what happened, and what the visitor can do."""

    title: object
    text: object


WORDS = {
    400: Words(
        _("The request cannot be read"),
        _("Something in the address or the form is not as it should be. Go back and try again."),
    ),
    403: Words(
        _("This page is not open to you"),
        _("It is for people with another role. If it should be yours, ask the administrator of your institution."),
    ),
    405: Words(
        _("This address only takes what a form sends"),
        _("Nothing was sent, and nothing was done. Go to the page with the form and use its button."),
    ),
    404: Words(
        _("There is no such page"),
        _("Check the address if you typed it. If you followed a link, the record may have been merged or removed."),
    ),
    408: Words(
        _("What you sent did not arrive"),
        _("The connection stood still for too long. Nothing of it was kept; go back and send it again."),
    ),
    503: Words(
        _("The service is away for a moment"),
        _(
            "Nothing is wrong with what you did. Wait a minute, then look whether what you sent is there before you "
            "send it again."
        ),
    ),
    500: Words(
        _("Something went wrong on our side"),
        _("What you sent was not kept. The error is recorded; try again in a few minutes."),
    ),
}
WORDS[CONTENT_TOO_LARGE] = Words(
    _("What you sent is too large"),
    _("Nothing of it was kept. Go back: what you typed still stands in the form. Make it shorter and send it again."),
)
STALE_FORM = Words(
    _("The form was open too long"),
    _("For your safety it is no longer accepted. Go back, load the page again and send it once more."),
)


def page(request: HttpRequest, status: int, words: Words | None = None) -> HttpResponse:
    """The page of an HTTP status, in the language of the address; of the length of others where somebody tells."""
    quiet = bool(QUIET.match(request.path_info))
    language = translation.get_language_from_path(request.path_info)
    with translation.override(language or translation.get_language() or settings.LANGUAGE_CODE):
        context = {
            "frame": "ui/quiet.html" if quiet else "ui/base.html",
            "quiet": quiet,
            "words": words or WORDS[status],
            "status": status,
            "request_id": request_id(),
        }
        answer = render(request, "portal/error.html", context, status=status)
    if quiet:
        unkept(answer)
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 when the request is larger than any form needs."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return page(request, CONTENT_TOO_LARGE)
    return page(request, 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; with the reason where a registrar keeps another register than the one that is asked for."""
    reason = exception.__cause__
    if isinstance(reason, RegisterNotKept):
        return page(request, 403, Words(WORDS[403].title, sentence(reason)))
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, for a form that was open too long; where what was typed is kept, its page shows it anew, to be sent again."""
    if kept_forms.is_same_origin(request) and (sent := kept_forms.sent_by(request)):
        kept_forms.keep(request, sent)
        return redirect(request.path)
    return page(request, 403, STALE_FORM)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; 409 where only another for whom one acts is needed."""
    return for_whom(request, exception) if isinstance(exception, ForAnother) else page(request, 404)


def for_whom(request: HttpRequest, other: ForAnother) -> HttpResponse:
    """409: whose it is, and how to act for them again; what was typed comes back on its page then."""
    if request.headers.get("Accept", "") == "application/json":
        told = _("Not saved: you do not act for %(name)s now. Use the button: what you typed is kept.")
        return JsonResponse({"message": str(told) % {"name": other.name}}, status=CONFLICT)
    kept_forms.keep(request, kept_forms.sent_by(request))
    context = {"other": other, "sent": request.method == "POST", "here": request.path}
    return render(request, "portal/for_whom.html", context, status=CONFLICT)


def explain_method(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that gives whoever opens the address of a form's button a page that says so, and not an empty one."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = get_response(request)
        if found.status_code != METHOD_NOT_ALLOWED or found.content or request.method != "GET":
            return found
        explained = page(request, METHOD_NOT_ALLOWED)
        explained["Allow"] = found["Allow"]
        return explained

    return answer


class CutShort:
    """Middleware that answers a request whose body did not come in whole, but where the page itself does with what came of it (`reads_cut`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass every request on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Say what happened to the body."""
        status, came = request.META.get(CUT), request.META.get("CONTENT_LENGTH") != "0"
        if status is None or (came and getattr(view, "reads_cut", False)):
            return None
        answer = page(request, status)
        if status == AWAY:
            answer["Retry-After"] = SECONDS_AWAY
        return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the error is one that passes by itself, such as a database that is being restarted."""
    if not is_away(sys.exception()):
        return page(request, 500)
    answer = page(request, 503)
    answer["Retry-After"] = SECONDS_AWAY
    return answer
