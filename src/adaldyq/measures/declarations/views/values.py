"""What officials declare as medians and quartiles: by year, region, kind of body and body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.distributions import BODY, CASH, EVERYBODY, INCOME, KIND, REGION, SUMS, WEALTH
from adaldyq.measures.declarations.forms import YearForm
from adaldyq.measures.declarations.queries import distribution_lines as lines
from adaldyq.measures.declarations.queries import distributions
from adaldyq.measures.declarations.queries.distribution_lines import Line
from adaldyq.measures.declarations.statistics import SOURCE
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.plots import Region, RegionMap
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, anchored, tabs_for

BODIES_ON_A_PAGE = 10


@require_safe
def show_values(request: HttpRequest) -> HttpResponse:
    """Medians of one year on a map and in tables, and of all years beside each other."""
    over_years = lines.over_years()
    years = [one.year for one in over_years]
    form = YearForm(request.GET, years)
    year = form.chosen()
    context: dict[str, Any] = {"form": form, "year": year}
    if year is not None:
        tabs = anchored(tabs_for(request, _("Ways of counting"), ways_of_counting(), "by"), "numbers")
        context |= {
            "choices": [Link(str(one), f"?year={one}&by={tabs.current}", current=one == year) for one in years],
            "tabs": tabs,
            "definitions": definitions(),
            "least": distributions.least_told(timezone.localdate()),
            "counted_at": over_years[0].counted_at,
            **counted_by(request, tabs.current, year, over_years),
        }
    return render(request, "declarations/values.html", context)


def ways_of_counting() -> list[Tab]:
    """Ways of counting that the page offers; the first is open when none is asked for."""
    return [
        Tab(REGION, _("By region")),
        Tab(KIND, _("By kind of body")),
        Tab(BODY, _("By body")),
        Tab(EVERYBODY, _("Year by year")),
    ]


def counted_by(request: HttpRequest, way: str, year: int, over_years: Sequence[Line]) -> dict[str, Any]:
    """What the page shows of one way of counting."""
    if way == EVERYBODY:
        return {"table": values_table(_("By year"), _("Year"), over_years, file(EVERYBODY))}
    rows = lines.of_year(year, way)
    if way == BODY:
        bodies = bodies_table(request, rows, year)
        return {"table": bodies, "remarks": remarks(request, bodies.page, bodies.columns) if bodies.page else []}
    if way == KIND:
        return {"table": values_table(_("By kind of body"), _("Kind of body"), rows, file(KIND, year))}
    regions = values_table(_("By region"), _("Region"), rows, file(REGION, year))
    return {"map": region_map(rows, year), "regions": regions}


@require_safe
def values_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a file: `?by=region&year=2024`, `?by=everybody` for all years.

    Raises:
        Http404: they are not counted so, or nothing was counted for that year.
    """
    way, asked = request.GET.get("by", EVERYBODY), request.GET.get("year", "")
    years = distributions.years()
    if way not in lines.WAYS or (asked and asked not in {str(year) for year in years}):
        raise Http404(way)
    wanted = [int(asked)] if asked else years
    found = [one for year in wanted for one in lines.of_year(year, way)]
    name = "-".join(filter(None, ("declared", "by", way, asked)))
    return csv_response(f"{name}.csv", file_columns(), found)


def value(name: str) -> Callable[[Line], Decimal | None]:
    """Takes a quartile of a sum from a line."""
    return lambda one: one.told.get(name)


def value_columns(first: str, *, sortable: bool = False, link: Callable[[Line], str] | None = None) -> list[Column]:
    """Columns of a table: the group, how many, and the median of each sum with the middle half of wealth."""
    titles = (
        (f"median_{INCOME}", _("Median income")),
        (f"lower_{WEALTH}", _("Wealth, lower quartile")),
        (f"median_{WEALTH}", _("Median wealth")),
        (f"upper_{WEALTH}", _("Wealth, upper quartile")),
        (f"median_{CASH}", _("Median cash")),
    )
    return [
        Column("name", first, sort="name" if sortable else "", link=link),
        Column("officials", _("Officials"), kind="number", sort="officials" if sortable else ""),
        *(Column(name, title, kind="money", currency="currency", value=value(name)) for name, title in titles),
    ]


