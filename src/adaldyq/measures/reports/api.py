"""Operations on reports, open to everybody: numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.measures.reports import statistics
from adaldyq.measures.reports.statistics import SHARES, Line

router = Router(tags=["reports"])
FIRST_YEAR, LAST_YEAR = 1900, 2200


class ShareOut(Schema):
    """A share: at least how many, of at least how many, and the range in percent, which covers in 95 of 100 cases at least."""

    found: int | None = Field(description="Null where too few are to be told.")
    of: int
    low: int | None = Field(description="Of 30 or more, as is the upper end.")
    high: int | None


class LineOut(Schema):
    """What became of reports that have something in common. Every number is one of which there are at least so many."""

    key: str = Field(description="A year, body, topic, region or channel; empty where none was named.")
    name: str
    received: int
    acknowledged: ShareOut | None = Field(
        description="Acknowledged in time; null, as below, where it would be of too few."
    )
    answered: ShareOut | None = Field(description="Told in time what was done.")
    substantiated: ShareOut | None = Field(description="As reported, of those decided.")
    reopened: ShareOut | None = Field(description="Said by the reporter not to be resolved.")
    led_to_case: ShareOut | None = Field(description="A case was opened, as the register of cases says.")
    recovered: ShareOut | None = Field(description="Money came back by such a case.")
    protected: ShareOut | None = Field(description="A protection file was opened.")
    rewards: str | None = Field(description="How much was granted, in `currency`; null where it is not told.")
    amount: str | None = Field(description="How much came back, in `currency`; null where it is not told.")
    currency: str
    set_aside: int | None = Field(
        description="No report, as two officers found; not among those received. Of years only; null where it is not told."
    )
    standing: Literal["more", "as", "less", ""] = Field(
        description="Beside the country by the ranges of those told in time: more, less, or as they overlap; else empty."
    )


class NumbersOut(Schema):
    """Numbers of reports."""

    as_of: date | None = Field(description="Last day that is counted; null before the first count.")
    lines: list[LineOut]


class NumbersAsked(Schema):
    """Which numbers are asked for."""

    by: Literal["year", "office", "body", "topic", "region", "channel"] = Field("year", description="Counted by what.")
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Received in; the newest when empty.")


class PointOut(Schema):
    """At least and at most how many of a hundred reporters still wait after so many days; null where too few were watched for so long."""

    days: int
    low: int | None
    high: int | None


class CurveOut(Schema):
    """How long the reporters of a year wait to be told what was done (the reduced-sample estimate of Kaplan and Meier)."""

    year: int
    points: list[PointOut]


@router.get("/statistics", response=NumbersOut, url_name="api-report-statistics", summary="What came of reports")
def numbers(request: HttpRequest, asked: Query[NumbersAsked]) -> Mapping[str, Any]:
    """Numbers of reports, without names, counted at the end of each quarter."""
    edition = statistics.edition()
    if edition is None:
        return {"as_of": None, "lines": []}
    years = statistics.by_year(edition)
    year = asked.year if asked.year is not None else next((int(one.key) for one in years), 0)
    listed = years if asked.by == "year" else statistics.by(edition, year, asked.by)
    return {"as_of": edition.as_of_date, "lines": [line_out(one) for one in listed]}


@router.get("/waiting", response=list[CurveOut], url_name="api-report-waiting", summary="How long reporters wait")
def waiting(request: HttpRequest) -> Sequence[Mapping[str, Any]]:
    """The curves of the last three years that have reports enough."""
    edition = statistics.edition()
    curves = statistics.waiting(edition) if edition else {}
    return [{"year": year, "points": points} for year, points in curves.items()]


def line_out(one: Line) -> dict[str, Any]:
    """A line as it is sent."""
    return {
        "key": one.key,
        "name": one.name,
        "received": one.received,
        **{name: share_out(one, name) for name in SHARES},
        "amount": None if one.amount is None else str(one.amount),
        "rewards": None if one.rewards is None else str(one.rewards),
        "currency": naming.pack().currency,
        "set_aside": one.set_aside,
        "standing": one.standing,
    }


def share_out(one: Line, name: str) -> dict[str, int | None] | None:
    """A share as it is sent."""
    share, told = one.shares.get(name), one.in_percent(name)
    if share is None:
        return None
    ends = {end: getattr(told, end) if told else None for end in ("low", "high")}
    return {"found": share.found or None, "of": share.of, **ends}
