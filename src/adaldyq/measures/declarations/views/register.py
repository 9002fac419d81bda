"""The register of officials' declarations: search, filters, order, file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.base.ids import ALPHABET, LENGTH
from adaldyq.measures.declarations.forms import RegisterForm
from adaldyq.measures.declarations.queries import register
from adaldyq.measures.declarations.queries.whole import Part
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, RowsPage, Table, sorted_page

ANY_ID = ALPHABET[0] * LENGTH


@require_safe
def show_register(request: HttpRequest) -> HttpResponse:
    """A page of the register."""
    form = RegisterForm(request.GET)
    columns = page_columns()
    page = sorted_page(request, register.declarations(form.asked()), columns)
    address = f"{reverse('declarations-register-csv')}?{request.GET.urlencode()}"
    table = Table(
        _("Declarations"),
        columns,
        register.entries(page.rows),
        page=page,
        download=address,
        hide_caption=True,
        empty=_("No declaration fits. Try fewer words, another spelling, or clear the filters."),
    )
    context = {
        "form": form,
        "table": table,
        "total": page.total,
        "remarks": remarks(request, page, columns),
        "newest": register.newest_filing(),
    }
    return render(request, "declarations/register.html", context)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The same part of the register as a file."""
    return csv_response("declarations.csv", file_columns(), register.all_entries(asked_for(request)))


def asked_for(request: HttpRequest) -> Part:
    """The part of the register that the page shows by the same address.

    Raises:
        BadRequest: a filter is wrong; the page would say so and show the rest, and a file cannot.
    """
    form = RegisterForm(request.GET)
    asked = form.asked()
    if form.errors:
        raise BadRequest(", ".join(form.errors))
    return register.declarations(asked)


def page_columns() -> list[Column]:
    """Columns of the page."""
    person, body, declaration = map(links, ("declarations-person", "declarations-body", "declarations-declaration"))
    return [
        Column("name", _("Full name"), sort="name_order", link=lambda row: person(row.person_id)),
        Column("post", _("Post")),
        Column("body", _("Body"), link=lambda row: body(row.body_id)),
        Column("year", _("Year"), kind="year", link=lambda row: declaration(row.id)),
        Column("form", _("Form")),
        Column("filed_at", _("Filed"), kind="day", sort="filed_at"),
        Column("outcome", _("State"), value=lambda row: outcome_state(row.outcome) if row.outcome else None),
    ]


def file_columns() -> list[Column]:
    """Columns of the file."""
    return [
        Column("id", _("Declaration")),
        Column("person_id", _("Person")),
        Column("name", _("Full name")),
        Column("post", _("Post")),
        Column("body", _("Body")),
        Column("year", _("Year")),
        Column("form", _("Form")),
        Column("filed_at", _("Filed")),
        Column("outcome", _("State")),
    ]


def links(route: str) -> Callable[[str], str]:
    """Addresses of the records of a route by id, empty where there is none; the route is resolved once for all rows."""
    before, after = reverse(route, args=[ANY_ID]).split(ANY_ID)
    return lambda key: f"{before}{key}{after}" if key else ""


def remarks(request: HttpRequest, page: RowsPage, columns: Sequence[Column]) -> list[str]:
    """What of the address could not be followed."""
    found = []
    sort, number = request.GET.get("sort", ""), request.GET.get("page", "")
    if sort and sort.removeprefix("-") not in {column.sort for column in columns if column.sort}:
        found.append(_("There is no such order; the list is in its usual one, newest first."))
    if number and number != str(page.number):
        found.append(
            _("There is no page “%(asked)s”; this is page %(number)s of %(pages)s.")
            % {"asked": number[:20], "number": page.number, "pages": page.pages}
        )
    return found
