"""Operations on the catalogue of permits, for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.api.values import PRINTABLE
from adaldyq.measures.permits import statistics
from adaldyq.measures.permits.queries import catalogue
from adaldyq.measures.permits.queries.catalogue import Asked
from adaldyq.measures.permits.queries.procedures import procedure_on
from adaldyq.measures.permits.statistics import Part

router = Router(tags=["permits"])
NUMBER_LENGTH, CODE_LENGTH, WORDS_LENGTH = 12, 40, 200


class EntriesAsked(Slice):
    """Which entries are asked for."""

    q: str = Field(
        "",
        pattern=PRINTABLE,
        max_length=WORDS_LENGTH,
        description="Words, or their beginnings, in any language of the country.",
    )
    activity: str = Field("", pattern=PRINTABLE, max_length=20, description="Code of an activity, or its beginning.")
    life_event: str = Field("", pattern=PRINTABLE, max_length=CODE_LENGTH, description="Code of a life event.")
    body: str = Field("", pattern=PRINTABLE, max_length=12, description="Id of the issuing body.")
    sector: str = Field("", pattern=PRINTABLE, max_length=CODE_LENGTH, description="Code of a sector.")
    kind: str = Field("", pattern=PRINTABLE, max_length=20, description="licence, permit or notification.")
    ended: bool = Field(False, description="Also those that have ended.")


class PermitOut(Schema):
    """A line of the catalogue."""

    number: str
    name: str
    kind: str = Field(description="licence, permit or notification.")
    state: str
    body_id: str
    body: str
    sector: str
    introduced_date: date
    ended_date: date | None


class PaperOut(Schema):
    """A document that is asked for."""

    name: str
    held_by: str = Field(description="The base registry that holds it already; empty when the applicant brings it.")


class PermitVersionOut(Schema):
    """What an entry says from a day to a day."""

    version: int
    valid_from: date
    valid_to: date | None
    kind: str
    body_id: str
    names: dict[str, str]
    law: str
    law_number: str
    law_date: date
    law_article: str
    subtypes: list[str]
    requirements: list[str]
    documents: list[PaperOut]
    fee: str = Field(description="As money of today.")
    currency: str
    days: int = Field(description="Working days in which the body decides.")
    validity_months: int | None
    renewal_days: int | None
    silence_is_consent: bool
    risk: str
    activities: list[str]
    life_events: list[str]


class PermitEventOut(Schema):
    """Something that happened to an entry."""

    happened: str
    day: date
    kind: str
    act_title: str
    act_number: str
    act_date: date | None
    reasons: str
    saved_amount: str | None = Field(description="What it saves a year, by the standard cost model.")
    saved_days: int | None = Field(description="Working days of waiting that it saves a year.")
    currency: str


class OnePermitOut(PermitOut):
    """An entry with its whole life."""

    versions: list[PermitVersionOut]
    events: list[PermitEventOut]


class PermitYearOut(Schema):
    """A year of the counter."""

    year: int
    day: date = Field(description="Day on which it is counted: the last of the year, or today.")
    total: int
    licences: int
    permits: int
    notifications: int
    introduced: int
    abolished: int
    lapsed: int = Field(description="Fallen, since their bodies did not justify them in time.")
    excluded: int = Field(description="Taken out, since they are no permits.")
    moved: int = Field(description="Moved to notification.")
    saved_amount: str = Field(description="What the changes of the year save in a year, by the standard cost model.")
    saved_days: int = Field(description="Working days of waiting that they save in a year.")
    currency: str


class PermitChangeOut(PermitEventOut):
    """An entry or an exit."""

    number: str
    name: str
    body_id: str
    sector: str


class PartAsked(Schema):
    """What is counted; everything when nothing is said."""

    body: str = Field("", pattern=PRINTABLE, max_length=12, description="Id of the issuing body.")
    sector: str = Field("", pattern=PRINTABLE, max_length=CODE_LENGTH, description="Code of a sector.")


class ChangesAsked(Slice):
    """Which entries and exits are asked for."""

    body: str = Field("", pattern=PRINTABLE, max_length=12, description="Id of the issuing body.")
    sector: str = Field("", pattern=PRINTABLE, max_length=CODE_LENGTH, description="Code of a sector.")


class ProcedureOut(Schema):
    """A procedure of an entry, from a day to a day."""

    number: str
    version: int
    valid_from: date
    valid_to: date | None
    digest: str = Field(description="SHA-256 of its text with sorted keys and without spaces, in hexadecimal.")
    content: dict[str, Any] = Field(description="As the JSON Schema /permits/procedure.schema.json describes it.")


@router.get("/entries", response=Page[PermitOut], url_name="api-permits-entries", summary="Permits")
def entries(request: HttpRequest, response: HttpResponse, asked: Query[EntriesAsked]) -> dict[str, Any]:
    """Licences, permits and notifications that are needed, by words, activity, life event, body, sector and kind."""
    said = asked.dict(exclude={"limit", "offset", "q"})
    found = catalogue.entries(Asked(words=asked.q, **said))
    rows = [line_out(one) for one in found[asked.offset : asked.offset + asked.limit]]
    return page_of(request, response, asked, found.count(), rows)


@router.get("/entries/{number}", response=OnePermitOut, url_name="api-permits-entry", summary="A permit")
def entry(request: HttpRequest, number: str) -> dict[str, Any]:
    """An entry of the catalogue: everything that it says and has said, and what happened to it.

    Raises:
        Http404: the catalogue has none of that number.
    """
    found = catalogue.entry(number) if len(number) <= NUMBER_LENGTH else None
    if found is None:
        raise Http404(number)
    return {
        **line_out(found),
        "versions": [version_out(one) for one in catalogue.versions(found)],
        "events": [event_out(one) for one in catalogue.life(found)],
    }


@router.get("/counter", response=list[PermitYearOut], url_name="api-permits-counter", summary="Permits over time")
def counter(request: HttpRequest, asked: Query[PartAsked]) -> list[dict[str, Any]]:
    """How many permits there were at the end of each year, what came and went, and what it saved."""
    names = [name for name in PermitYearOut.model_fields if name not in {"saved_amount", "currency"}]
    currency = naming.pack().currency
    return [
        {**{name: getattr(one, name) for name in names}, "saved_amount": str(one.saved_amount), "currency": currency}
        for one in statistics.years(Part(asked.body, asked.sector))
    ]


@router.get(
    "/changes", response=Page[PermitChangeOut], url_name="api-permits-changes", summary="Entries and exits of permits"
)
def changes(request: HttpRequest, response: HttpResponse, asked: Query[ChangesAsked]) -> dict[str, Any]:
    """Every permit that came into the catalogue or left it, the newest first, with its act."""
    found = statistics.changes(Part(asked.body, asked.sector))
    rows = [change_out(one) for one in found[asked.offset : asked.offset + asked.limit]]
    return page_of(request, response, asked, found.count(), rows)


def change_out(event: Any) -> dict[str, Any]:
    """An entry or an exit as it is sent."""
    of = event.entry
    return {
        **event_out(event),
        "number": event.number,
        "name": naming.spoken(of.names, event.number),
        "body_id": of.body_id,
        "sector": of.sector,
    }


@router.get(
    "/entries/{number}/procedure",
    response=ProcedureOut,
    url_name="api-permits-procedure",
    summary="The procedure of a permit",
)
def procedure(request: HttpRequest, number: str) -> dict[str, Any]:
    """The steps of an application of today, as data.

    Raises:
        Http404: the catalogue has no entry of that number, or it has no procedure.
    """
    found = catalogue.entry(number) if len(number) <= NUMBER_LENGTH else None
    made = procedure_on(found, timezone.localdate()) if found else None
    if made is None:
        raise Http404(number)
    same = ("version", "valid_from", "valid_to", "digest", "content")
    return {"number": number, **{name: getattr(made, name) for name in same}}


def line_out(entry: Any) -> dict[str, Any]:
    """A line as it is sent."""
    same = ("number", "kind", "state", "body_id", "sector", "introduced_date", "ended_date")
    return {
        **{name: getattr(entry, name) for name in same},
        "name": naming.spoken(entry.names, entry.number),
        "body": naming.spoken(entry.body.names, entry.body.name),
    }


def version_out(version: Any) -> dict[str, Any]:
    """A version as it is sent."""
    same = (
        "version", "valid_from", "valid_to", "kind", "body_id", "names", "law_number", "law_date", "days",
        "validity_months", "renewal_days", "silence_is_consent", "risk", "activities", "life_events",
    )  # fmt: skip
    fee = catalogue.fee_of(version, timezone.localdate())
    return {
        **{name: getattr(version, name) for name in same},
        "law": naming.spoken(version.law),
        "law_article": naming.spoken(version.law_article),
        "subtypes": [naming.spoken(one) for one in version.subtypes],
        "requirements": [naming.spoken(one) for one in version.requirements],
        "documents": [{"name": naming.spoken(one["names"]), "held_by": one["held_by"]} for one in version.documents],
        "fee": str(fee.amount),
        "currency": fee.currency,
    }


def event_out(event: Any) -> dict[str, Any]:
    """Something that happened, as it is sent."""
    same = ("happened", "day", "kind", "act_title", "act_number", "act_date", "reasons", "saved_days", "currency")
    saved = event.saved_amount
    return {**{name: getattr(event, name) for name in same}, "saved_amount": None if saved is None else str(saved)}
