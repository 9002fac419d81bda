"""Health and metrics, for load balancers and monitoring.

They are answered before host names, HTTPS, cookies and sessions are looked at: a load balancer asks a node by its
number, over plain HTTP, and must be answered when the database, in which sessions lie, is what is wrong.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from adaldyq.kernel.api import documents
from adaldyq.kernel.steps import missing_steps
from adaldyq.portal.operations import measuring

UNAVAILABLE, UNAUTHORIZED = 503, 401
PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
"""Headers that a proxy adds: the address of the connection is then the proxy's."""


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """That this process answers at all."""
    return kept_by_nobody(JsonResponse({"status": "live"}))


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """That this process can serve people; otherwise why not, without a word about where the database is."""
    with translation.override(translation.get_language_from_request(request)):
        try:
            missing = missing_steps(MigrationRecorder(connection).applied_migrations())
        except DatabaseError:
            connection.close()  # the next probe begins with a new connection
            return refused("database-away", _("The database does not answer."))
        if missing:
            return refused("database-not-prepared", _("The database is not prepared. Run `adaldyq migrate` first."))
    return kept_by_nobody(JsonResponse({"status": "ready"}))


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in Prometheus' format, for whoever has the token or asks straight from a permitted network."""
    if not (has_token(request) or is_near(request)):
        answer = kept_by_nobody(documents.answer(documents.document(UNAUTHORIZED)))
        answer["WWW-Authenticate"] = "Bearer"
        return answer
    return kept_by_nobody(HttpResponse(measuring.rendered(), content_type=CONTENT_TYPE_LATEST))


def has_token(request: HttpRequest) -> bool:
    """Whether the request carries the token of the settings."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    wanted = str(settings.METRICS_TOKEN)
    return bool(wanted) and kind.lower() == "bearer" and hmac.compare_digest(given.encode(), wanted.encode())


def is_near(request: HttpRequest) -> bool:
    """Whether the connection itself comes from a permitted network; what a proxy passes on does not."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:  # a UNIX socket has no address
        return False
    return any(address in network for network in settings.METRICS_NETWORKS)


def refused(code: str, detail: str) -> HttpResponse:
    """Why this process cannot serve people."""
    return kept_by_nobody(documents.answer(documents.document(UNAVAILABLE, code=code, detail=detail)))


def kept_by_nobody(answer: HttpResponse) -> HttpResponse:
    """An answer that is true now only."""
    answer["Cache-Control"] = "no-store"
    return answer


PROBES: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "/health/live": live,
    "/health/ready": ready,
    "/metrics": metrics,
}
"""What is answered first, by path. The same paths are routes, so that the access matrix names them."""


class ProbeMiddleware:
    """Answers probes before anything else is looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a probe, or pass the request on."""
        return PROBES.get(request.path_info, self.get_response)(request)
