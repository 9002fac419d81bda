"""Receipts: a PDF with a QR code by which anybody can check it, issued to whoever has the link of a paid invoice."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.documents.actions import Issue, issue_document, withdraw_document
from adaldyq.kernel.documents.paper import Paper
from adaldyq.kernel.models import Document
from adaldyq.kernel.uploads import store
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.models import Invoice
from adaldyq.measures.payments.queries.invoices import RECEIPT, receipt_of, receipts_of

SERIES = "PY"
BY = system("payments")


def issue_receipt(
    *, invoice: Invoice, paper: Paper, facts: dict[str, str], by: Actor, at: datetime
) -> tuple[Document, bytes]:
    """The receipt of a paid invoice and its file; it is issued once in each language.

    Args:
        paper: what it says.
        facts: what its check shows to anybody.

    Raises:
        DomainError: `receipt-unpaid` when nothing was paid, or it was given back; `file-gone`, `file-damaged`.
    """
    if invoice.settled_at is None or invoice.held <= 0:
        raise DomainError("receipt-unpaid", field="invoice")
    document = receipt_of(invoice, paper.language)
    if document is None:
        issue = Issue(RECEIPT, SERIES, invoice, paper, facts, invoice.person)
        document = issue_document(issue=issue, by=by if policies.is_payer(by, invoice) else BY, at=at)
    return document, store.take(document.place, sealed=True)


def withdraw_receipts(invoice: Invoice, at: datetime) -> None:
    """Withdraw the receipts of an invoice that is paid no longer, as part of an act; their check says so from now on."""
    for one in receipts_of(invoice):
        with override(one.language):
            ground = _("The money went back, or the payer's bank took it: the invoice is not paid.")
        withdraw_document(document=one, ground=ground, by=BY, at=at)
