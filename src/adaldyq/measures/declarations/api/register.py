"""Operations of the public register of declarations."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel.adapters.ftm_writer import Entity
from adaldyq.kernel.addresses import OpaqueId
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.measures.declarations.queries import (
    documents,
    entities,
    register,
    whole,
)
from adaldyq.measures.declarations.queries.feed import UnknownEntry, filings
from adaldyq.measures.declarations.queries.people import kept_id, official, one_declaration
from adaldyq.measures.declarations.queries.register import Asked

router = Router(tags=["declarations"])

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_WORDS = 200
PAGE = "declarations-declaration"

Rows = list[dict[str, Any]]


class DeclarationsAsked(Slice):
    """What part of the register is asked for."""

    q: str = Field("", max_length=LONGEST_WORDS, description="Beginnings of words of names, posts and bodies.")
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Year declared.")
    body: str = Field("", max_length=12, description="Id of a state body.")
    region: str = Field("", max_length=10, description="ISO 3166-2 code of a region.")
    form: str = Field("", max_length=20, description="Code of the form.")


class EntryOut(Schema):
    """A line of the register."""

    id: str
    person_id: str
    name: str
    year: int
    form: str
    body_id: str
    body: str
    post: str
    filed_at: datetime | None
    outcome: str = Field(description="on-time, late or amended; empty when the source does not say.")


class DeclarationOut(Schema):
    """A declaration with the open columns of its rows."""

    id: str
    year: int
    form: str
    version: int
    filed_at: datetime | None
    due_date: date | None
    declarant_name: str
    post: str
    currency: str
    sections: dict[str, Rows] = Field(description="Rows by section; codes as they are kept, sums as strings.")


class VersionOut(Schema):
    """A version of a declaration."""

    id: str
    version: int
    filed_at: datetime | None


class OneDeclarationOut(DeclarationOut):
    """A declaration with what stands around it."""

    person_id: str
    name: str
    body_id: str | None
    body: str
    in_force: bool
    versions: list[VersionOut]


class PostOut(Schema):
    """A post held."""

    post: str
    body: str
    body_id: str
    since: date
    until: date | None


class YearOut(Schema):
    """What was due for a year and what came."""

    year: int
    form: str
    outcome: str
    due_date: date | None
    filed_date: date | None
    declaration_id: str | None
    public_until: date
    kept_until: date


class TotalsOut(Schema):
    """What a declaration adds up to."""

    year: int
    currency: str
    assets: dict[str, Decimal]
    debts: Decimal
    net: Decimal
    income: dict[str, Decimal]
    converted: list[str] = Field(description="Currencies converted at the rate of the year's end.")
    left_out_without_rate: dict[str, int]
    rows_without_sum: int


class OfficialOut(Schema):
    """An official who has at least one open declaration."""

    as_of: datetime | None
    person_id: str
    name: str
    other_names: list[str]
    posts: list[PostOut]
    years: list[YearOut]
    declarations: list[DeclarationOut]
    totals: list[TotalsOut]


class FilingsAsked(Schema):
    """Which filings are asked for."""

    body: str = Field("", max_length=12, description="Id of a state body.")
    after: str = Field("", max_length=12, description="`last` of the answer before: goes on with older filings.")


class FilingOut(EntryOut):
    """A line of the register with when it came there."""

    published_at: datetime = Field(
        description="When it came into the register, by which filings are ordered; later than its filing of a paper, and of what opened afterwards."
    )


class FilingsOut(Schema):
    """Filings, newest in the register first."""

    items: list[FilingOut]
    last: str = Field(description="What `after` takes for older filings; empty when there are none.")


@router.get("", response=Page[EntryOut], url_name="api-declarations", summary="The register of declarations")
def declarations(request: HttpRequest, response: HttpResponse, asked: Query[DeclarationsAsked]) -> dict[str, Any]:
    """Open declarations in force, newest year first, then by name."""
    words = {name: value.replace("\0", "") for name, value in asked.dict().items() if isinstance(value, str)}
    found = register.declarations(
        Asked(words["q"], asked.year, body=words["body"], region=words["region"], form=words["form"])
    )
    rows = list(found[asked.offset : asked.offset + asked.limit])
    return page_of(request, response, asked, found.count(), register.entries(rows))


@router.get("/filings", response=FilingsOut, url_name="api-declarations-filings", summary="New declarations")
def new_filings(request: HttpRequest, asked: Query[FilingsAsked]) -> dict[str, Any]:
    """Open declarations in force in the order in which they came into the register, newest first, a hundred at a time.

    Raises:
        Http404: nothing open was filed under `after`.
    """
    try:
        found = filings(asked.body.replace("\0", ""), asked.after.replace("\0", ""))
    except UnknownEntry as unknown:
        raise Http404(str(unknown)) from unknown
    return {"items": found.entries, "last": found.last}


@router.get(
    "/people/{person_id}/entities",
    response=list[dict[str, Any]],
    url_name="api-declarations-entities",
    summary="An official as FollowTheMoney",
)
def person_entities(request: HttpRequest, person_id: str) -> list[Entity] | HttpResponse:
    """The open declarations of an official as FollowTheMoney entities; of a merged record, the address of the kept one.

    Raises:
        Http404: there is nobody, or nothing of them is open.
    """
    if is_id(person_id) and (elsewhere := kept_elsewhere(request, person_id)):
        return elsewhere
    found = whole.of_person(person_id)
    if not is_id(person_id) or not found.exists():
        raise Http404(person_id)
    return list(entities.of(found, lambda key: request.build_absolute_uri(reverse(PAGE, args=[key]))))


@router.get("/people/{person_id}", response=OfficialOut, url_name="api-declarations-person", summary="An official")
def person(request: HttpRequest, person_id: str) -> dict[str, object] | HttpResponse:
    """An official with posts, declarations in force and what they add up to; of a merged record, the address of the kept one.

    Raises:
        Http404: there is nobody, or nothing of them is open.
    """
    if is_id(person_id) and (elsewhere := kept_elsewhere(request, person_id)):
        return elsewhere
    found = official(person_id, timezone.localdate()) if is_id(person_id) else None
    if found is None:
        raise Http404(person_id)
    return documents.of_official(found)


@router.get(
    "/{declaration_id}", response=OneDeclarationOut, url_name="api-declarations-declaration", summary="A declaration"
)
def declaration(request: HttpRequest, declaration_id: str) -> dict[str, object]:
    """One open declaration, in force or replaced.

    Raises:
        Http404: there is none, or it is not open.
    """
    found = one_declaration(declaration_id) if is_id(declaration_id) else None
    if found is None:
        raise Http404(declaration_id)
    return documents.of_declaration(found)


def kept_elsewhere(request: HttpRequest, person_id: str) -> HttpResponse | None:
    """The way to an official whose record is merged into another, for now; none when it is their own."""
    kept = kept_id(person_id)
    return HttpResponseRedirect(request.get_full_path().replace(person_id, kept, 1)) if kept != person_id else None


def is_id(text: str) -> bool:
    """Whether a text can be the id of a record."""
    return re.fullmatch(OpaqueId.regex, text) is not None
