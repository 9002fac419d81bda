"""What whoever asked for an invoice through the port is told: that it was issued, paid, waived or is owed again."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import PortAnswer, PortRequest
from adaldyq.kernel.ports import Answer
from adaldyq.kernel.ports.actions import answer_once
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.models import Invoice

BY = system("payments")


def tell(invoice: Invoice, state: str, at: datetime, reference: str = "") -> None:
    """Answer the request behind an invoice, once; nothing for an invoice that nobody asked for through the port."""
    request = PortRequest.objects.filter(pk=invoice.request).first() if invoice.request else None
    if request is None:
        return
    sum_ = money(invoice.amount, invoice.currency)
    given = Answer(state, day_of(at), number=invoice.number, amount=sum_, reference=reference)
    answer_once(request=request, given=given, by=BY, at=at)


def tell_paid(invoice: Invoice, at: datetime) -> None:
    """Answer that it was paid, naming what banks and providers know it by, and which time it was if not the first."""
    before = PortAnswer.objects.filter(request=invoice.request or None, state="owed").count()
    tell(invoice, "paid", at, f"{invoice.reference}/{before + 1}" if before else invoice.reference)


def tell_owed(invoice: Invoice, at: datetime) -> None:
    """Answer that what had been paid was taken back, so that it is owed again."""
    paid = PortAnswer.objects.filter(request=invoice.request or None, state="paid").count()
    tell(invoice, "owed", at, f"{invoice.reference}/{paid}")
