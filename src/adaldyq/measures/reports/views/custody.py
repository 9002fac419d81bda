"""Pages of custodians: names that are kept apart, and opening one for a stated reason. Reports are not seen here."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions.identities import open_identity
from adaldyq.measures.reports.adapters import identities as files
from adaldyq.measures.reports.forms.custody import OpenNameForm
from adaldyq.measures.reports.queries import identities, queue
from adaldyq.measures.reports.queries.words import REASONS
from adaldyq.measures.reports.views.office_words import said_to_officers
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Fact, Happening
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "report"


@require_safe
def custody_page(request: HttpRequest) -> HttpResponse:
    """Names that the custodian's units keep."""
    by = actor_of(request.user)
    page = sorted_page(request, identities.kept(by, timezone.localdate()), columns(), default="-made_date")
    reads.note(request, READ, [(one.report_id, "") for one in page.rows])
    empty = _("No reporter has given a name.")
    table = Table(_("Names kept apart"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/custody.html", {"table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("report_id", _("Report"), link=lambda row: reverse("reports-name", args=[row.report_id])),
        Column("made_date", _("Received on"), kind="day", sort="made_date"),
        Column("unit", _("Body"), value=lambda row: naming.spoken(row.unit.body.names, row.unit.body.name)),
        Column("openings", _("Times opened"), value=lambda row: len(row.openings.all()), kind="number"),
    ]


def seen(request: HttpRequest, report_id: str) -> tuple[Actor, Any]:
    """The custodian and the name that a page is about, its look noted.

    Raises:
        Http404: there is none, or another office keeps it.
    """
    by = actor_of(request.user)
    identity = identities.one_kept(by, report_id, timezone.localdate())
    if identity is None:
        raise Http404(report_id)
    reads.note(request, READ, [(report_id, "")])
    return by, identity


@require_http_methods(["GET", "HEAD", "POST"])
def name_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """One name: when and why it was opened, and opening it."""
    by, identity = seen(request, report_id)
    form, status = OpenNameForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: open_once(request, by, identity, form.cleaned_data))
            if refused is None:
                return redirect("reports-name", report_id)
            status = refused
    handed = identities.handed_out(identity, by, timezone.localdate())
    context = {
        "identity": identity,
        "form": form,
        "facts": [Fact(_("Received on"), identity.made_date, kind="day")],
        "happenings": happenings(identity),
        "file": reverse("reports-name-file", args=[report_id]) if handed else "",
        "said": said_in_custody(by, report_id),
    }
    response = render(request, "reports/name.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def open_once(request: HttpRequest, by: Actor, identity: Any, sent: Mapping[str, Any]) -> None:
    """Open a name once, also when the form is sent twice."""
    now = timezone.now()

    def perform() -> Mapping[str, Any]:
        open_identity(identity=identity, reason=sent["reason"], basis=sent["basis"], by=by, at=now)
        return {}

    place = f"reports.name.{identity.report_id}"
    sent_once(request.POST, place=place, owner=by.id, at=now, perform=perform)


def happenings(identity: Any) -> list[Happening]:
    """Openings of a name, the last first."""
    return [
        Happening(str(REASONS[one.reason]), one.made_date, text=f"{one.by.name}: {one.basis}")
        for one in reversed(identity.openings.all())
    ]


def said_in_custody(by: Actor, report_id: str) -> dict[str, Any]:
    """What the script of a name's page says, where it asks, and the custodian's own locked keys."""
    return {
        **said_to_officers(),
        "lockers": queue.lockers_of(by),
        "name": reverse("reports-name-file", args=[report_id]),
        "notCustodian": _("Your key is not one of those to which this name is sealed."),
    }


@require_safe
def name_file(request: HttpRequest, report_id: str) -> HttpResponse:
    """The envelope of a name, for the custodian who opened it today.

    Raises:
        Http404: nobody opened it today, or somebody else did.
    """
    by, identity = seen(request, report_id)
    if not identities.handed_out(identity, by, timezone.localdate()):
        raise Http404(report_id)
    text = files.written(report_id, bytes(identity.wrapped), bytes(identity.sealed))
    response = as_attachment(text.encode(), f"name-{report_id}.json", "application/json")
    response["Cache-Control"] = "no-store"
    return response
