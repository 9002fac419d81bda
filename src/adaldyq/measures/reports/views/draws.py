"""The draws that give reports to officers, with what anybody needs to repeat them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.queries import draws
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "report"
PLAIN = "text/plain; charset=utf-8"


@require_safe
def draws_page(request: HttpRequest) -> HttpResponse:
    """Draws of the viewer's units."""
    rows = draws.draws_of(actor_of(request.user), timezone.localdate())
    page = sorted_page(request, rows, columns({}), default="-fixed_date")
    empty = _("Nothing was drawn yet. Each night reports that nobody answers for are given out by lot.")
    lines = draws.seen_by(actor_of(request.user), page.rows, timezone.localdate())
    reads.note(request, READ, [(report, "") for found in lines.values() for report, _line in found])
    table = Table(_("Draws"), columns(lines), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/draws.html", {"table": table})


def columns(lines: Mapping[str, Sequence[object]]) -> list[Column]:
    """Columns of the list, with the lines that the viewer sees, by draw."""
    return [
        Column("fixed_date", _("List fixed on"), kind="day", sort="fixed_date"),
        Column("unit", _("Body"), value=lambda row: naming.spoken(row.unit.body.names, row.unit.body.name)),
        Column("list", _("List"), value=lambda _row: "list.txt", link=lambda row: file_address(row.pk, "list")),
        Column(
            "lines",
            _("Lines of reports that you see"),
            kind="number",
            value=lambda row: len(lines.get(row.pk, ())),
            link=lambda row: file_address(row.pk, "lines") if lines.get(row.pk) else "",
        ),
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
    """The list of a draw, those of its lines whose reports the viewer sees, or the text of which the seed is the SHA-256.

    Raises:
        Http404: there is no such draw of the viewer's units, or its seed is to come.
    """
    by, day = actor_of(request.user), timezone.localdate()
    draw = draws.draws_of(by, day).filter(pk=draw_id).first()
    if draw is None or what not in {"list", "lines", "seed"} or (what == "seed" and not draw.seed):
        raise Http404(draw_id)
    lines = draws.seen_by(by, [draw], day)[draw.pk] if what == "lines" else []
    reads.note(request, READ, [(report, "") for report, _line in lines])
    content = {
        "list": lambda: bytes(draw.listed),
        "lines": lambda: draws.text_of(line for _report, line in lines).encode(),
        "seed": lambda: draws.seed_file(draw).encode(),
    }[what]()
    return as_attachment(content, f"{what}-{draw.pk}.txt", PLAIN)
