"""Who of a body has not filed, for whoever answers for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.declarations.forms import OursForm
from adaldyq.measures.declarations.queries import obligations, ours
from adaldyq.measures.declarations.queries.ours import Obliged
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "obligation"
FILE = "obligations.csv"


@require_safe
def ours_page(request: HttpRequest) -> HttpResponse:
    """Those of the viewer's bodies who must file, at first those who have not."""
    form = asked(request)
    found = chosen(form)
    keeps = obligations.keeps(actor_of(request.user))
    columns = page_columns(several=len(form.chosen_bodies()) > 1, keeps=keeps)
    page = sorted_page(request, found, columns)
    reads.note(request, READ, map(concerned, page.rows))
    context = {
        "form": form,
        "year": form.chosen_year(),
        "total": page.total,
        "has_bodies": bool(form.bodies),
        "table": Table(
            _("Who must file"),
            columns,
            page.rows,
            page=page,
            download=f"{reverse('declarations-ours-csv')}?{request.GET.urlencode()}",
            hide_caption=True,
            empty=_("Nobody is in this state."),
        ),
        "remarks": remarks(request, page, columns),
    }
    return render(request, "declarations/ours.html", context)


@require_safe
def ours_csv(request: HttpRequest) -> HttpResponseBase:
    """The same people as a file."""
    rows = reads.noted(request, READ, chosen(asked(request)), concerned)
    return csv_response(FILE, file_columns(), rows)


def asked(request: HttpRequest) -> OursForm:
    """What of the viewer's bodies is asked for."""
    watched = ours.watched_bodies(actor_of(request.user))
    bodies = ours.bodies_to_choose(watched)
    return OursForm(request.GET, bodies, ours.years_of([key for key, _name in bodies]))


def chosen(form: OursForm) -> list[Obliged]:
    """The people who are asked for."""
    year = form.chosen_year()
    if year is None:
        return []
    return ours.obliged(form.chosen_bodies(), year, form.chosen_state(), timezone.localdate())


def concerned(row: Obliged) -> tuple[str, str]:
    """The record that is shown, and whose it is."""
    return row.id, row.person_id


def page_columns(*, several: bool, keeps: bool) -> list[Column]:
    """Columns of the page.

    Args:
        several: whether people of more than one body are shown.
        keeps: whether the viewer keeps declarations, and so may open an obligation.
    """

    def page_of(row: Obliged) -> str:
        return reverse("declarations-obligation", args=[row.id])

    return [
        Column("name", _("Full name"), sort="name_order", link=page_of if keeps else None),
        *([Column("body", _("Body"), sort="body")] if several else []),
        Column("form", _("Form"), sort="form"),
        Column("reason", _("Why"), sort="reason"),
        Column("due", _("Last day to file"), kind="day", sort="due"),
        Column("filed", _("Filed"), kind="day", sort="filed"),
        Column("outcome", _("State"), value=lambda row: outcome_state(row.outcome), sort="outcome"),
        Column("reached", _("Reminded by message"), value=reminded, sort="reached"),
    ]


def reminded(row: Obliged) -> str:
    """Whether messages reach somebody who has not filed; nothing of whoever has."""
    if row.filed:
        return ""
    return _("yes") if row.reached else _("no: they have no account")


def file_columns() -> list[Column]:
    """Columns of the file."""
    names = ("id", "person_id", "name", "body", "year", "form", "reason", "law", "due", "filed", "outcome", "reached")
    return [Column(name, name) for name in names]
