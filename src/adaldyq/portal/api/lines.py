"""JSON lines: requests of many records, a JSON value a line, answered with a line for each.

A request is taken in whole before the first line is acted on (decision 0008), so that its length and the number of its
lines are refused before anything is done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from adaldyq.base.errors import DomainError
from adaldyq.kernel.json_texts import value_of

MEDIA_TYPE = "application/jsonl"
MEDIA_TYPES = (MEDIA_TYPE, "application/x-ndjson")
ROUTES = ("api-events-lines",)
"""Operations whose bodies are lines."""
MOST_LINES, MOST_BYTES, LONGEST_LINE = 2_000, 10_000_000, 100_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
LIMITS = (
    f"At most {MOST_LINES:,} lines and {MOST_BYTES:,} bytes a request, and {LONGEST_LINE:,} bytes a line; empty lines "
    "are passed over. Each line is answered with a line of its own, in their order."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a request.

    Attributes:
        number: from 1, empty lines counted.
        value: what it holds; nothing when it could not be read.
        error: why it could not be read.
    """

    number: int
    value: Any = None
    error: DomainError | None = None


class TooLong(Exception):
    """A request of more bytes than are taken."""


def lines_of(request: HttpRequest) -> list[Line]:
    """The lines of a request.

    Raises:
        TooLong: it has more bytes than are taken.
        DomainError: `too-many-lines`, or `no-lines`.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise TooLong
    whole = request.read().removeprefix(BYTE_ORDER_MARK)
    texts = [(number, text) for number, text in enumerate(whole.split(b"\n"), 1) if text.strip()]
    if not texts:
        raise DomainError("no-lines")
    if len(texts) > MOST_LINES:
        raise DomainError("too-many-lines", count=len(texts), limit=MOST_LINES)
    return [read(number, text) for number, text in texts]


def read(number: int, text: bytes) -> Line:
    """One line, or why it cannot be read."""
    if len(text) > LONGEST_LINE:
        return Line(number, error=DomainError("line-too-long", limit=LONGEST_LINE))
    try:
        value = value_of(text)
        json.dumps(value, ensure_ascii=False).encode()
    except DomainError as error:
        return Line(number, error=error)
    except UnicodeEncodeError:  # half a surrogate pair is JSON, and no text
        return Line(number, error=DomainError("not-utf-8"))
    except RecursionError:
        return Line(number, error=DomainError("line-unreadable"))
    return Line(number, value)


def answered(found: Iterable[Mapping[str, Any]]) -> HttpResponse:
    """An answer of lines."""
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
    return HttpResponse(text, content_type=MEDIA_TYPE)


def described(said: str, answer: str, example: str) -> dict[str, Any]:
    """Body and answer of an operation on lines, for its OpenAPI description.

    The schema of a sequence of JSON values is that of an array of them, as OpenAPI 3.2 writes it.

    Args:
        said: name of the schema of a line of the request.
        answer: of a line of the answer.
        example: a request.
    """

    def listed(name: str) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}

    asked = {"schema": {**listed(said), "minItems": 1, "maxItems": MOST_LINES}, "example": example}
    return {
        "requestBody": {"required": True, "description": LIMITS, "content": {MEDIA_TYPE: asked}},
        "responses": {200: {"description": "A line for each", "content": {MEDIA_TYPE: {"schema": listed(answer)}}}},
    }
