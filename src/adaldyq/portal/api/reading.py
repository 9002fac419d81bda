"""Bodies of requests: JSON, XML where an operation reads a file that its schema permits in both, and files as forms send them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from adaldyq.base.errors import DomainError
from adaldyq.kernel.json_texts import with_names_once
from adaldyq.measures.declarations.api.filing import from_xml

JSON = ("application/json",)
FORM = ("multipart/form-data",)
XML = ("application/xml", "text/xml")
IN_XML: Mapping[str, Callable[[bytes], dict[str, Any]]] = {"api-declarations-file": from_xml}
"""What reads the XML of an operation into what its JSON holds, by route."""
OF_FILES = frozenset({"api-filings-document"})
"""Operations that take a file."""


def media_types(route: str) -> tuple[str, ...]:
    """What the body of an operation may be written in."""
    if route in OF_FILES:
        return FORM
    return (*JSON, *XML) if route in IN_XML else JSON


class Reader(Parser):
    """Reads the body of a request by its media type, which the middleware has held to what the operation takes."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """What the body holds, as JSON has it.

        Raises:
            DomainError: `body-not-json`, with where it ends to be; `json-name-twice`; `body-too-deep`; it is not XML of the schema.
        """
        if request.content_type in XML and request.resolver_match:
            return IN_XML[str(request.resolver_match.url_name)](request.body)
        try:
            read: dict[str, Any] = json.loads(request.body, object_pairs_hook=with_names_once)
        except json.JSONDecodeError as broken:
            raise DomainError("body-not-json", line=broken.lineno, column=broken.colno) from None
        except RecursionError:
            raise DomainError("body-too-deep") from None
        return read


def describe(schema: dict[str, Any], routes: Mapping[str, str]) -> None:
    """Write into an OpenAPI document which bodies may be XML; what they hold, the published schema says."""
    for path, operations in schema["paths"].items():
        if routes[path] in IN_XML:
            for operation in operations.values():
                operation["requestBody"]["content"][XML[0]] = {"schema": {"type": "string"}}
