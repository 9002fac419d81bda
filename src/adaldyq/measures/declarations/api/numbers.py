"""The operations on published numbers: who has declared, how declarations came, what they add up to, how often rules ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.queries import distribution_lines, distributions, groups, rates
from adaldyq.measures.declarations.queries.groups import GroupLine
from adaldyq.measures.declarations.queries.rates import Rate
from adaldyq.measures.declarations.statistics import Counted, Outcomes

router = Router(tags=["declarations"])
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Way(StrEnum):
    """By what obligations are counted."""

    YEAR = "year"
    REGION = "region"
    BODY = "body"
    FORM = "form"
    KIND = "kind"
    LEVEL = "level"
    CATEGORY = "category"
    GROUP = "group"
    EVERYBODY_REGION = "everybody-region"
    EVERYBODY_WAY = "everybody-way"


class StatisticsAsked(Slice):
    """Which counts are asked for."""

    by: Way = Field(
        Way.YEAR,
        description="By what they are counted; by category of post and group of the law of one year, the leading one if none is said.",
    )
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Of one year only.")


class OutcomesOut(Schema):
    """What became of obligations that have something in common."""

    key: str
    name: str
    owed: int | None = Field(description="How many there are; null, as the others, where they would tell of too few.")
    filed: int | None
    on_time: int | None
    late: int | None
    missing: int | None
    awaited: int | None
    share: float | None = Field(description="Filed on time, in percent of what is due or filed.")


class WaysAsked(Schema):
    """Of which year the ways are counted."""

    year: int = Field(ge=FIRST_YEAR, le=LAST_YEAR, description="Year declared.")


class WayOut(Schema):
    """Declarations of a year that came on one way."""

    key: str = Field(description="electronic, bulk or paper; empty when the source does not say.")
    name: str
    filed: int
    on_time: int
    share: float | None = Field(description="Of what came on any way, in percent.")


class ValueWay(StrEnum):
    """By what values are counted."""

    EVERYBODY = "everybody"
    REGION = "region"
    KIND = "kind"
    BODY = "body"


class ValuesAsked(Slice):
    """Which values are asked for."""

    by: ValueWay = Field(ValueWay.EVERYBODY, description="By what they are counted.")
    year: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Of one year only.")


class ValuesOut(Schema):
    """Quartiles of a group in a year; empty where officials are too few to tell."""

    year: int
    key: str
    name: str
    officials: int | None
    currency: str
    counted_at: datetime
    lower_income: Decimal | None = None
    median_income: Decimal | None = None
    upper_income: Decimal | None = None
    lower_wealth: Decimal | None = None
    median_wealth: Decimal | None = None
    upper_wealth: Decimal | None = None
    lower_cash: Decimal | None = None
    median_cash: Decimal | None = None
    upper_cash: Decimal | None = None


class RateOut(Schema):
    """What a rule said in the last run."""

    rule: str
    title: str
    unit: str
    checked: int
    unjudged: int
    asked: int | None = Field(description="Of how many it asks; empty where they are too few to tell.")
    share: float | None = Field(description="Of a hundred judged.")
    as_of: datetime


WAYS: Mapping[Way, Callable[[list[Counted]], list[Outcomes]]] = {
    Way.YEAR: statistics.by_year,
    Way.REGION: statistics.by_region,
    Way.BODY: statistics.by_body,
    Way.FORM: statistics.by_form,
    Way.KIND: statistics.by_kind,
    Way.LEVEL: statistics.by_level,
}


@router.get("/statistics", response=Page[OutcomesOut], url_name="api-declarations-statistics", summary="Who has filed")
def counts(request: HttpRequest, response: HttpResponse, asked: Query[StatisticsAsked]) -> dict[str, Any]:
    """Obligations that are public, by year, region, body, its kind or level, form, or category of post.

    By group, and by region or way of everybody, those of everybody. Category and those of everybody are counted of one year:
    the one asked for, else the leading one.
    """
    found = counted_by(asked)
    part = found[asked.offset : asked.offset + asked.limit]
    return page_of(request, response, asked, len(found), [outcomes_of(one) for one in part])


def counted_by(asked: StatisticsAsked) -> Sequence[Outcomes | GroupLine]:
    """Counts as they were asked for."""
    today = timezone.localdate()
    if asked.by in WAYS:
        return WAYS[asked.by](statistics.counted(today, asked.year))
    year = asked.year or statistics.leading_year(statistics.counted_years(today))
    if year is None:
        return []
    if asked.by in groups.EVERYBODY:
        return groups.by_group(year, today, groups.EVERYBODY[asked.by])
    return statistics.by_category(today, year)


@router.get("/ways", response=list[WayOut], url_name="api-declarations-ways", summary="How declarations came")
def ways_of_a_year(request: HttpRequest, asked: Query[WaysAsked]) -> list[statistics.Way]:
    """First versions of public declarations of a year by the way on which they came: online, in a file, on paper."""
    return statistics.by_way(asked.year)


def outcomes_of(one: Outcomes | GroupLine) -> dict[str, Any]:
    """Counts as an answer."""
    numbers = {name: getattr(one, name) for name in ("owed", "filed", "on_time", "late", "missing", "awaited", "share")}
    return {"key": "" if one.key is None else str(one.key), "name": one.name, **numbers}


@router.get("/values", response=Page[ValuesOut], url_name="api-declarations-values", summary="What officials declare")
def values(request: HttpRequest, response: HttpResponse, asked: Query[ValuesAsked]) -> dict[str, Any]:
    """Quartiles of income, wealth and cash; empty where officials are too few to tell."""
    years = [asked.year] if asked.year is not None else distributions.years()
    found = [one for year in years for one in distribution_lines.of_year(year, asked.by)]
    part = found[asked.offset : asked.offset + asked.limit]
    return page_of(request, response, asked, len(found), [{**asdict(one), **one.told} for one in part])


@router.get("/rates", response=list[RateOut], url_name="api-declarations-rates", summary="How often each rule asks")
def rates_of_rules(request: HttpRequest) -> list[Rate]:
    """Of how many each rule about declarations asked in the last run; empty where they are too few to tell."""
    return list(rates.rates(timezone.localdate()))
