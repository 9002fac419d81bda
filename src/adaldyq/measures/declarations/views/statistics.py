"""Who has filed: by year, region, body and form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.base.disclosure import FEW
from adaldyq.kernel.recent import recent
from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.forms import YearForm
from adaldyq.measures.declarations.queries import distributions, groups
from adaldyq.measures.declarations.statistics import Counted, Outcomes
from adaldyq.measures.declarations.views.counts import file_columns, outcome_columns, region_map
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, anchored, tabs_for

BODIES_ON_A_PAGE = 8
REGION, BODY, WAY, YEAR = "region", "body", "way", "year"
WAYS = {
    "year": statistics.by_year,
    "region": statistics.by_region,
    "body": statistics.by_body,
    "form": statistics.by_form,
    "kind": statistics.by_kind,
    "level": statistics.by_level,
}


CATEGORY, GROUP = "category", "group"
"""Counted by the posts of each person, or by night, so of one year at a time."""


@require_safe
def show_statistics(request: HttpRequest) -> HttpResponse:
    """Numbers of one year, and of all years beside each other."""
    today = timezone.localdate()
    years = recent(f"declarations by year {today}", lambda: statistics.counted_years(today))
    form = YearForm(request.GET, [int(one.name) for one in years], statistics.leading_year(years))
    year = form.chosen()
    if year is None:
        return render(request, "declarations/statistics.html", {"form": form, "year": None})
    numbers, told = recent(kept_as(request, year, today), lambda: drawn(request, year, years, today))
    context = {"form": form, "year": year, "numbers": numbers, "remarks": told}
    return render(request, "declarations/statistics.html", context)


def kept_as(request: HttpRequest, year: int, today: date) -> str:
    """What one view of the numbers is kept as: all that it depends on."""
    return repr(("declarations of a year", get_language(), year, today, request.GET.urlencode()))


def drawn(request: HttpRequest, year: int, years: Sequence[Outcomes], today: date) -> tuple[SafeString, list[str]]:
    """The numbers of a year as the page shows them, and what of the address could not be followed.

    One way of counting is open at a time, so that the page is short on a phone too.
    """
    of_year = statistics.counted(today, year)
    tabs = anchored(tabs_for(request, _("Ways of counting"), ways_of_counting(), "by"), "numbers")
    context = {
        "year": year,
        "choices": [Link(one.name, f"?year={one.name}&by={tabs.current}", current=one.key == year) for one in years],
        "figures": statistics.figures_of(statistics.total(of_year), year, today),
        "tabs": tabs,
        "definitions": {WAY: way_definitions, GROUP: group_definitions}.get(tabs.current, definitions)(),
        "now": groups.counted_at(year) if tabs.current == GROUP else timezone.now(),
    }
    told = []
    if tabs.current == BODY:
        bodies = bodies_table(request, of_year, year)
        context["table"] = bodies
        told = remarks(request, bodies.page, bodies.columns) if bodies.page else []
    elif tabs.current == REGION:
        regions = statistics.by_region(of_year)
        context["map"] = region_map(regions, year, today, file(REGION, year))
        context["regions"] = table(_("By region"), _("Region"), regions, file(REGION, year))
    else:
        context["table"] = counted_by(tabs.current, of_year, years, year, today)
        context["more"] = more_of_everybody(year, today) if tabs.current == GROUP else []
    return render_to_string("declarations/part_numbers.html", context), told


def ways_of_counting() -> list[Tab]:
    """Ways of counting that the page offers; the first is open when none is asked for."""
    return [
        Tab(REGION, _("By region")),
        Tab(BODY, _("By body")),
        Tab("kind", _("By kind of body")),
        Tab(CATEGORY, _("By category of post")),
        Tab("form", _("By form")),
        Tab(GROUP, _("Everybody")),
        Tab(WAY, _("By way")),
        Tab(YEAR, _("Year by year")),
    ]


def counted_by(way: str, rows: Sequence[Counted], years: Sequence[Outcomes], year: int, today: date) -> Table:
    """The short table of one way of counting."""
    if way == WAY:
        download = f"{reverse('declarations-ways-csv')}?year={year}"
        return Table(_("By way"), way_columns(), statistics.by_way(year), download=download, hide_caption=True)
    if way == YEAR:
        return table(_("By year"), _("Year"), years, file(YEAR))
    if way == GROUP:
        everybody = groups.by_group(year, today)
        counted = table(_("Everybody, by group of the law"), _("Group of the law"), everybody, file(GROUP, year))
        return replace(counted, empty=_("It is counted by night. The numbers will be here in the morning."))
    if way == CATEGORY:
        categories = statistics.by_category(today, year)
        return table(_("By category of post"), _("Category of post"), categories, file(CATEGORY, year))
    if way == "kind":
        return table(_("By kind of body"), _("Kind of body"), statistics.by_kind(rows), file("kind", year))
    return table(_("By form"), _("Form"), statistics.by_form(rows), file("form", year))


def more_of_everybody(year: int, today: date) -> list[Table]:
    """Everybody by region and by way, as they were counted by night."""
    titles = {
        "everybody-region": (_("Everybody, by region"), _("Region")),
        "everybody-way": (_("Everybody, by way"), _("Way")),
    }
    return [
        replace(
            table(title, first, groups.by_group(year, today, groups.EVERYBODY[way]), file(way, year)),
            empty=_("It is counted by night. The numbers will be here in the morning."),
            hide_caption=False,
        )
        for way, (title, first) in titles.items()
    ]


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a file, by year, region, body, its kind or level, form, or, of a year, category of post or group.

    For example `?by=body&year=2024`.

    Raises:
        Http404: they are not counted so, or there is no such year.
    """
    today = timezone.localdate()
    way, year = request.GET.get("by", "year"), request.GET.get("year", "")
    rows = statistics.counted(today)
    known = way in WAYS or (way in {CATEGORY, *groups.EVERYBODY} and year)
    if not known or (year and year not in {str(row.year) for row in rows}):
        raise Http404(way)
    if way in {CATEGORY, *groups.EVERYBODY}:
        found: Sequence[Any] = (
            statistics.by_category(today, int(year))
            if way == CATEGORY
            else groups.by_group(int(year), today, groups.EVERYBODY[way])
        )
        return csv_response(f"filed-by-{way}-{year}.csv", file_columns(today), found)
    chosen = [row for row in rows if not year or row.year == int(year)]
    name = "-".join(filter(None, ("filed", "by", way, year)))
    return csv_response(f"{name}.csv", file_columns(today), WAYS[way](chosen))


