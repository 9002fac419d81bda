"""The counter over time, by body and sector, and every entry and exit."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.permits import statistics
from adaldyq.measures.permits.forms.counter import CounterForm
from adaldyq.measures.permits.queries.words import HAPPENED_WORDS, KIND_WORDS
from adaldyq.measures.permits.statistics import PartLine, YearLine
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact
from adaldyq.ui.plots import Bar, BarPlot, Series, StackedPlot
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def counter_page(request: HttpRequest) -> HttpResponse:
    """How many permits there were at the end of each year, what came and went, and what it saved."""
    form = CounterForm(request.GET)
    part = form.part
    lines = statistics.years(part)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {"form": form, "lines": lines, "query": query}
    if lines:
        by_sector = statistics.by("sector", part)
        context |= {
            "figures": statistics.figures_of(lines),
            "plot": plot_of(lines, query),
            "years": years_table(lines, query),
            "bodies": parts_table(_("By body"), _("Body"), statistics.by("body", part)),
            "sectors": parts_table(_("By sector"), _("Sector"), by_sector),
            "saved": saved_plot(by_sector, lines[-1]),
            "definitions": definitions(),
        }
    return render(request, "permits/counter.html", context)


def plot_of(lines: Sequence[YearLine], query: str) -> StackedPlot:
    """Columns of years, in layers of kinds."""
    layers = (("licences", _("Licences")), ("permits", _("Permits")), ("notifications", _("Notifications")))
    return StackedPlot(
        _("Permits in force at the end of each year"),
        [str(one.year) for one in lines],
        [Series(title, [getattr(one, name) for one in lines]) for name, title in layers],
        source=statistics.SOURCE,
        as_of=lines[-1].day,
        download=reverse("permits-counter-csv") + query,
        note=_("The last column is counted today."),
    )


def saved_plot(parts: Sequence[PartLine], last: YearLine) -> BarPlot | None:
    """What was saved a year, by sector; None where nothing was."""
    saved = sorted((one for one in parts if one.saved_amount > 0), key=lambda one: -one.saved_amount)
    if not saved:
        return None
    return BarPlot(
        _("What it saves a year, by sector"),
        [Bar(one.name, one.saved_amount) for one in saved],
        first=_("Sector"),
        kind="money",
        currency=naming.pack().currency,
        source=statistics.SOURCE,
        as_of=last.day,
        note=statistics.DEFINITIONS["saved"],
    )


def years_table(lines: Sequence[YearLine], query: str) -> Table:
    """The years, the newest first."""
    return Table(_("By year"), year_columns(), list(reversed(lines)), download=reverse("permits-counter-csv") + query)


def year_columns() -> list[Column]:
    """Columns of a year."""
    return [
        Column("year", _("Year"), kind="year"),
        Column("total", _("In force"), kind="number"),
        Column("introduced", _("Introduced"), kind="number"),
        Column("abolished", _("Abolished"), kind="number"),
        Column("lapsed", _("Fallen, not justified"), kind="number"),
        Column("excluded", _("Taken out"), kind="number"),
        Column("moved", _("Moved to notification"), kind="number"),
        Column("saved_amount", _("Saved a year"), kind="money", currency=naming.pack().currency),
    ]


def parts_table(title: str, first: str, parts: Sequence[PartLine]) -> Table:
    """Bodies or sectors."""
    columns = [
        Column("name", first),
        Column("ever", _("There were"), kind="number"),
        Column("ended", _("Ended"), kind="number"),
        Column("now", _("In force"), kind="number"),
        Column("saved_amount", _("Saved a year"), kind="money", currency=naming.pack().currency),
        Column("saved_days", _("Working days saved a year"), kind="number"),
    ]
    return Table(title, columns, parts)


def definitions() -> list[Fact]:
    """What each number counts."""
    titles = {
        "permits": _("Licences and permits in force"),
        "notifications": _("Notifications in force"),
        "ended": _("Ended so far"),
        "saved": _("Saved a year"),
    }
    return [Fact(titles[name], sentence) for name, sentence in statistics.DEFINITIONS.items()]


@require_safe
def counter_csv(request: HttpRequest) -> HttpResponseBase:
    """The years as a file."""
    names = (
        "year", "day", "total", "licences", "permits", "notifications", "introduced", "abolished", "lapsed", "excluded",
        "moved", "saved_amount", "saved_days",
    )  # fmt: skip
    columns = [
        *(Column(name, name) for name in names),
        Column("currency", "currency", value=lambda _row: naming.pack().currency),
    ]
    return csv_response("permits-over-time.csv", columns, statistics.years(CounterForm(request.GET).part))


@require_safe
def changes_page(request: HttpRequest) -> HttpResponse:
    """Every entry and exit, each with its day and its act."""
    form = CounterForm(request.GET)
    page = sorted_page(request, statistics.changes(form.part), change_columns(), default="-day")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    table = Table(
        _("Entries and exits"),
        change_columns(),
        page.rows,
        page=page,
        hide_caption=True,
        download=reverse("permits-changes-csv") + query,
        empty=_("Nothing has come or gone."),
    )
    return render(request, "permits/changes.html", {"form": form, "table": table})


def change_columns() -> list[Column]:
    """Columns of entries and exits."""
    return [
        Column("day", _("Day"), kind="day", sort="day"),
        Column("happened", _("What happened"), value=lambda row: HAPPENED_WORDS[row.happened], sort="happened"),
        Column(
            "name",
            _("Activity"),
            value=lambda row: naming.spoken(row.entry.names, row.number),
            link=lambda row: reverse("permits-entry", args=[row.number]),
        ),
        Column("kind", _("Kind"), value=lambda row: KIND_WORDS[row.kind]),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.entry.body.names, row.entry.body.name)),
        Column("act_number", _("Number of the act")),
    ]


@require_safe
def changes_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file, with what each saved."""
    names = ("day", "happened", "number", "kind", "act_title", "act_number", "act_date", "reasons")
    columns = [
        *(Column(name, name) for name in names),
        Column("name", "name", value=lambda row: naming.spoken(row.entry.names, row.number)),
        Column("body_id", "body_id", value=lambda row: row.entry.body_id),
        Column("sector", "sector", value=lambda row: row.entry.sector),
        *(Column(name, name) for name in ("saved_amount", "saved_days", "currency")),
    ]
    return csv_response(
        "permits-entries-and-exits.csv", columns, statistics.changes(CounterForm(request.GET).part).iterator()
    )
