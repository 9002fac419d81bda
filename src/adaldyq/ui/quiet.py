"""Answers of pages on which somebody says what must not be traced: the browser keeps none, and their length tells nothing."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse

Answer = HttpResponse | StreamingHttpResponse
STEP_OF_LENGTH = 32 * 1024


def unkept(response: Answer) -> Answer:
    """An answer that no browser keeps or names to the next site, brought to the next step of length unless it is a file."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    if isinstance(response, StreamingHttpResponse):
        return response
    kind = response.headers["Content-Type"]
    if kind.startswith("text/html"):
        response.content += filling(len(response.content))
    elif kind.startswith("application/json"):
        response.content += b" " * (-len(response.content) % STEP_OF_LENGTH)
    return response


def filling(length: int) -> bytes:
    """A comment that brings a page to the next step of length."""
    missing = -(length + len(b"<!---->")) % STEP_OF_LENGTH
    return b"<!--" + b"." * missing + b"-->"
