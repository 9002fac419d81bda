"""One invoice by its unguessable link: what it asks for, how it stands, and the way to the provider's page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import new_key
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.paying import Way, begin_payment
from adaldyq.measures.payments.forms.paying import PayForm
from adaldyq.measures.payments.queries import invoices
from adaldyq.measures.payments.views.invoices import (
    attempts_table,
    invoice_facts,
    purpose,
    refunds_table,
    waivers_table,
)

BEING_CARRIED_OUT = ("started", "submitted")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invoice_page(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """An invoice for whoever has its link; the form leads to the provider's page.

    Raises:
        Http404: there is none.
    """
    one = invoices.invoice(invoice_id)
    if one is None:
        raise Http404(invoice_id)
    by, status = actor_of(request.user), HTTPStatus.OK
    payable = invoices.may_be_paid(one, timezone.localdate())
    form = PayForm(request.POST if request.method == "POST" else None) if payable or request.method == "POST" else None
    if form is not None and form.is_bound:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            begun: list[str] = []
            refused = refusal(form, lambda: begun.append(begin(request, one, form)))
            if refused is None:
                return leave(begun[0]) if begun[0] else redirect("payments-invoice", one.pk)
            status = refused
            one = invoices.invoice(invoice_id) or one
    attempts = invoices.attempts_of(one)
    context = {
        "invoice": one,
        "name": purpose(one),
        "facts": invoice_facts(one),
        "form": form,
        "own": policies.is_payer(by, one),
        "staff": policies.may_decide(by, one.body),
        "receipt": one.settled_at is not None and one.held > 0,
        "under_way": payable and any(each.state in BEING_CARRIED_OUT for each in attempts),
        "attempts": attempts_table(one),
        "refunds": refunds_table(one),
        "waivers": waivers_table(one) if policies.is_payer(by, one) else None,
    }
    return render(request, "payments/invoice.html", context, status=status)


def begin(request: HttpRequest, one: Any, form: PayForm) -> str:
    """Begin the payment that a form asks for, and return the provider's page; empty when it has ended already."""
    provider, method = form.chosen
    language = get_language() or naming.pack().languages[0]
    way = Way(
        provider=provider,
        method=method,
        key=form.cleaned_data["form_key"] or new_key(),
        return_address=f"{settings.SITE_ADDRESS}{reverse('payments-invoice', args=[one.pk])}",
        webhook_address=webhook_address(provider),
        language=language,
        purpose=purpose(one),
    )
    return begin_payment(invoice=one, way=way, by=actor_of(request.user), at=timezone.now()).page


def webhook_address(provider: str) -> str:
    """Where a provider tells what happens."""
    return f"{settings.SITE_ADDRESS}{reverse('payments-webhook', args=[provider])}"


def leave(page: str) -> HttpResponse:
    """Send the payer to the provider's page."""
    return HttpResponseRedirect(page, status=HTTPStatus.SEE_OTHER)
