"""The port of payments: an invoice for what somebody owes the state, such as a fine or a fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Model

from adaldyq.base.money import Money
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import PortRequest
from adaldyq.kernel.ports import INVOICE
from adaldyq.kernel.ports import actions as ports


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is to be paid.

    Attributes:
        payer: id of the person; empty when nobody is known who pays, such as for a company without a head.
        purpose: for the payer to read, by language.
        due_date: last day to pay.
        reference: number of the record that the payer knows.
    """

    payer: str
    amount: Money
    purpose: Mapping[str, str]
    due_date: date
    reference: str


def invoice(wanted: Invoice, *, about: Model, by: Actor, at: datetime) -> PortRequest:
    """Ask for an invoice, in the transaction of the caller's act; asking again about one record asks once.

    Raises:
        TransactionManagementError: called outside an act's transaction.
    """
    facts: dict[str, object] = {
        "amount": str(wanted.amount.amount),
        "currency": wanted.amount.currency,
        "purpose": dict(wanted.purpose),
        "due_date": wanted.due_date.isoformat(),
        "reference": wanted.reference,
    }
    return ports.ask(port=INVOICE, about=about, facts=facts, person=wanted.payer or None, by=by, at=at)


def invoice_of(request: PortRequest) -> Invoice:
    """What a request asks for; its payer is who the person is now, should two records have been merged."""
    facts = request.facts
    return Invoice(
        request.person_id or "",
        Money(Decimal(facts["amount"]), facts["currency"]),
        facts["purpose"],
        date.fromisoformat(facts["due_date"]),
        facts["reference"],
    )
