"""What is due for the viewer, and how deadlines are kept, for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines import queries
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.measure import told_apart
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import MISSED, PAUSED
from adaldyq.kernel.naming import spoken
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Link, State
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What is due for the viewer, the nearest first."""
    columns = (
        Column("title", _("What is due"), value=lambda one: _(one.title), link=address_of),
        Column("body", _("For"), value=body_of),
        Column("due_date", _("Last day"), kind="day", sort="due_date"),
        Column("state", _("State"), value=state_of),
    )
    found = queries.binding(actor_of(request.user), day_of(timezone.now()))
    page = sorted_page(request, found, columns, default="due_date")
    empty = _("Nothing is due for you. What you or your body must do by a day will be here.")
    table = Table(_("My deadlines"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "desk/deadlines.html", {"table": table})


def address_of(deadline: Deadline) -> str:
    """The page of what a deadline is about."""
    return f"/{get_language()}/{deadline.href}" if deadline.href else ""


def body_of(deadline: Deadline) -> str:
    """The body that a deadline binds."""
    return spoken(deadline.body.names, deadline.body.name) if deadline.body else _("you")


def state_of(deadline: Deadline) -> State:
    """How a deadline stands."""
    if deadline.state == MISSED:
        return State(_("missed"), "bad")
    return State(_("paused"), "work") if deadline.state == PAUSED else State(_("running"), "open")


@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many deadlines were met, late and missed."""
    table = Table(
        _("Deadlines by kind"),
        count_columns(),
        list(queries.counts()),
        download=reverse("desk-deadlines-csv"),
        hide_caption=True,
        empty=_("No deadline has run yet. When one does, it will be counted here."),
    )
    apart = [Link(str(title), reverse(name)) for name, title in pages_apart()]
    return render(request, "desk/counts.html", {"table": table, "today": timezone.now(), "apart": apart})


def pages_apart() -> list[tuple[str, object]]:
    """Pages that tell of deadlines which are not counted here, with their titles."""
    return [config.terms_told for config in told_apart() if config.terms_told]


@require_safe
def counts_csv(request: HttpRequest) -> HttpResponseBase:
    """The same numbers as a file."""
    return csv_response("deadlines.csv", count_columns(), queries.counts())


def count_columns() -> Sequence[Column]:
    """Columns of the counts."""
    return (
        Column("name", _("What is due"), value=lambda one: _(one.title)),
        Column("running", _("Running"), kind="number"),
        Column("paused", _("Paused"), kind="number"),
        Column("met", _("Met in time"), kind="number"),
        Column("met_late", _("Met late"), kind="number"),
        Column("missed", _("Missed and not done"), kind="number"),
        Column("share_met", _("Share in time"), kind="percent"),
    )
