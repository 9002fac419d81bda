"""Operations on licences and draws, for everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.api.values import PRINTABLE
from adaldyq.measures.permits.domain.tokens import LONGEST
from adaldyq.measures.permits.queries import draws, licences
from adaldyq.measures.permits.queries.licences import LONGEST_NUMBER, Asked
from adaldyq.ui.tables import reached

router = Router(tags=["permits"])
CODE_LENGTH, WORDS_LENGTH, MOST_COUNTED = 40, 200, 500


class LicencesAsked(Slice):
    """Which licences are asked for."""

    q: str = Field(
        "", pattern=PRINTABLE, max_length=WORDS_LENGTH, description="Number, or words of the holder or the place."
    )
    entry: str = Field("", pattern=PRINTABLE, max_length=12, description="Number of the permit in the catalogue.")
    body: str = Field("", pattern=PRINTABLE, max_length=12, description="Id of the body that issued it.")
    state: str = Field(
        "", pattern=PRINTABLE, max_length=20, description="valid, suspended, renewed, transferred, revoked or expired."
    )
    holder: str = Field(
        "", pattern=PRINTABLE, max_length=20, description="Registration number of the company that holds it."
    )


class LicenceOut(Schema):
    """A licence of the register."""

    number: str
    serial: int
    entry: str = Field(description="Number of the permit in the catalogue.")
    kind: str
    body_id: str
    holder_name: str
    holder_identifier: str = Field(description="Registration number of a company; empty for a person.")
    address: str
    subtypes: list[str]
    conditions: list[str]
    state: str = Field(description="As it stands today: a state of the register, or not_yet before its first day.")
    issued_date: date
    valid_from: date
    valid_until: date | None
    deemed: bool = Field(description="Whether it was granted since the body was silent.")
    source: str = Field(
        description="Short name of the register from which it was taken over; empty for one of this register."
    )
    source_title: str = Field(description="What pages call that register.")
    source_as_of: date | None = Field(description="Day on which that register said so.")


class LicencesOut(Page[LicenceOut]):
    """A part of the register."""

    total: int = Field(description=f"How many there are in all, counted up to {MOST_COUNTED:,}.")
    more: bool = Field(description="Whether there are more than were counted; the header Link leads on to them.")


class LicenceEventOut(Schema):
    """Something that happened to a licence."""

    happened: str
    day: date
    ground: str
    act_number: str


class OneLicenceOut(LicenceOut):
    """A licence with its life."""

    token: str = Field(description="Signed token, as its QR code holds it.")
    successor: str = Field(description="Number of the licence that took its place; empty when none did.")
    events: list[LicenceEventOut]


class TokenAsked(Schema):
    """What is checked."""

    token: str = Field(pattern=PRINTABLE, max_length=LONGEST, description="Token or number.")


class CheckOut(Schema):
    """Whether a licence holds."""

    state: str = Field(description="valid, not_yet (it begins later), suspended, revoked, expired or unknown.")
    licence: LicenceOut | None


@router.get("/licences", response=LicencesOut, url_name="api-permits-licences", summary="Licences")
def listed(request: HttpRequest, response: HttpResponse, asked: Query[LicencesAsked]) -> dict[str, Any]:
    """Licences by words, permit, body, state and holder."""
    wanted = Asked(words=asked.q, **asked.dict(exclude={"limit", "offset", "q"}))
    found = licences.searched(wanted)
    there = reached(found, MOST_COUNTED + 1)
    rows = [licence_out(one) for one in found[asked.offset : asked.offset + asked.limit]]
    total, more = min(there, MOST_COUNTED), there > MOST_COUNTED
    return page_of(request, response, asked, total, rows, more=more) | {"more": more}


@router.get("/licences/{number}", response=OneLicenceOut, url_name="api-permits-licence", summary="A licence")
def one(request: HttpRequest, number: str) -> dict[str, Any]:
    """A licence with its life and its signed token.

    Raises:
        Http404: there is none of that number.
    """
    found = licences.licence(number.upper()) if len(number) <= LONGEST_NUMBER else None
    if found is None:
        raise Http404(number)
    same = ("happened", "day", "ground", "act_number")
    return {
        **licence_out(found),
        "token": licences.token_of(found),
        "successor": found.successor.number if found.successor else "",
        "events": [{name: getattr(event, name) for name in same} for event in licences.life(found)],
    }


@router.get("/verify", response=CheckOut, url_name="api-permits-verify", summary="Whether a licence holds")
def verify(request: HttpRequest, asked: Query[TokenAsked]) -> dict[str, Any]:
    """Check a token, or a number, against the register."""
    answer = licences.check(asked.token, timezone.localdate())
    return {"state": answer.state, "licence": licence_out(answer.licence) if answer.licence else None}


@router.get("/draws/{draw}", response=dict[str, Any], url_name="api-permits-draw", summary="A draw of officers")
def bundle(request: HttpRequest, draw: str) -> dict[str, Any]:
    """All that somebody needs to repeat a draw.

    Raises:
        Http404: there is none, or its seed is still to come.
    """
    found = draws.draws().filter(pk=draw, drawn_at__isnull=False).first()
    if found is None:
        raise Http404(draw)
    return draws.bundle_of(found)


def licence_out(of: Any) -> dict[str, Any]:
    """A licence as it is sent."""
    same = (
        "number", "serial", "kind", "body_id", "holder_name", "holder_identifier", "address", "conditions",
        "issued_date", "valid_from", "valid_until", "deemed",
    )  # fmt: skip
    return {
        **{name: getattr(of, name) for name in same},
        "entry": of.entry.number,
        "state": licences.state_on(of, timezone.localdate()),
        "subtypes": [naming.spoken(one) for one in of.subtypes],
        **licences.source_of(of),
    }
