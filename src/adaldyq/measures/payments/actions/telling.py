"""What payers are told in the application and by the channels that they chose."""

from __future__ import annotations

from collections.abc import Iterable
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
    tell_payers([invoice], message, at, key)


def tell_payers(invoices: Iterable[Invoice], message: str, at: datetime, key: str = "") -> None:
    """Tell whoever pays each of some invoices."""
    of: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        if invoice.person_id:
            of.setdefault(invoice.person_id, []).append(invoice)
    accounts = Account.objects.filter(person__in=sorted(of), is_active=True).order_by("pk") if of else ()
    for account in accounts:
        for invoice in of[account.person_id or ""]:
            parameters = {"due_date": invoice.due_date.isoformat()}
            named, href = f"{message}:{invoice.pk}:{key}", f"payments/invoices/{invoice.pk}/"
            notify(account=account, message=message, parameters=parameters, key=named, href=href, at=at)
