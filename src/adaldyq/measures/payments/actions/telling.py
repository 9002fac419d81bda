"""What payers are told in the application and by the channels that they chose."""

from __future__ import annotations

from datetime import datetime

from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import notify
from adaldyq.measures.payments.models import Invoice


def tell_payer(invoice: Invoice, message: str, at: datetime, key: str = "") -> None:
    """Tell the accounts of whoever pays about an invoice, with its page, as part of an act.

    Args:
        message: one of `queries.messages`.
        key: tells apart messages of one kind about one invoice, such as refunds.
    """
    if not invoice.person_id:
        return
    parameters = {"due_date": invoice.due_date.isoformat()}
    href = f"payments/invoices/{invoice.pk}/"
    for account in Account.objects.filter(person_id=invoice.person_id, is_active=True).order_by("pk"):
        named = f"{message}:{invoice.pk}:{key}"
        notify(account=account, message=message, parameters=parameters, key=named, href=href, at=at)
