"""Answers of pages on which somebody says what must not be traced: the browser keeps none, and their length tells nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render

Answer = HttpResponse | StreamingHttpResponse
STEP_OF_LENGTH = 32 * 1024

OF_OFFICES = "inbox|names|rewards|rewrap|draws|overdue|take-in|call|numbers|doors"
QUIET = re.compile(rf"(?:/[^/]+)?/(?:reports/(?!(?:{OF_OFFICES})/)|street/tell/)")
"""Addresses of pages on which somebody tells, also those that there are not: what is answered there tells nothing either."""


UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError)
"""What Django raises of a body that it does not read."""


def answer_quietly(
    view: Callable[[HttpRequest], Answer], request: HttpRequest, *, least: Callable[[], int] = lambda: 0
) -> Answer:
    """The answer of a page on which somebody tells: kept nowhere, of a length that tells nothing, and not in the log.

    What Django refuses, and what it answers while too many wait, it would write down with the time.

    Args:
        least: bytes that a page has at least, since another one that comes before or after it has so many.
    """
    try:
        answer = view(request)
    except UNREADABLE:
        answer = render(request, "ui/unreadable.html", status=HTTPStatus.BAD_REQUEST)
    answer._has_been_logged = True  # type: ignore[union-attr]  # noqa: SLF001  # what django.utils.log asks for
    return unkept(answer, least=least)


def unkept(response: Answer, *, least: Callable[[], int] = lambda: 0) -> Answer:
    """An answer that no browser keeps or names to the next site, brought to the next step of length unless it is a file."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    if isinstance(response, StreamingHttpResponse):
        return response
    kind = response.headers["Content-Type"]
    if kind.startswith("text/html"):
        response.content += filling(len(response.content), least())
    elif kind.startswith("application/json"):
        response.content += b" " * (-len(response.content) % STEP_OF_LENGTH)
    return response


def filling(length: int, least: int = 0) -> bytes:
    """A comment that brings a page to the next step of length, or to that of as many bytes as it has at least."""
    closed = length + len(b"<!---->")
    whole = max(closed, least)
    missing = whole + -whole % STEP_OF_LENGTH - closed
    return b"<!--" + b"." * missing + b"-->"
