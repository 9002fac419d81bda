"""The page on which a refund that did not reach the payer is asked for again, to the same account or another."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments.actions.refunds_again import request_again
from adaldyq.measures.payments.forms.refunds_again import AgainForm
from adaldyq.measures.payments.queries import invoices, refunds
from adaldyq.measures.payments.queries.words import REFUND_WORDS
from adaldyq.measures.payments.views.invoices import purpose, sum_of
from adaldyq.ui.facts import Fact

READ = "invoice"


@require_http_methods(["GET", "HEAD", "POST"])
def again_page(request: HttpRequest, refund_id: str) -> HttpResponse:
    """A refund that did not reach the payer, and where it goes now.

    Raises:
        Http404: there is none of the viewer's bodies, or it reached the payer, or was asked for again.
    """
    by, at = actor_of(request.user), timezone.now()
    one = invoices.refund(by, refund_id)
    if one is None or (request.method != "POST" and not refunds.may_again(one)):
        raise Http404(refund_id)
    by_bank = one.attempt.provider == "bank"
    form, status = AgainForm(request.POST if request.method == "POST" else None, by_bank=by_bank), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        made: list[str] = []

        def perform() -> Mapping[str, Any]:
            said = form.cleaned_data
            new = request_again(refund=one, account=said.get("account", ""), words=said["words"], by=by, at=at)
            made.append(new.pk)
            return {}

        if form.is_valid():
            place = f"payments.again.{one.pk}"
            refused = refusal(form, lambda: sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform))
            if refused is None:
                return redirect("payments-refund", made[0]) if made else redirect("payments-desk")
            status = refused
    reads.note(request, READ, [invoices.concerned(one.invoice)])
    facts = [
        Fact(_("State"), REFUND_WORDS[one.state]),
        Fact(_("Amount"), sum_of(one, one.amount), kind="money"),
        Fact(_("Account"), one.account or None),
        Fact(_("Why"), one.words),
    ]
    context = {"one": one, "form": form, "facts": [each for each in facts if each.stated], "name": purpose(one.invoice)}
    return render(request, "payments/refund_again.html", context, status=status)
