"""Pages of heads of bodies: applications that no officer of theirs may have, and the body whose officers are drawn instead."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.reads import note
from adaldyq.measures.permits.actions.lending import lend_application
from adaldyq.measures.permits.forms.unheld import LendForm
from adaldyq.measures.permits.queries import applications, unheld
from adaldyq.measures.permits.queries.catalogue import body as body_of
from adaldyq.measures.permits.views.acting import acted
from adaldyq.measures.permits.views.applications import KIND, name_of
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def unheld_page(request: HttpRequest) -> HttpResponse:
    """What nobody may decide of the bodies that the visitor heads."""
    by, today = actor_of(request.user), timezone.localdate()
    columns = [
        Column("number", _("Number"), sort="number", link=lambda row: reverse("permits-lend", args=[row.pk])),
        Column("name", _("For what"), value=name_of),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.body.names, row.body.name)),
        Column("since", _("Nobody may decide this since"), kind="moment", value=lambda row: row.nobody_at),
        Column("due", _("Last day"), kind="day", value=lambda row: row.due_date, sort="due_date"),
        Column("left", _("Working days left"), kind="number", value=lambda row: applications.days_left(row, today)),
    ]
    page = sorted_page(request, unheld.unheld(by), columns, default="due_date")
    note(request, KIND, [(row.pk, row.person_id or "") for row in page.rows])
    empty = _("For every application an officer is drawn or can be.")
    table = Table(_("Nobody may decide"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "permits/unheld.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
def lend_page(request: HttpRequest, application_id: str) -> HttpResponse:
    """The body whose officers are drawn for an application.

    Raises:
        Http404: there is none that nobody may decide, or it is not of a body that the visitor heads.
    """
    by, at = actor_of(request.user), timezone.now()
    one: Any = unheld.unheld(by).filter(pk=application_id).first()
    if one is None:
        raise Http404(application_id)
    note(request, KIND, [(one.pk, one.person_id or "")])
    names = naming.body_names()
    offered = [(each.pk, names.get(each.pk, each.name)) for each in unheld.lenders(one, day_of(at))]
    form = LendForm(request.POST if request.method == "POST" else None, offered=offered)

    def perform() -> None:
        body = body_of(form.cleaned_data["body"])
        if body is None:
            raise Http404(application_id)
        lend_application(application=one, to=body, words=form.cleaned_data["words"], by=by, at=at)

    done, status = acted(request, form, f"permits.lend.{one.pk}", by, at, perform)
    if done is not None:
        return redirect("permits-unheld")
    facts = [
        Fact(_("For what"), name_of(one)),
        Fact(_("Applicant"), one.applicant_name),
        Fact(_("Last day"), one.due_date, kind="day"),
        Fact(_("Nobody may decide this since"), one.nobody_at, kind="moment"),
    ]
    context = {"application": one, "facts": facts, "form": form, "silent": one.version.silence_is_consent}
    return render(request, "permits/lend.html", context, status=status)
