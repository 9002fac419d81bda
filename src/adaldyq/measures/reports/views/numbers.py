"""What came of reports: a page and files, without names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.recent import recent
from adaldyq.measures.reports import statistics
from adaldyq.measures.reports.domain.ranges import Told
from adaldyq.measures.reports.statistics import SHARES, Line, ReportEdition
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.formats.values import money, number
from adaldyq.ui.plots import LinePlot, Region, RegionMap, Series
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, anchored, tabs_for

LINES_ON_A_PAGE = 15
YEAR, REGION = "year", "region"


@require_safe
def show_numbers(request: HttpRequest) -> HttpResponse:
    """Numbers of one year, and how long reporters wait."""
    edition = statistics.edition()
    years = recent(f"years of reports {edition}", lambda: statistics.by_year(edition)) if edition else []
    told = {one.key: one for one in years}
    asked = request.GET.get("year", "")
    year = told.get(asked) or next(iter(told.values()), None)
    if edition is None or year is None:
        return render(request, "reports/numbers.html", {"year": None})
    key = repr(("numbers of reports", get_language(), edition.as_of_date, year.key, request.GET.urlencode()))
    numbers = recent(key, lambda: drawn(request, edition, year, years))
    no_such = asked if asked and asked not in told else ""
    return render(request, "reports/numbers.html", {"year": year, "numbers": numbers, "no_such_year": no_such})


def drawn(request: HttpRequest, edition: ReportEdition, year: Line, years: Sequence[Line]) -> SafeString:
    """The numbers of a year as the page shows them; one way of counting is open at a time."""
    tabs = anchored(tabs_for(request, _("Ways of counting"), ways_of_counting(), "by"), "numbers")
    listed = years if tabs.current == YEAR else statistics.by(edition, int(year.key), tabs.current)
    context = {
        "year": year.key,
        "as_of": edition.as_of_date,
        "choices": [Link(one.name, f"?year={one.key}&by={tabs.current}", current=one.key == year.key) for one in years],
        "figures": statistics.figures_of(year, edition.as_of_date),
        "tabs": tabs,
        "table": table(request, listed, year.key, tabs.current),
        "map": region_map(listed, edition, year.key) if tabs.current == REGION else None,
        "waiting": waiting_plot(edition, year.key),
        "definitions": definitions(),
        "least": statistics.least_told(edition.as_of_date),
    }
    return render_to_string("reports/part_numbers.html", context)


def ways_of_counting() -> list[Tab]:
    """Ways of counting that the page offers; the first is open when none is asked for."""
    return [
        Tab("body", _("By body reported about")),
        Tab("topic", _("By topic")),
        Tab(REGION, _("By region")),
        Tab("office", _("By receiving office")),
        Tab("channel", _("By way it came")),
        Tab(YEAR, _("Year by year")),
    ]


def table(request: HttpRequest, listed: Sequence[Line], year: str, way: str) -> Table:
    """The lines of one way of counting."""
    titles = {tab.name: str(tab.title) for tab in ways_of_counting()}
    file = f"{reverse('reports-numbers-csv')}?by={way}" + ("" if way == YEAR else f"&year={year}")
    columns = page_columns(FIRST[way](), placed=way in statistics.RANKED, aside=way == YEAR)
    page = sorted_page(request, listed, columns, per_page=LINES_ON_A_PAGE)
    return Table(titles[way], columns, page.rows, page=page, download=file, hide_caption=True)


FIRST: dict[str, Callable[[], str]] = {
    "body": lambda: _("Body reported about"),
    "topic": lambda: _("Topic"),
    REGION: lambda: _("Region"),
    "office": lambda: _("Receiving office"),
    "channel": lambda: _("Way it came"),
    YEAR: lambda: _("Year"),
}
"""Title of the first column of each way of counting."""


def share_titles() -> dict[str, str]:
    """What the shares are called."""
    return {
        "acknowledged": _("Acknowledged in time"),
        "answered": _("Told in time what was done"),
        "substantiated": _("As reported"),
        "reopened": _("Said not to be resolved"),
        "led_to_case": _("Led to a case"),
        "recovered": _("Brought money back"),
    }


def page_columns(first: str, *, placed: bool, aside: bool) -> list[Column]:
    """Columns of the page."""

    def shown(name: str) -> Callable[[Line], str]:
        return lambda one: with_interval(one, name)

    def low(name: str) -> Callable[[Line], object]:
        return lambda one: share.low if (share := one.in_percent(name)) else None

    return [
        Column("name", first, sort="name"),
        Column("received", _("Reports received"), kind="number", sort="received", hint=_("at least")),
        *(Column(name, title, value=shown(name), sort=name, order=low(name)) for name, title in share_titles().items()),
        Column("amount", _("Money that came back"), value=amount_of, hint=_("at least")),
        *([Column("standing", _("Told in time, beside the country"), value=standing_of)] if placed else []),
        *([Column("set_aside", _("Set aside as no report"), value=aside_of, hint=_("at least"))] if aside else []),
    ]


def aside_of(one: Line) -> str:
    """What was set aside of a year."""
    return _("none or few") if one.set_aside is None else number(one.set_aside)


def amount_of(one: Line) -> str:
    """What came back by the reports of a line, as people read it."""
    return _("none or few") if one.amount is None else money(one.amount, naming.pack().currency)


def standing_of(one: Line) -> str:
    """How often was told in time beside the country."""
    words = {"more": _("more often"), "as": _("as often"), "less": _("less often")}
    return words.get(one.standing, "")


def with_interval(one: Line, name: str) -> str:
    """A share as people read it: the range, or at least how many where they are too few for that."""
    told, share = one.in_percent(name), one.shares.get(name)
    if told:
        return statistics.written(told)
    if share is None or not share.found:
        return _("none or few")
    return _("at least %(count)s") % {"count": number(share.found)}


def region_map(listed: Sequence[Line], edition: ReportEdition, year: str) -> RegionMap:
    """The share that was told in time, by region: the lower end of its range."""
    values = {one.key: share.low for one in listed if (share := one.in_percent(statistics.ANSWERED))}
    return RegionMap(
        _("Told in time what was done, by region, %(year)s") % {"year": year},
        naming.pack().borders,
        {code: Region(name, values.get(code)) for code, name in naming.regions()},
        kind="percent",
        unit=_("told in time, at least"),
        source=statistics.SOURCE,
        as_of=edition.as_of_date,
        download=f"{reverse('reports-numbers-csv')}?by=region&year={year}",
        note=_(
            "The lower end of each range: of two regions of which one has more reports, it may lie higher there for that alone. "
            "A region without a shade has no such share yet, or too few reports to tell."
        ),
    )


def waiting_plot(edition: ReportEdition, year: str) -> LinePlot | None:
    """How many reporters of a year still wait, by weeks; None when it has too few reports."""
    points = statistics.waiting(edition).get(int(year))
    if not points or points[0].high is None:
        return None
    return LinePlot(
        _("Of a hundred reporters of %(year)s, how many still wait to be told what was done") % {"year": year},
        [str(one.days // 7) for one in points],
        [
            Series(_("at least"), [one.low for one in points]),
            Series(_("at most"), [one.high for one in points]),
        ],
        first=_("Weeks since the report"),
        kind="percent",
        unit=_("still waiting, by weeks since the report"),
        source=statistics.SOURCE,
        as_of=edition.as_of_date,
        note=_(
            "The truth lies between the lines, at each point in 95 of 100 cases at least. Counted are those whose report is so many weeks "
            "old, answered or not (the reduced-sample estimate of Kaplan and Meier), where they are 100 or more."
        ),
    )


def definitions() -> list[Fact]:
    """What each column counts."""
    titles = {
        "count": _("Count"),
        "received": _("Reports received"),
        "set_aside": _("Set aside as no report"),
        **share_titles(),
        "protected": _("Protection from retaliation opened"),
        "amount": _("Money that came back"),
        "rewards": _("Rewards granted"),
        "interval": _("Range"),
        "standing": _("Told in time, beside the country"),
    }
    return [Fact(titles[name], sentence) for name, sentence in statistics.DEFINITIONS.items()]


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a file: `?by=year`, or `?by=body&year=2025`; of the newest year when none is named.

    Raises:
        Http404: they are not counted so, or of no such year anything is told.
    """
    edition, way = statistics.edition(), request.GET.get("by", YEAR)
    years = {one.key: one for one in statistics.by_year(edition)} if edition else {}
    year = request.GET.get("year") or next(iter(years), "")
    if edition is None or way not in FIRST or (way != YEAR and year not in years):
        raise Http404(way)
    listed = list(years.values()) if way == YEAR else statistics.by(edition, int(year), way)
    name = "-".join(filter(None, ("reports", "by", way, "" if way == YEAR else year)))
    return csv_response(f"{name}.csv", file_columns(edition), listed)


def file_columns(edition: ReportEdition) -> list[Column]:
    """Columns of a file: of each share how many, of how many, and the range in percent; empty where it is not told."""

    def part(share: str, name: str) -> Callable[[Line], object]:
        return lambda one: getattr(told(one, share, name), name, None) if name != "found" else count(one, share)

    def told(one: Line, share: str, name: str) -> Told | None:
        return one.shares.get(share) if name in {"found", "of"} else one.in_percent(share)

    def count(one: Line, share: str) -> int | None:
        return one.shares[share].found or None if share in one.shares else None

    ends = {"": "found", "_of": "of", "_low": "low", "_high": "high"}
    return [
        *(Column(name, name) for name in ("key", "name", "received", "standing")),
        *(
            Column(f"{share}{end}", f"{share}{end}", value=part(share, name))
            for share in SHARES
            for end, name in ends.items()
        ),
        Column("amount", "amount"),
        Column("rewards", "rewards"),
        Column("set_aside", "set_aside"),
        Column("currency", "currency", value=lambda _row: naming.pack().currency),
        Column("as_of", "as_of", value=lambda _row: edition.as_of_date),
    ]
