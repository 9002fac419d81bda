"""Operations of the base registries that are public: state bodies and territories."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.models import Body
from adaldyq.kernel.queries import history, lookup

router = Router(tags=["registers"])
LONGEST_WORDS = 200


class BodiesAsked(Slice):
    """Which bodies are asked for."""

    q: str = Field("", max_length=LONGEST_WORDS, description="Part of the name, or the registration number.")
    level: str = Field("", max_length=10, description="national, regional, city, district or rural.")


class BodyOut(Schema):
    """A state body."""

    id: str
    identifier: str = Field(description="Number in the country's register of bodies; empty when unknown.")
    name: str = Field(description="In the language asked for.")
    names: dict[str, str] = Field(description="Official names by language.")
    level: str
    kind: str
    parent_id: str | None
    territory_id: str
    opened_date: date | None
    closed_date: date | None
    source: str
    as_of: date


class TerritoryOut(Schema):
    """A territory of the country."""

    code: str = Field(description="ISO 3166-2, or the country's own code below it.")
    name: str = Field(description="In the language asked for.")
    names: dict[str, str]
    parent: str | None


@router.get("/bodies", response=Page[BodyOut], url_name="api-bodies", summary="State bodies")
def bodies(request: HttpRequest, response: HttpResponse, asked: Query[BodiesAsked]) -> dict[str, Any]:
    """State bodies by name."""
    found = lookup.bodies(asked.q.replace("\0", ""), asked.level.replace("\0", "")).order_by("name", "id")
    rows = found[asked.offset : asked.offset + asked.limit]
    return page_of(request, response, asked, found.count(), [facts_of(row) for row in rows])


@router.get("/bodies/{body_id}", response=BodyOut, url_name="api-body", summary="A state body")
def body(request: HttpRequest, body_id: str) -> dict[str, Any]:
    """One state body; the id of one that was merged leads to the one that is kept.

    Raises:
        Http404: there is none.
    """
    known = history.resolve("body", body_id) if lookup.is_id(body_id) else ""
    found = Body.objects.filter(pk=known).first() if known else None
    if found is None:
        raise Http404(body_id)
    return facts_of(found)


def facts_of(row: Body) -> dict[str, Any]:
    """A body as an answer."""
    stored = {name: getattr(row, name) for name in BodyOut.model_fields if name != "name"}
    return stored | {"name": naming.spoken(row.names, row.name)}


@router.get("/territories", response=list[TerritoryOut], url_name="api-territories", summary="Territories")
def territories(request: HttpRequest) -> list[dict[str, Any]]:
    """Territories of the country pack, the country itself among them."""
    return [
        {
            "code": one.code,
            "name": naming.spoken(one.names, one.code),
            "names": dict(one.names),
            "parent": one.parent or None,
        }
        for one in naming.pack().territories
    ]
