"""The port of payments: an invoice for what somebody owes the state, such as a fine or a fee."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model

from adaldyq.base.money import Money
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import PortRequest
from adaldyq.kernel.ports import INVOICE
from adaldyq.kernel.ports import actions as ports


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The fee that an invoice is by: payments keep its schedule, and publish what they are told where they have none of it.

    Attributes:
        code: of the schedule, such as `permit-l-001`.
        body: id of the body whose service it is.
        since: first day on which it was so.
        units: how many, in the country's unit of fees; a number as text.
        names, law, article: by language.
    """

    code: str
    body: str
    since: date
    units: str
    names: Mapping[str, str]
    law: Mapping[str, str]
    law_number: str
    law_date: date
    article: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is to be paid.

    Attributes:
        payer: id of the person; empty when nobody is known who pays, such as for a company without a head.
        purpose: for the payer to read, by language.
        due_date: last day to pay.
        reference: number of the record that the payer knows.
        fee: by which fee; without it an act states the sum, as of a fine.
    """

    payer: str
    amount: Money
    purpose: Mapping[str, str]
    due_date: date
    reference: str
    fee: Scheduled | None = None


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
        "fee": data_of(wanted.fee) if wanted.fee else None,
    }
    return ports.ask(port=INVOICE, about=about, facts=facts, person=wanted.payer or None, by=by, at=at)


def data_of(fee: Scheduled) -> dict[str, object]:
    """A fee as a request keeps it."""
    days = {"since": fee.since.isoformat(), "law_date": fee.law_date.isoformat()}
    texts = {name: dict(getattr(fee, name)) for name in ("names", "law", "article")}
    return asdict(fee) | texts | days


def fee_of(data: Mapping[str, Any]) -> Scheduled:
    """A fee of a request."""
    days = {name: date.fromisoformat(data[name]) for name in ("since", "law_date")}
    return Scheduled(**{**data, **days})


def invoice_of(request: PortRequest) -> Invoice:
    """What a request asks for; its payer is who the person is now, should two records have been merged."""
    facts = request.facts
    return Invoice(
        request.person_id or "",
        Money(Decimal(facts["amount"]), facts["currency"]),
        facts["purpose"],
        date.fromisoformat(facts["due_date"]),
        facts["reference"],
        fee_of(facts["fee"]) if facts.get("fee") else None,
    )