@require_safe
def ways_csv(request: HttpRequest) -> HttpResponseBase:
    """Declarations of a year by the way on which they came, as a file: `?year=2024`, else the leading one.

    Raises:
        Http404: there is no such year.
    """
    today = timezone.localdate()
    years = statistics.counted_years(today)
    year = request.GET.get("year", "") or str(statistics.leading_year(years) or "")
    if year and year not in {one.name for one in years}:
        raise Http404(year)
    names = ("key", "name", "filed", "on_time", "share")
    columns = [*(Column(name, name) for name in names), Column("as_of", "as_of", value=lambda _row: today)]
    return csv_response(f"filed-by-way-{year}.csv", columns, statistics.by_way(int(year)) if year else [])


def way_columns() -> list[Column]:
    """Columns of the numbers by way."""
    return [
        Column("name", _("Way")),
        Column("filed", _("Filed"), kind="number"),
        Column("on_time", _("On time"), kind="number"),
        Column("share", _("Share of all"), kind="percent"),
    ]


def way_definitions() -> list[Fact]:
    """What each column of the numbers by way counts."""
    titles = {"filed": _("Filed"), "on_time": _("On time"), "share": _("Share of all")}
    return [Fact(titles[name], sentence) for name, sentence in statistics.WAY_DEFINITIONS.items()]


def table(title: str, first: str, rows: Sequence[Any], download: str) -> Table:
    """A short table of outcomes."""
    return Table(title, outcome_columns(first), rows, download=download, hide_caption=True)


def bodies_table(request: HttpRequest, rows: Sequence[Counted], year: int) -> Table:
    """Bodies, those first of which most is missing; sorted and paged as the address asks."""

    def link(row: Outcomes) -> str:
        return f"{reverse('declarations-body', args=[row.key])}?year={year}" if row.key and row.key != FEW else ""

    columns = outcome_columns(_("Body"), link, sortable=True)
    page = sorted_page(request, statistics.by_body(rows), columns, per_page=BODIES_ON_A_PAGE)
    return Table(_("By body"), columns, page.rows, page=page, download=file("body", year), hide_caption=True)


def file(way: str, year: int | None = None) -> str:
    """Address of the numbers as a file."""
    of_year = f"&year={year}" if year else ""
    return f"{reverse('declarations-statistics-csv')}?by={way}{of_year}"


def definitions() -> list[Fact]:
    """What each column counts."""
    titles = {
        "owed": _("Owed"),
        "filed": _("Filed"),
        "on_time": _("On time"),
        "late": _("Late"),
        "missing": _("Not filed"),
        "awaited": _("Not due yet"),
        "share": _("Filed on time"),
    }
    return [Fact(titles[name], sentence) for name, sentence in statistics.DEFINITIONS.items()]


def group_definitions() -> list[Fact]:
    """The same of everybody by group of the law."""
    owed, *others = definitions()
    least = distributions.least_told(timezone.localdate())
    untold = Fact(_("No numbers"), statistics.GROUP_UNTOLD % {"least": least})
    return [Fact(owed.key, statistics.GROUP_OWED), *others, untold]
