"""What came of reviews of declarations: a page and a file, without names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.measures.declarations.queries import review_numbers
from adaldyq.measures.declarations.queries.review_numbers import Numbers
from adaldyq.measures.declarations.views.review_words import PARTS
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.formats.values import percent
from adaldyq.ui.tables import Column, Table

NAMES = (
    "year",
    "part",
    "frame",
    "selected",
    "decided",
    "overdue",
    "explained",
    "confirmed",
    "corrected",
    "referred",
    "taken_back",
    "found",
    "share",
    "low",
    "high",
)


@require_safe
def show_numbers(request: HttpRequest) -> HttpResponse:
    """Reviews by year, and by risk against by lot."""
    today = timezone.localdate()
    found, least = review_numbers.numbers(today), review_numbers.least_told(today)
    file = reverse("declarations-review-numbers-csv")
    context = {
        "rates": Table(_("How often something was wrong"), rate_columns(), found, download=file, hide_caption=True),
        "outcomes": Table(_("What came of reviews"), outcome_columns(), found, download=file, hide_caption=True),
        "any": bool(found),
        "least": least,
        "now": timezone.now(),
    }
    return render(request, "declarations/review_numbers.html", context)


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    columns = [Column(name, name) for name in NAMES]
    return csv_response("reviews-of-declarations.csv", columns, review_numbers.numbers(timezone.localdate()))


def first_columns() -> list[Column]:
    """What a line is about."""
    return [
        Column("year", _("Year declared"), value=lambda one: str(one.year)),
        Column("part", _("Selected"), value=lambda one: PARTS[one.part]),
    ]


def rate_columns() -> list[Column]:
    """Columns of how often something was wrong."""

    def range_of(one: Numbers) -> str:
        return f"{percent(one.low)} – {percent(one.high)}" if one.low is not None else ""

    return [
        *first_columns(),
        Column("frame", _("Of declarations"), kind="number"),
        Column("selected", _("Reviews"), kind="number"),
        count_column("decided", _("Decided")),
        count_column("found", _("Something was wrong")),
        Column("share", _("Of a hundred decided"), kind="percent"),
        Column("range", _("Interval of 95 in 100"), value=range_of),
    ]


def outcome_columns() -> list[Column]:
    """Columns of outcomes."""
    titles = {
        "explained": _("Explanation accepted"),
        "confirmed": _("Confirmed as declared"),
        "corrected": _("Corrected"),
        "referred": _("Breach referred"),
        "taken_back": _("Referral taken back"),
    }
    return [
        *first_columns(),
        *(count_column(name, title) for name, title in titles.items()),
        count_column("overdue", _("The last day has passed")),
    ]


def count_column(name: str, title: str) -> Column:
    """A column of counts, with words for those that are not told."""
    untold = _("not told")

    def value(one: Numbers) -> int | str:
        count: int | None = getattr(one, name)
        return untold if count is None else count

    return Column(name, title, kind="number", value=value)
