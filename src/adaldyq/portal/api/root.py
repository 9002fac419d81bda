"""The API itself: rooms' routers gathered, and every refusal made a problem document."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic.json_schema import models_json_schema

from adaldyq import __version__
from adaldyq.base.errors import DomainError
from adaldyq.kernel.api import documents
from adaldyq.kernel.api.keys import KEY_HEADER
from adaldyq.measures.declarations.api.filing import router as filing
from adaldyq.measures.declarations.api.numbers import router as numbers
from adaldyq.measures.declarations.api.register import router as declarations
from adaldyq.measures.declarations.api.reviews import router as reviews
from adaldyq.measures.payments.api import router as payments
from adaldyq.measures.permits.api.catalogue import router as permits
from adaldyq.measures.permits.api.licences import router as licences
from adaldyq.measures.reports.api import router as reports
from adaldyq.measures.street.api import router as street
from adaldyq.portal.api import examples, reading, tags
from adaldyq.portal.api.companies import router as companies
from adaldyq.portal.api.events import ROUTERS as EVENTS
from adaldyq.portal.api.events import batch
from adaldyq.portal.api.ledger import router as ledger
from adaldyq.portal.api.lines import TooLong
from adaldyq.portal.api.own import router as own
from adaldyq.portal.api.people import router as people
from adaldyq.portal.api.posts import router as posts
from adaldyq.portal.api.registers import router as registers
from adaldyq.portal.api.rendering import Renderer
from adaldyq.portal.api.rights import router as rights
from adaldyq.portal.api.rows import ROUTERS as ROWS
from adaldyq.portal.api.rows import taking
from adaldyq.portal.api.security import describe
from adaldyq.verification.api import router as rules

DESCRIPTION = """Open registers of a national integrity system, for programs.

Answers are JSON in UTF-8. Names and sentences come in the language of `Accept-Language`. Sums are decimal numbers in
strings, days are `YYYY-MM-DD`, instants are UTC. Every refusal is a problem document (RFC 9457). Answers carry a
strong ETag; send it back in `If-None-Match`, or in `If-Match` to change the record only as you have seen it. What is not open to everybody needs the token of an institution, with a
scope; what records something also needs an `Idempotency-Key`, so that it may be sent again.
"""


REFUSALS = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 503)
ROUTERS = (
    ("/declarations", numbers),  # before the addresses that take any name for the id of a declaration
    ("/declarations", declarations),
    ("/filings", filing),
    ("/reviews", reviews),
    ("/reports", reports),
    ("/street", street),
    ("/payments", payments),
    ("/permits", permits),
    ("/permits", licences),
    ("/rules", rules),
    ("/registers", registers),
    ("/registers", companies),
    ("/registers", people),
    ("/registers", posts),
    ("/registers", rights),
    *(("/events", one) for one in EVENTS),
    *(("/rows", one) for one in ROWS),
    ("/ledger", ledger),
    ("/token", own),
)

api = NinjaAPI(
    title="Adaldyq",
    version=__version__,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Renderer(),
    parser=reading.Reader(),
)
for prefix, router in ROUTERS:
    api.add_router(prefix, router)


def schema(prefix: str) -> Mapping[str, Any]:
    """The OpenAPI 3.1 document in the language that is spoken now. It is made once, for it takes half a second.

    Args:
        prefix: path under which the operations stand, such as `/api/v1/`.
    """
    return schema_in(translation.get_language() or settings.LANGUAGE_CODE, prefix)


@lru_cache(maxsize=16)
def schema_in(language: str, prefix: str) -> Mapping[str, Any]:
    """The OpenAPI document with its texts in a language."""
    with translation.override(language):
        document: Mapping[str, Any] = json.loads(json.dumps(described(prefix), cls=DjangoJSONEncoder))
    return document


def described(prefix: str) -> dict[str, Any]:
    """The OpenAPI document with texts that are not translated yet."""
    found: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=prefix))
    _pairs, models = models_json_schema(
        [(documents.Problem, "serialization"), *((one.schema, "validation") for one in taking.KINDS.values())],
        ref_template="#/components/schemas/{model}",
    )
    found["components"].setdefault("schemas", {}).update(models["$defs"])
    batch.describe(found["components"]["schemas"])
    refusal = {
        "description": "A problem document",
        "content": {documents.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for operations in found["paths"].values():
        for operation in operations.values():
            known = operation["responses"]
            known |= {304: {"description": "Not changed since the ETag that was sent"}} | dict.fromkeys(
                REFUSALS, refusal
            )
    routes = {shown_path(prefix, one): one.name or "" for one in api.urls[0] if isinstance(one, URLPattern)}
    describe(found, routes)
    tags.describe(found)
    examples.describe(found, routes)
    reading.describe(found, routes)
    return found


def shown_path(prefix: str, pattern: URLPattern) -> str:
    """An address as OpenAPI writes it."""
    return "/" + prefix + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))


NOT_THERE = _("Nothing is kept under this address, or it is not open.")


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """An act or a query refused."""
    return documents.answer(documents.document_of(error))


@api.exception_handler(ValidationError)
def not_in_order(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters or a body that the schema does not permit."""
    if any(one["type"] == "missing" and one["loc"][0] == "header" for one in error.errors):
        return documents.answer(documents.document_of(DomainError("key-empty", field=KEY_HEADER)))
    return documents.answer(documents.document_of_fields([(field_name(one["loc"]), one) for one in error.errors]))


BODY_ALONE = 2
"""Steps to a mistake of the body as a whole: the body, and how our code calls it."""


def field_name(place: Sequence[object]) -> str:
    """Name of a field from the place of its mistake: without where it stands and how our code calls its group.

    Of a body that is missing, or no object, it is `body`.
    """
    parts = [str(part) for part in place]
    if len(parts) == BODY_ALONE and parts[0] == "body":
        return parts[0]
    return ".".join(parts[2:] or parts[1:] or parts)


@api.exception_handler(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    """No such record."""
    return documents.answer(documents.document(404, detail=str(NOT_THERE)))


@api.exception_handler(TooLong)
@api.exception_handler(RequestDataTooBig)
def too_long(request: HttpRequest, error: Exception) -> HttpResponse:
    """A body of more bytes than are taken."""
    return documents.answer(documents.document(413))


@api.exception_handler(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework itself refuses, such as a body that is not JSON; of one that is not XML, why."""
    if isinstance(error.__cause__, DomainError):
        return refused(request, error.__cause__)
    return documents.answer(documents.document(error.status_code))
