"""The draws that give reports to officers, with what anybody needs to repeat them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.queries import draws
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.tables import Column, Table, sorted_page

PLAIN = "text/plain; charset=utf-8"


@require_safe
def draws_page(request: HttpRequest) -> HttpResponse:
    """Draws of the viewer's units."""
    rows = draws.draws_of(actor_of(request.user), timezone.localdate())
    page = sorted_page(request, rows, columns(), default="-fixed_date")
    empty = _("Nothing was drawn yet. Each night reports that nobody answers for are given out by lot.")
    table = Table(_("Draws"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/draws.html", {"table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("fixed_date", _("List fixed on"), kind="day", sort="fixed_date"),
        Column("unit", _("Body"), value=lambda row: naming.spoken(row.unit.body.names, row.unit.body.name)),
        Column("list", _("List"), value=lambda _row: "list.txt", link=lambda row: file_address(row.pk, "list")),
        Column("drawn_date", _("Drawn on"), kind="day", sort="drawn_date"),
        Column(
            "seed",
            _("Seed"),
            value=lambda row: "seed.txt" if row.seed else _("to come"),
            link=lambda row: file_address(row.pk, "seed") if row.seed else "",
        ),
    ]


def file_address(draw_id: str, what: str) -> str:
    """Where a file of a draw is."""
    return reverse("reports-draw-file", args=[draw_id, what])


@require_safe
def draw_file(request: HttpRequest, draw_id: str, what: str) -> HttpResponse:
    """The list of a draw, or the text of which the seed is the SHA-256.

    Raises:
        Http404: there is no such draw of the viewer's units, or its seed is to come.
    """
    draw = draws.draws_of(actor_of(request.user), timezone.localdate()).filter(pk=draw_id).first()
    if draw is None or what not in {"list", "seed"} or (what == "seed" and not draw.seed):
        raise Http404(draw_id)
    content = bytes(draw.listed) if what == "list" else draws.seed_file(draw).encode()
    return as_attachment(content, f"{what}-{draw.pk}.txt", PLAIN)
