"""The port of payments: what another measure asks for becomes an invoice; what it takes back is cancelled, and given back.

The worker gives each request once, those that waited before there were payments too.
"""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Person, PortRequest
from adaldyq.kernel.models.ports import WITHDRAWN
from adaldyq.kernel.ports.fees import invoice_of
from adaldyq.measures.payments.actions.answering import tell
from adaldyq.measures.payments.actions.invoices import NewInvoice, cancel_invoice, issue_invoice
from adaldyq.measures.payments.actions.loading import brought_fee, stated_fee
from adaldyq.measures.payments.actions.refunds import NewRefund, request_refund
from adaldyq.measures.payments.actions.telling import tell_payer
from adaldyq.measures.payments.models import Invoice
from adaldyq.measures.payments.states import CANCELLED, GIVEABLE

BY = system("payments")
WHY = "What it was paid for has fallen."


def take_request(request: PortRequest, at: datetime) -> None:
    """Issue the invoice that a request asks for, or cancel that of one that was withdrawn.

    Raises:
        DomainError: `fee-not-in-force` while the country has no fee whose sums acts state; the worker then tries again.
    """
    if request.state == WITHDRAWN:
        take_back(request, at)
        return
    wanted = invoice_of(request)
    version = brought_fee(wanted.fee, by=BY, at=at) if wanted.fee else stated_fee(by=BY, at=at)
    new = NewInvoice(
        version,
        person=Person.objects.filter(pk=wanted.payer).first(),
        purpose=wanted.purpose,
        stated=None if wanted.fee else wanted.amount,
        due_date=wanted.due_date,
        subject_kind=request.subject_kind,
        subject_id=request.subject_id,
        request=request.pk,
    )
    issued = issue_invoice(new=new, by=BY, at=at)
    tell(issued, "issued", at)
    tell_payer(issued, "invoice-issued", at)


def take_back(request: PortRequest, at: datetime) -> None:
    """Cancel the invoice of a request, and ask for everything to be given back that was paid for it."""
    invoice = Invoice.objects.filter(request=request.pk).first()
    if invoice is None or invoice.state == CANCELLED:
        return
    done = cancel_invoice(invoice=invoice, by=BY, at=at)
    for attempt in done.attempts.filter(state__in=GIVEABLE, contested=0).select_related("invoice__body"):
        if left := attempt.captured - attempt.refunding - attempt.charged_back:
            new = NewRefund(attempt, left, "cancelled", WHY, f"withdrawn-{request.pk}")
            request_refund(new=new, by=BY, at=at)
