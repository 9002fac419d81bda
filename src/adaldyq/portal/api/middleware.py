"""What holds for every request to the API, whichever operation it asks for.

It knows no cookies: a page of another site that makes a browser send a request gains nothing. The language is the
one of `Accept-Language`. Requests are counted, answers get a strong ETag, and whatever refuses, even before an
operation is found, answers with a problem document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from adaldyq.kernel.api import limits
from adaldyq.kernel.lockout import network
from adaldyq.portal.api import documents

OK, REFUSED, TOO_MANY, NOT_FOUND, REDIRECT = 200, 400, 429, 404, 300
SAFE = ("GET", "HEAD")


class ApiMiddleware:
    """Holds what is true of every request to the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request to the API in, and shape what comes back; pass on every other."""
        if not request.path_info.startswith(settings.API_PREFIX):
            return self.get_response(request)
        request.COOKIES = {}
        allowance = counted(request)
        answer = too_many(allowance) if allowance.left < 0 else shaped(request, self.get_response(request))
        for name, value in allowance.headers().items():
            answer[name] = value
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = "ETag, Link, X-Total-Count, RateLimit-Remaining, Retry-After"
        return answer


def counted(request: HttpRequest) -> limits.Allowance:
    """Count the request against its client."""
    folder = settings.DATA_DIR / "limits"
    return limits.count(folder, client_of(request), limit=settings.API_REQUESTS_A_MINUTE, at=timezone.now())


def client_of(request: HttpRequest) -> str:
    """The network that a request comes from, as the trusted proxy tells it when there is one."""
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    told = passed[-proxies] if 0 < proxies <= len(passed) else ""
    client: str = told or request.META.get("REMOTE_ADDR", "")
    try:
        return network(client)
    except ValueError:  # a UNIX socket has no address
        return client


def too_many(allowance: limits.Allowance) -> HttpResponse:
    """Refuse one request too many."""
    detail = _("Wait %(seconds)s seconds, then go on more slowly.") % {"seconds": allowance.seconds}
    return documents.answer(documents.document(TOO_MANY, detail=detail))


def shaped(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An answer with its ETag, or a refusal as a problem document."""
    if answer.status_code >= REFUSED and answer.headers.get("Content-Type") != documents.MEDIA_TYPE:
        kept = {name: answer[name] for name in ("Allow", "WWW-Authenticate") if name in answer}
        return documents.answer(documents.document(answer.status_code), kept)
    if answer.status_code != OK or request.method not in SAFE or answer.streaming:
        return answer
    patch_vary_headers(answer, ["Accept-Language", "Authorization"])
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    answer.setdefault("Cache-Control", "no-cache")
    conditional = get_conditional_response(request, etag=tag, response=answer)
    return conditional if isinstance(conditional, HttpResponse) else answer
