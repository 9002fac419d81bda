"""Operations on what people tell openly, for everybody: numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from adaldyq.measures.street import statistics
from adaldyq.measures.street.statistics import Line

router = Router(tags=["street"])
FIRST_YEAR, LAST_YEAR = 1900, 2200


class CellOut(Schema):
    """How people were met at a service in a region in a year. Counts are moved at random by at most two."""

    year: int
    service: str = Field(description="Code of the service; empty for all together.")
    region: str = Field(description="Code of the region; empty for all together.")
    body_kind: str = Field(description="Code of the kind of body; empty for all together.")
    name: str = Field(description="Service, region or kind of body, in the language asked for.")
    paid: int = Field(description="Asked for a bribe, and paid.")
    refused: int = Field(description="Asked for a bribe, and refused.")
    honest: int = Field(description="Met an honest official.")
    honest_share: float | None = Field(description="Of a hundred, how many met an honest official.")
    honest_low: float | None = Field(description="Lower end of the interval of 95 in 100 (Wilson).")
    honest_high: float | None = Field(description="Upper end of it.")
    sum_low: str | None = Field(description="A quarter of the sums named are lower; null where too few named one.")
    sum_median: str | None = Field(description="Half of them are lower.")
    sum_high: str | None = Field(description="A quarter of them are higher.")
    currency: str


class StreetOut(Schema):
    """Numbers of what people tell openly."""

    as_of: date | None = Field(description="Last day that is counted; null before the first count.")
    cells: list[CellOut]


class StreetAsked(Schema):
    """Which numbers are asked for; all when nothing is said."""

    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Year in which it happened.")
    service: str | None = Field(None, max_length=40, description="Code of a service; empty for all together.")
    region: str | None = Field(None, max_length=40, description="Code of a region; empty for all together.")
    body_kind: str | None = Field(None, max_length=40, description="Code of a kind of body; empty for all together.")


@router.get("/statistics", response=StreetOut, url_name="api-street-statistics", summary="How people were met")
def numbers(request: HttpRequest, asked: Query[StreetAsked]) -> Mapping[str, Any]:
    """Numbers of what people tell openly, counted at the end of each month. What is of few is not there."""
    edition = statistics.edition()
    if edition is None:
        return {"as_of": None, "cells": []}
    wanted = {name: value for name, value in asked.dict().items() if value is not None}
    found = [
        one
        for one in statistics.everything(edition)
        if all(getattr(one, name) == value for name, value in wanted.items())
    ]
    return {"as_of": edition.as_of_date, "cells": [cell_out(one) for one in found]}


def cell_out(one: Line) -> dict[str, Any]:
    """A cell as it is sent."""
    share = one.share
    sums = {"sum_low": one.low, "sum_median": one.median, "sum_high": one.high}
    return {
        **{
            name: getattr(one, name)
            for name in ("year", "service", "region", "body_kind", "name", "paid", "refused", "honest")
        },
        "honest_share": share.percent if share else None,
        "honest_low": share.low if share else None,
        "honest_high": share.high if share else None,
        **{name: None if value is None else str(value) for name, value in sums.items()},
        "currency": one.currency,
    }
