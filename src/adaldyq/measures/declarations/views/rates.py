"""How often each rule about declarations asks: a page and a file, without names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.measures.declarations.queries import rates
from adaldyq.measures.declarations.queries.rates import Rate
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, Table, sorted_page

RULES_ON_A_PAGE = 15


@require_safe
def show_rates(request: HttpRequest) -> HttpResponse:
    """Rates of the last run over the country's own registers."""
    today = timezone.localdate()
    found, least = rates.rates(today), rates.least_told(today)
    columns = page_columns(least)
    page = sorted_page(request, found, columns, per_page=RULES_ON_A_PAGE)
    table = Table(
        _("How often each rule asks"),
        columns,
        page.rows,
        page=page,
        download=reverse("declarations-rates-csv"),
        hide_caption=True,
    )
    told = remarks(request, page, columns) if found else []
    context = {"table": table, "least": least, "as_of": found[0].as_of if found else None, "remarks": told}
    return render(request, "declarations/rates.html", context)


@require_safe
def rates_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    names = ("rule", "title", "unit", "checked", "unjudged", "asked", "share", "as_of")
    columns = [Column(name, name) for name in names]
    return csv_response("rates-of-rules.csv", columns, rates.rates(timezone.localdate()))


def page_columns(least: int) -> list[Column]:
    """Columns of the page."""
    few = _("fewer than %(least)s") % {"least": least}

    def asked(one: Rate) -> object:
        return one.asked if one.asked is not None else few

    return [
        Column("title", _("Rule"), link=lambda one: reverse("rules-rule", args=[one.rule])),
        Column("unit", _("What it judges")),
        Column("checked", _("Judged"), kind="number"),
        Column("asked", _("Asked to explain"), kind="number", value=asked),
        Column("share", _("Of a hundred judged"), kind="percent"),
        Column("unjudged", _("Could not be judged"), kind="number"),
    ]
