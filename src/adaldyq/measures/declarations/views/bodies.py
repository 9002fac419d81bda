"""The page of a body: who of it had to declare, and what came."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations import statistics
from adaldyq.measures.declarations.forms import YearForm
from adaldyq.measures.declarations.queries import bodies
from adaldyq.measures.declarations.queries.bodies import Declarant
from adaldyq.measures.declarations.views.counts import outcome_columns
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.measures.declarations.views.values import body_values
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def body_page(request: HttpRequest, body_id: str) -> HttpResponse:
    """A body: what it is, its numbers by year, its declarants of one year."""
    body = body_or_404(body_id)
    today = timezone.localdate()
    rows = statistics.counted(today, body=body.pk)
    years = statistics.by_year(rows)
    form = YearForm(request.GET, [int(one.name) for one in years], statistics.leading_year(years))
    year = form.chosen()
    people = bodies.declarants(body.pk, year, today) if year else []
    columns = page_columns()
    page = sorted_page(request, people, columns)
    context = {
        "body": body,
        "name": naming.spoken(body.names, body.name),
        "facts": facts_of(body),
        "form": form,
        "year": year,
        "choices": [Link(one.name, f"?year={one.name}", current=one.name == str(year)) for one in years],
        "years": Table(_("By year"), outcome_columns(_("Year")), years, hide_caption=True),
        "people": Table(
            _("Declarants"),
            columns,
            page.rows,
            page=page,
            download=f"{reverse('declarations-body-csv', args=[body.pk])}?year={year}",
            hide_caption=True,
            empty=_("Nobody of this body had to declare openly."),
        ),
        "values": body_values(body.pk),
        "definitions": statistics.DEFINITIONS,
        "remarks": remarks(request, page, columns),
        "today": today,
    }
    return render(request, "declarations/body.html", context)


@require_safe
def body_csv(request: HttpRequest, body_id: str) -> HttpResponseBase:
    """The declarants of a body for a year as a file.

    Raises:
        Http404: there is no such body, or nobody of it had to declare for that year.
    """
    body = body_or_404(body_id)
    today = timezone.localdate()
    years = bodies.years_of(body.pk)
    asked = request.GET.get("year") or str(years[0] if years else "")
    if asked not in {str(year) for year in years}:
        raise Http404(asked)
    people = bodies.declarants(body.pk, int(asked), today)
    return csv_response(f"body-{body.pk}-{asked}.csv", file_columns(), people)


def body_or_404(body_id: str) -> Body:
    """The body with this id.

    Raises:
        Http404: there is none, or nobody of it declares openly.
    """
    body = bodies.body(body_id)
    if body is None:
        raise Http404(body_id)
    return body


def facts_of(body: Body) -> Sequence[Fact]:
    """What a body is."""
    codes = naming.pack().codes
    parent = body.parent
    return [
        Fact(_("Kind"), naming.spoken(codes.get("body_kind", {}).get(body.kind, {}), body.kind)),
        Fact(_("Level"), naming.spoken(codes.get("body_level", {}).get(body.level, {}), body.level)),
        Fact(_("Territory"), naming.place_name(body.territory_id)),
        *([Fact(_("Belongs to"), naming.spoken(parent.names, parent.name))] if parent else []),
    ]


def page_columns() -> list[Column]:
    """Columns of the page."""

    def person(row: Declarant) -> str:
        return reverse("declarations-person", args=[row.person_id]) if row.has_page else ""

    def declaration(row: Declarant) -> str:
        return reverse("declarations-declaration", args=[row.declaration_id]) if row.declaration_id else ""

    return [
        Column("name", _("Full name"), sort="name_order", link=person),
        Column("form", _("Form"), sort="form", link=declaration),
        Column("due", _("Last day to file"), kind="day"),
        Column("filed", _("Filed"), kind="day", sort="filed"),
        Column("outcome", _("State"), value=lambda row: outcome_state(row.outcome), sort="outcome"),
    ]


def file_columns() -> list[Column]:
    """Columns of the file."""
    return [Column(name, name) for name in ("person_id", "name", "form", "due", "filed", "outcome", "declaration_id")]
