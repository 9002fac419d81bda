"""Checks a receipt step by step."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.ledger import keys
from adaldyq.ledger.receipts import Step, Verdict, check_text
from adaldyq.ledger.wording import sentence
from adaldyq.portal.ledger.forms import CheckForm
from adaldyq.ui.facts import State
from adaldyq.ui.tables import Column, Table

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: HttpRequest) -> HttpResponse:
    """Take a receipt and say what it proves."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["key"]
        context |= judged(check_text(form.receipt(), [given] if given else keys.public_keys()))
        return render(request, "ledger_pages/check.html", context)
    return render(request, "ledger_pages/check.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def judged(verdict: Verdict) -> dict[str, object]:
    """A verdict as a page shows it."""
    return {
        "verdict": "holds" if verdict.holds else "refuted" if verdict.refuted else "unjudged",
        "steps": steps_table(verdict.steps),
    }


def steps_table(steps: Sequence[Step]) -> Table:
    """Steps of a check, each with its outcome."""
    words = {
        True: State(_("holds"), "good"),
        False: State(_("does not hold"), "bad"),
        None: State(_("not checked"), "plain"),
    }
    columns = (
        Column("code", _("What was checked"), value=lambda step: sentence(step.code, step.facts, _)),
        Column("holds", _("Outcome"), value=lambda step: words[step.holds]),
    )
    return Table(_("The check, step by step"), columns, steps, hide_caption=True)