def file_columns() -> list[Column]:
    """Columns of the file: all quartiles of all sums."""
    parts = [f"{part}_{name}" for name in SUMS for part in ("lower", "median", "upper")]
    return [
        *(Column(name, name) for name in ("year", "key", "name", "officials", "currency")),
        *(Column(name, name, value=value(name)) for name in parts),
        Column("counted_at", "counted_at"),
    ]


def values_table(title: str, first: str, rows: Sequence[Line], download: str) -> Table:
    """A short table of medians."""
    return Table(title, value_columns(first), rows, download=download, hide_caption=True)


def bodies_table(request: HttpRequest, rows: Sequence[Line], year: int) -> Table:
    """Bodies, those with the most officials first; sorted and paged as the address asks."""
    largest = sorted(rows, key=lambda one: -(one.officials or 0))
    columns = value_columns(_("Body"), sortable=True, link=lambda one: reverse("declarations-body", args=[one.key]))
    page = sorted_page(request, largest, columns, per_page=BODIES_ON_A_PAGE)
    return Table(_("By body"), columns, page.rows, page=page, download=file(BODY, year), hide_caption=True)


def body_values(body_id: str) -> Table | None:
    """The years of a body beside each other; a sentence when no year has enough officials, none when nothing was counted."""
    rows = lines.over_years(BODY, body_id)
    if not rows:
        return None
    told = rows if any(one.officials for one in rows) else []
    least = distributions.least_told(timezone.localdate())
    empty = _("Each year it has fewer than %(least)s officials, so no value is told.") % {"least": least}
    return Table(_("What its officials declared"), value_columns(_("Year")), told, hide_caption=True, empty=empty)


def file(way: str, year: int | None = None) -> str:
    """Address of the numbers as a file."""
    of = f"&year={year}" if year else ""
    return f"{reverse('declarations-values-csv')}?by={way}{of}"


def region_map(regions: Sequence[Line], year: int) -> RegionMap:
    """Median wealth by region of the body."""
    page = reverse("declarations-register")
    as_of = regions[0].counted_at if regions else None
    return RegionMap(
        _("Median wealth of officials by region, %(year)s") % {"year": year},
        naming.pack().borders,
        {
            one.key: Region(one.name, one.told.get(f"median_{WEALTH}"), f"{page}?year={year}&region={one.key}")
            for one in regions
        },
        kind="money",
        currency=naming.pack().currency,
        unit=_("median of wealth less debts"),
        source=SOURCE,
        as_of=day_of(as_of),
        download=file(REGION, year),
        note=_(
            "A body counts in the region of its seat, also when it serves the whole country; one without a seat in a "
            "region is in none."
        ),
    )


def day_of(instant: datetime | None) -> date | None:
    """The day of an instant in the country."""
    return timezone.localtime(instant).date() if instant else None


def definitions() -> list[Fact]:
    """What each column counts."""
    return [
        Fact(
            _("Officials"),
            _(
                "Those with an open declaration in force for the year; the yearly form counts where two were filed. "
                "Left out is whoever declares a sum in a currency that has no rate for that year."
            ),
        ),
        Fact(_(SUMS[INCOME]), _("All income of the declarant, spouse and children; only of forms that ask for it.")),
        Fact(
            _(SUMS[WEALTH]),
            _(
                "What the family owns at the end of the year, as declared, less what it owes; not what is rented or used."
            ),
        ),
        Fact(_(SUMS[CASH]), _("Money in hand of the family at the end of the year.")),
        Fact(
            _("Median and quartiles"),
            _(
                "Officials in order of the sum: half of them do not exceed the median, a quarter the lower and three "
                "quarters the upper quartile (nearest rank). Other currencies at the rate of the year’s end."
            ),
        ),
    ]
