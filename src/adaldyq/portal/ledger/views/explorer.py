"""The explorer: how many acts of which kind, and what the log signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.ledger import queries, store
from adaldyq.ledger.models import StoredCheckpoint
from adaldyq.portal.ledger.act_words import act_title
from adaldyq.portal.ledger.views.signers import signers_table
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.figures import Figure
from adaldyq.ui.plots import MOST_SERIES, Series, StackedPlot
from adaldyq.ui.tables import Column, Table

DAYS, MONTHS = 30, 12
DAYS_OF_YEAR = 366
FIRST_DAY = date(2000, 1, 1)
CHECKPOINTS_SHOWN, CHECKPOINTS_ON_A_PAGE = 5, 50

Counts = Sequence[tuple[date, str, int]]


@require_safe
def show_explorer(request: HttpRequest) -> HttpResponse:
    """Acts by kind and day, the newest checkpoints, and how to check a receipt."""
    today = timezone.localdate()
    by_month = request.GET.get("by") == "month"
    counts = queries.acts_by_day(today - timedelta(days=DAYS_OF_YEAR if by_month else DAYS - 1), today)
    newest = store.newest_checkpoint()
    context = {
        "figures": figures_of(newest, today),
        "choices": [
            Link(_("By day"), "?by=day", current=not by_month),
            Link(_("By month"), "?by=month", current=by_month),
        ],
        "plot": acts_plot(counts, today, by_month=by_month) if counts else None,
        "acts": acts_table(),
        "checkpoints": checkpoints_table(queries.checkpoints(CHECKPOINTS_SHOWN)),
        "signers": signers_table(newest),
        "newest": newest,
        "facts": facts_of(request, newest),
    }
    return render(request, "ledger_pages/explorer.html", context)


@require_safe
def acts_csv(request: HttpRequest) -> HttpResponseBase:
    """How many lines of each act each day has, since the beginning."""
    columns = (Column("day", "day", value=lambda row: row[0]), Column("act", "act", value=lambda row: row[1]))
    number = Column("lines", "lines", value=lambda row: row[2])
    return csv_response("acts-by-day.csv", (*columns, number), queries.acts_by_day(FIRST_DAY, timezone.localdate()))


@require_safe
def show_history(request: HttpRequest) -> HttpResponse:
    """Everything the log has signed, the newest first."""
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < len(str(2**62)) else None
    rows = queries.checkpoints(CHECKPOINTS_ON_A_PAGE + 1, before)
    shown = rows[:CHECKPOINTS_ON_A_PAGE]
    context = {
        "table": checkpoints_table(shown),
        "older": f"?before={shown[-1].size}" if len(rows) > len(shown) else "",
        "newest": reverse("ledger-history") if before is not None else "",
    }
    return render(request, "ledger_pages/history.html", context)


def figures_of(newest: StoredCheckpoint | None, today: date) -> list[Figure]:
    """Numbers of the log."""
    source = _("the ledger")
    return [
        Figure(
            _("Lines in the tree"),
            newest.size if newest else 0,
            _(
                "Acts that have their place in the signed tree; one act leaves one line, or one line for each record or batch."
            ),
            today,
            source=source,
            download=reverse("ledger-acts-csv"),
        ),
        Figure(
            _("Lines that wait"),
            queries.waiting_lines(),
            _("Acts recorded a moment ago that get their place within seconds."),
            today,
            source=source,
        ),
    ]


def facts_of(request: HttpRequest, newest: StoredCheckpoint | None) -> list[Fact]:
    """Where programs find the log."""
    prefix = request.build_absolute_uri(reverse("ledger-checkpoint")).removesuffix("/checkpoint")
    return [
        Fact(_("Address for programs"), prefix),
        Fact(
            _("Newest checkpoint"),
            newest.signed_at if newest else None,
            kind="moment",
            href=reverse("ledger-checkpoint"),
        ),
        Fact(_("Public keys"), Link(_("See the keys"), reverse("ledger-keys"))),
        Fact(_("Keys of witnesses"), Link(_("See the witnesses’ keys"), reverse("ledger-witnesses"))),
    ]


def acts_plot(counts: Counts, today: date, *, by_month: bool) -> StackedPlot:
    """Lines by act over days or months; the rarest acts are one layer together."""
    spans = months_until(today) if by_month else [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    totals: Counter[str] = Counter()
    cells: Counter[tuple[date, str]] = Counter()
    for day, act, count in counts:
        totals[act] += count
        cells[day.replace(day=1) if by_month else day, act] += count
    ranked = [act for act, _total in totals.most_common()]
    single = ranked if len(ranked) <= MOST_SERIES else ranked[: MOST_SERIES - 1]
    series = [Series(act_title(act), [cells[span, act] for span in spans]) for act in single]
    if rest := ranked[len(single) :]:
        series.append(Series(_("All other acts"), [sum(cells[span, act] for act in rest) for span in spans]))
    return StackedPlot(
        _("Acts in the ledger by month") if by_month else _("Acts in the ledger by day"),
        [date_format(span, "m.Y" if by_month else "MONTH_DAY_FORMAT") for span in spans],
        series,
        first=_("Month") if by_month else _("Day"),
        unit=_("lines"),
        source=_("the ledger"),
        as_of=today,
        download=reverse("ledger-acts-csv"),
    )


def months_until(today: date) -> list[date]:
    """First days of the last twelve months."""
    first, months = today.replace(day=1), []
    for _number in range(MONTHS):
        months.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return months[::-1]


def acts_table() -> Table:
    """All acts with the number of their lines."""
    columns = (
        Column("act", _("Act"), value=lambda row: act_title(row[0])),
        Column("lines", _("Lines"), kind="number", value=lambda row: row[1]),
    )
    rows = queries.acts_in_all()
    return Table(_("Acts by kind"), columns, rows, download=reverse("ledger-acts-csv"), hide_caption=True)


def checkpoints_table(rows: Sequence[StoredCheckpoint]) -> Table:
    """Checkpoints, the newest first."""
    columns = (
        Column("size", _("Lines"), kind="number", link=lambda one: reverse("ledger-checkpoint-of", args=[one.size])),
        Column("signed_at", _("Signed"), kind="moment"),
        Column("root", _("Root"), value=lambda one: f"{bytes(one.root).hex()[:16]}…"),
        Column("witnesses", _("Witnesses"), value=witnesses_of),
    )
    return Table(_("Checkpoints"), columns, rows, empty=_("Nothing has been signed yet."), hide_caption=True)


def witnesses_of(checkpoint: StoredCheckpoint) -> str:
    """Names of the witnesses of a checkpoint."""
    return ", ".join(one.witness for one in checkpoint.cosignatures.all()) or _("none yet")
