"""How long bodies take, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.permits.queries.durations import durations
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, Table


def columns() -> list[Column]:
    """Columns of the table."""
    names = naming.body_names()
    return [
        Column("body", _("Body"), value=lambda row: names.get(row.body, row.body)),
        Column("entry", _("Permit"), value=lambda row: naming.spoken(row.names, row.entry)),
        Column("median", _("Median, working days"), kind="number"),
        Column("decided", _("Decided"), kind="number"),
        Column("granted", _("Granted"), kind="number"),
        Column("refused", _("Refused"), kind="number"),
        Column("deemed", _("By silence"), kind="number"),
        Column("late", _("Past the last day"), kind="number"),
        Column("open", _("Not decided"), kind="number"),
    ]


@require_safe
def numbers_page(request: HttpRequest) -> HttpResponse:
    """Median days, decisions, silence and what waits, by body and permit."""
    empty = _("Nobody has applied in the last twelve months.")
    rows, download = durations(timezone.localdate()), reverse("permits-numbers-csv")
    table = Table(_("Bodies"), columns(), rows, hide_caption=True, empty=empty, download=download)
    return render(request, "permits/numbers.html", {"table": table})


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    return csv_response("permit-numbers.csv", columns(), durations(timezone.localdate()))
