"""What holds for every request to the API, whichever operation it asks for.

It knows no cookies: a page of another site that makes a browser send a request gains nothing. Who asks, if it is said,
says the token of an institution in `Authorization`. The language is the one of `Accept-Language`. Requests are
counted, answers get a strong ETag, and whatever refuses, even before an operation is found, answers with a problem
document.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from adaldyq.kernel.access import ScopeMissing
from adaldyq.kernel.api import documents, limits
from adaldyq.kernel.away import is_away
from adaldyq.kernel.lockout import network
from adaldyq.kernel.models import InstitutionToken
from adaldyq.kernel.tokens import carried_by, carry, note_use, token_behind
from adaldyq.portal.api import lines, reading
from adaldyq.portal.api.rendering import tag_of
from adaldyq.portal.errors import SECONDS_AWAY

OK, NO_CONTENT, REFUSED, UNAUTHORIZED = 200, 204, 400, 401
NOT_AS_SEEN, NO_SUCH_MEDIA, TOO_MANY, AWAY = 412, 415, 429, 503
SAFE = ("GET", "HEAD")
ALSO = {True: ("HEAD", "OPTIONS"), False: ("OPTIONS",)}
"""Methods that every address takes beside its own: HEAD where it takes GET."""
EXPOSED = "ETag, Idempotency-Replayed, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, X-Total-Count"


class ApiMiddleware:
    """Holds what is true of every request to the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request to the API in, and shape what comes back; pass on every other."""
        if not request.path_info.startswith(settings.API_PREFIX):
            return self.get_response(request)
        try:
            answer = self.counted_answer(request)
        except (InterfaceError, OperationalError, OSError) as error:
            if not is_away(error):
                raise
            answer = documents.answer(documents.document(AWAY), {"Retry-After": SECONDS_AWAY})
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = EXPOSED
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Refuse a body that is not of the kind that its operation reads (RFC 9110, 15.5.16)."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not request.path_info.startswith(settings.API_PREFIX) or request.method in SAFE or length == "0":
            return None
        route = request.resolver_match.url_name if request.resolver_match else ""
        taken = lines.MEDIA_TYPES if route in lines.ROUTES else reading.media_types(route or "")
        return None if request.content_type in taken else HttpResponse(status=NO_SUCH_MEDIA)

    def counted_answer(self, request: HttpRequest) -> HttpResponse:
        """Count a request and answer it, or refuse it as one too many or for its token."""
        request.COOKIES = {}
        now = timezone.now()
        said = request.headers.get("Authorization")
        token = token_behind(secret_in(said), at=now) if said else None
        allowance = counted(request, token, now)
        if allowance.left < 0:
            answer = too_many(allowance)
        elif said and token is None:
            answer = not_known()
        else:
            answer = shaped(request, self.let_in(request, token, now))
        for name, value in allowance.headers().items():
            answer[name] = value
        return answer

    def let_in(self, request: HttpRequest, token: InstitutionToken | None, at: datetime) -> HttpResponse:
        """Answer a request, with the token that it was sent with."""
        if token is not None:
            note_use(token, at=at)
            carry(request, token)
        asked = request.method
        if asked == "HEAD":  # the same as GET (RFC 9110, 9.3.2); the server leaves the content out
            request.method = "GET"
        answer = self.get_response(request)
        request.method = asked
        return answer


def secret_in(header: str) -> str:
    """The secret of an `Authorization` header; empty when it is of another scheme than Bearer."""
    scheme, _space, secret = header.strip().partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def counted(request: HttpRequest, token: InstitutionToken | None, at: datetime) -> limits.Allowance:
    """Count the request against its token, or its network when it has none that is known.

    Where the disk is full, whoever reads is not counted, but answered.
    """
    who = f"token:{token.pk}" if token else client_of(request)
    limit = token.requests_a_minute if token else settings.API_REQUESTS_A_MINUTE
    try:
        return limits.count(who, limit=limit, at=at)
    except OSError as error:
        if not is_away(error):
            raise
        return limits.Allowance(limit, limit, limits.SECONDS)


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


def not_known() -> HttpResponse:
    """Refuse a token that opens nothing, without telling whether it ever did."""
    told = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
    detail = _("The token is wrong, or it was revoked, replaced, or its last day has passed.")
    return documents.answer(documents.document(UNAUTHORIZED, code="token-not-known", detail=detail), told)


def lacking(answer: ScopeMissing) -> HttpResponse:
    """Refuse a token that is not good for the operation, and say what would be."""
    if not answer.scope:
        return documents.answer(documents.document(answer.status_code))
    told = {"WWW-Authenticate": answer["WWW-Authenticate"]}
    return documents.answer(documents.document_of_scope(answer.scope), told)


def shaped(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An answer with its ETag, or a refusal as a problem document."""
    if isinstance(answer, ScopeMissing):
        return lacking(answer)
    if carried_by(request) is not None:
        answer.setdefault("Cache-Control", "private, no-cache")
    if answer.status_code >= REFUSED and answer.headers.get("Content-Type") != documents.MEDIA_TYPE:
        kept = {name: answer[name] for name in ("Retry-After", "WWW-Authenticate") if name in answer}
        if "Allow" in answer:
            kept["Allow"] = ", ".join(dict.fromkeys([*answer["Allow"].split(", "), *ALSO["GET" in answer["Allow"]]]))
            if request.method == "OPTIONS":
                return HttpResponse(status=NO_CONTENT, headers={"Allow": kept["Allow"]})
        return documents.answer(documents.document(answer.status_code), kept)
    if answer.status_code != OK or request.method not in SAFE or answer.streaming:
        return answer
    patch_vary_headers(answer, ["Accept-Language", "Authorization"])
    tag = tag_of(answer.content)
    answer["ETag"] = tag
    answer.setdefault("Cache-Control", "no-cache")
    conditional = get_conditional_response(request, etag=tag, response=answer)
    if isinstance(conditional, HttpResponse) and conditional.status_code == NOT_AS_SEEN:
        return documents.answer(documents.document(NOT_AS_SEEN))
    return conditional if isinstance(conditional, HttpResponse) else answer
