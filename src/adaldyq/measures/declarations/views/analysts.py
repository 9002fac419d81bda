"""Analysts of a body with their open reviews, for its head, who gives them to others when somebody is away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions.reassigning import reassign_reviews
from adaldyq.measures.declarations.forms.reviews import ReassignForm
from adaldyq.measures.declarations.queries import analysts
from adaldyq.ui.tables import Column, Table


@require_http_methods(["GET", "HEAD", "POST"])
def analysts_page(request: HttpRequest) -> HttpResponse:
    """Numbers of reviews by analyst, never whose declarations; and the form that gives those of one to others."""
    by, at = actor_of(request.user), timezone.now()
    rows = analysts.workloads(by, at)
    form = ReassignForm(
        request.POST if request.method == "POST" else None, [(one.pk, one.name) for one in rows if one.open]
    )
    status = None
    if form.is_bound:
        status = refusal(form, partial(reassign, request, form)) if form.is_valid() else 422
        if status is None:
            return redirect("declarations-review-analysts")
    columns = [
        Column("name", _("Analyst")),
        Column("open", _("Open reviews"), kind="number"),
        Column("overdue", _("The last day has passed"), kind="number"),
        Column("away_until", _("Away until"), kind="day"),
    ]
    empty = _("No analyst has that role in a body that you head.")
    context = {
        "form": form,
        "any": any(one.open for one in rows),
        "table": Table(_("Analysts"), columns, list(rows), hide_caption=True, empty=empty),
    }
    return render(request, "declarations/review_analysts.html", context, status=status)


def reassign(request: HttpRequest, form: Any) -> None:
    """Give the open reviews of an analyst to others, once."""
    by, at = actor_of(request.user), timezone.now()
    analyst, ground = form.cleaned_data["analyst"], form.cleaned_data["text"]

    def perform() -> dict[str, str]:
        one = analysts.led_by(by, at).get(pk=analyst)
        return {"given": str(reassign_reviews(analyst=one, ground=ground, by=by, at=at).given)}

    sent_once(request.POST, place="review-reassign", owner=by.id, at=at, perform=perform)
