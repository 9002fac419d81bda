"""The indicators of payments: without cash, not paid, how long it takes, given back; by service, body and region."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.payments import statistics
from adaldyq.measures.payments.forms.numbers import NumbersForm
from adaldyq.measures.payments.tables import least_told
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table


def asked(request: HttpRequest) -> tuple[NumbersForm, statistics.Period]:
    """The form, and the year that it asks for."""
    today = timezone.localdate()
    form = NumbersForm(request.GET or None, years=statistics.years(today))
    return form, statistics.Period(form.chosen, today)


@require_safe
def numbers_page(request: HttpRequest) -> HttpResponse:
    """The indicators of a year."""
    form, period = asked(request)
    titles = {
        statistics.SERVICE: (_("By service"), _("Service")),
        statistics.BODY: (_("By body"), _("Body")),
        statistics.REGION: (_("By region"), _("Region")),
    }
    [whole] = statistics.told_lines(period)
    file = f"{reverse('payments-numbers-csv')}?year={period.year}"
    tables = [
        Table(
            title,
            columns(first),
            statistics.told_lines(period, group),
            download=file,
            empty=_("Nothing was paid or due."),
        )
        for group, (title, first) in titles.items()
    ]
    context = {
        "form": form,
        "figures": statistics.figures_of(whole, period),
        "tables": tables,
        "definitions": definitions(),
        "year": str(period.year),
        "least": least_told(period.today),
    }
    return render(request, "payments/numbers.html", context)


def columns(first: str) -> list[Column]:
    """Columns of services, bodies or regions."""
    currency = naming.pack().currency
    return [
        Column("name", first),
        Column("payments", _("Payments that came"), kind="number", value=partial(told, name="payments")),
        Column("amount", _("Came"), kind="money", currency=currency, value=partial(sum_told, name="amount")),
        Column("share", _("Paid without cash"), kind="percent", value=partial(told, name="share")),
        Column("leak", _("Due and not paid, of a hundred"), kind="percent", value=partial(told, name="leak")),
        Column("days", _("Days from invoice to payment"), kind="number", value=partial(told, name="days")),
        Column(
            "refunded",
            _("Given back in the year"),
            kind="money",
            currency=currency,
            value=partial(sum_told, name="refunded"),
        ),
    ]


def told(row: statistics.Line, name: str) -> Any:
    """A number of a line, unless it counts too few."""
    return row.told(name)


def sum_told(row: statistics.Line, name: str) -> Any:
    """A sum of a line in the country's currency, unless it counts too few."""
    return statistics.in_currency(row.told(name))


def definitions() -> list[Fact]:
    """What each number counts."""
    titles = {
        "electronic": _("Paid without cash"),
        "leak": _("Due and not paid"),
        "days": _("Days from invoice to payment"),
        "refunds": _("Given back in the year"),
    }
    return [Fact(titles[name], sentence) for name, sentence in statistics.DEFINITIONS.items()]


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file: everything, each service, each body and each region."""
    _form, period = asked(request)

    def rows() -> Iterator[tuple[str, Any]]:
        for group in ("", *statistics.GROUPS):
            for one in statistics.told_lines(period, group):
                yield group, one

    names = ("key", "name", "payments", "electronic", "share", "due", "overdue", "leak", "days", "refunds")
    amounts = ("amount", "electronic_amount", "overdue_amount", "refunded")

    def part(name: str) -> Column:
        return Column(name, name, value=lambda row: row[1].told(name))

    def amount(name: str) -> Column:
        return Column(name, name, value=lambda row: sum_told(row[1], name))

    listed = [
        Column("year", "year", value=lambda _row: period.year),
        Column("by", "by", value=lambda row: row[0] or "all"),
        *map(part, names),
        *map(amount, amounts),
        Column("currency", "currency", value=lambda _row: naming.pack().currency),
    ]
    return csv_response(f"payments-{period.year}.csv", listed, rows())
