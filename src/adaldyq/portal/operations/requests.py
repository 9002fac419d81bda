"""A line in the log for each request, an id that finds it, and its share in the metrics."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from adaldyq.portal.api.middleware import client_of
from adaldyq.portal.operations import measuring

HEADER = "X-Request-Id"
UNMATCHED, STATIC = "unmatched", "static"

log = structlog.stdlib.get_logger(__name__)


class RequestMiddleware:
    """Gives each request an id of ours, which every line about it bears; what came with the request is not taken.

    The line names the route, never the address, in which ids and words of a search stand.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, then write of it."""
        began, own = time.perf_counter(), secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=own)
        try:
            answer = self.get_response(request)
            told(request, answer.status_code, time.perf_counter() - began)
        finally:
            structlog.contextvars.clear_contextvars()
        answer[HEADER] = own
        return answer


def told(request: HttpRequest, status: int, seconds: float) -> None:
    """Write the line of a request, and count it. Style sheets and pictures are only counted.

    Of pages on which people report nothing is told: that somebody was there at a time would tell of them.
    """
    route, method = route_of(request), request.method or ""
    if route in settings.UNLOGGED_ROUTES:
        return
    measuring.count(route, method, status, seconds)
    if route != STATIC:
        client = {"client": client_of(request)} if settings.LOG_ADDRESSES else {}
        log.info("request", route=route, method=method, status=status, milliseconds=round(seconds * 1000, 1), **client)


def route_of(request: HttpRequest) -> str:
    """Name of the route that answered."""
    if request.resolver_match:
        return request.resolver_match.view_name or UNMATCHED
    return STATIC if request.path_info.startswith(f"/{settings.STATIC_URL.strip('/')}/") else UNMATCHED
