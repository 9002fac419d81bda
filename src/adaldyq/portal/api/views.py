"""The schema of the API, and the page that explains it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.portal.api.root import api, schema
from adaldyq.portal.api.security import SCHEME
from adaldyq.ui.tables import Column, Table


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(schema(prefix()), json_dumps_params={"ensure_ascii": False, "indent": 1})


def prefix() -> str:
    """The path under which the operations stand."""
    return reverse("api-schema").removesuffix("openapi.json").lstrip("/")


def needs(operation: Mapping[str, Any]) -> str:
    """What a token must open for an operation; empty when everybody may ask."""
    ways = [" ".join(way[SCHEME]) or _("any") for way in operation["security"]]
    return ", ".join(ways)


@csp_update({"img-src": ["data:"]})  # the vendored stylesheet of the explorer draws its arrows so
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What programs may ask: a table that needs no script, and beside it an explorer that sends requests."""
    operations = [
        {"method": method.upper(), "path": path, "summary": _(operation["summary"]), "needs": needs(operation)}
        for path, methods in schema(prefix())["paths"].items()
        for method, operation in methods.items()
    ]
    columns = (
        Column("method", _("Method")),
        Column("path", _("Address")),
        Column("summary", _("What it gives or records")),
        Column("needs", _("Scope of the token")),
    )
    explorer = {"url": reverse("api-schema"), "layout": "BaseLayout", "deepLinking": False, "validatorUrl": None}
    context = {
        "api": api,
        "schema": reverse("api-schema"),
        "limit": settings.API_REQUESTS_A_MINUTE,
        "explorer": json.dumps(explorer),
        "table": Table(_("Operations"), columns, operations),
    }
    return render(request, "api/docs.html", context)
