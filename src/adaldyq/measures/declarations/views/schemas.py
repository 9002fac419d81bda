"""The published schemas of files of declarations, and their examples."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from adaldyq.measures.declarations.domain import examples, schemas

JSON, JSON_SCHEMA, XML = "application/json", "application/schema+json", "application/xml"


def written(value: object) -> str:
    """A value as a file of JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


@require_safe
def schema_json(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of a file."""
    address = request.build_absolute_uri(reverse("declarations-schema-json"))
    return HttpResponse(written(schemas.json_schema(address)), content_type=JSON_SCHEMA)


@require_safe
def schema_xml(request: HttpRequest) -> HttpResponse:
    """The XML Schema of a file."""
    return HttpResponse(schemas.xml_schema(), content_type=XML)


@require_safe
def example_json(request: HttpRequest) -> HttpResponse:
    """An example file in JSON."""
    return HttpResponse(written(examples.example_with_documents()), content_type=JSON)


@require_safe
def example_xml(request: HttpRequest) -> HttpResponse:
    """An example file in XML."""
    return HttpResponse(examples.xml_of(examples.example_with_documents()), content_type=XML)
