"""Operations on fees and payments, for everybody: what a service costs, how an invoice stands by its link, the numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.measures.payments import statistics
from adaldyq.measures.payments.queries import fees, invoices
from adaldyq.measures.payments.statistics import Period

router = Router(tags=["payments"])
ID_LENGTH = 12


class FeeOut(Schema):
    """What a service costs today."""

    code: str
    name: str
    body_id: str | None
    version: int
    valid_from: date
    valid_to: date | None
    formula: dict[str, str] = Field(
        description="Units of the index or of the currency: base in any case, each for each thing, least, most. Empty where an act states each sum."
    )
    amount: str | None = Field(description="What one thing costs today; none where an act states each sum.")
    currency: str
    due_days: int = Field(description="Working days in which it is to be paid.")
    law_number: str
    law_date: date
    source: str = Field(description="Where it was published, or `illustrative`.")


class InvoiceOut(Schema):
    """How an invoice stands. It names nobody."""

    number: str
    reference: str = Field(description="Creditor reference of ISO 11649, for a transfer.")
    state: str
    purpose: str
    amount: str
    waived: str
    paid: str
    to_pay: str
    currency: str
    due_date: date
    expires_date: date | None
    receipt: bool = Field(description="Whether it is paid and has a receipt.")


class NumbersAsked(Schema):
    """Which numbers are asked for."""

    year: int | None = Field(None, ge=1900, le=2100, description="The year; without it, this one.")
    by: str = Field("", pattern="^(service|body|region)?$", description="service, body or region; empty: all together.")


class PaymentNumbersOut(Schema):
    """Payments of a year, of a service, a body or a region, or all together."""

    year: int
    key: str
    name: str
    payments: int | None = Field(description="How many came; what counts too few to be told is null, here and below.")
    electronic: int | None = Field(description="Of these, by card, transfer or telephone.")
    share: str | None = Field(description="The same of a hundred.")
    amount: str | None
    due: int | None = Field(description="Invoices whose last day to pay fell into the year and has passed.")
    overdue: int | None = Field(description="Of these, not paid in full.")
    overdue_amount: str | None
    days: str | None = Field(description="Median of the days from an invoice to its payment.")
    refunds: int | None
    refunded: str | None
    currency: str


@router.get("/fees", response=list[FeeOut], url_name="api-payments-fees", summary="Fees")
def fees_today(request: HttpRequest) -> list[dict[str, Any]]:
    """What every public service costs today, by which act."""
    today, found = timezone.localdate(), []
    for one in fees.fees():
        version = fees.fee_on(one, today)
        if version is None:
            continue
        sum_ = fees.sum_on(version, today)
        same = ("version", "valid_from", "valid_to", "formula", "due_days", "law_number", "law_date", "source")
        found.append(
            {
                "code": one.code,
                "name": naming.spoken(version.names),
                "body_id": one.body_id,
                "amount": str(sum_.amount) if sum_ else None,
                "currency": naming.pack().currency,
                **{name: getattr(version, name) for name in same},
            }
        )
    return found


@router.get(
    "/invoices/{invoice_id}", response=InvoiceOut, url_name="api-payments-invoice", summary="An invoice by its link"
)
def invoice(request: HttpRequest, invoice_id: str) -> dict[str, Any]:
    """How an invoice stands, for whoever has the id of its link.

    Raises:
        Http404: there is none.
    """
    one = invoices.invoice(invoice_id) if len(invoice_id) == ID_LENGTH else None
    if one is None:
        raise Http404(invoice_id)
    sums = {"amount": one.amount, "waived": one.waived, "paid": one.held, "to_pay": one.to_pay}
    return {
        "number": one.number,
        "reference": one.reference,
        "state": one.state,
        "purpose": naming.spoken(one.purpose, naming.spoken(one.version.names)),
        **{name: str(invoices.in_money(units, one.currency).amount) for name, units in sums.items()},
        "currency": one.currency,
        "due_date": one.due_date,
        "expires_date": one.expires_date,
        "receipt": one.settled_at is not None and one.held > 0,
    }


@router.get(
    "/numbers", response=list[PaymentNumbersOut], url_name="api-payments-numbers", summary="Payments in numbers"
)
def numbers(request: HttpRequest, asked: Query[NumbersAsked]) -> list[dict[str, Any]]:
    """How much is paid without cash, what is not paid, how long it takes and what goes back, in the country's currency."""
    today = timezone.localdate()
    period = Period(asked.year or today.year, today)
    return [numbers_out(one, period) for one in statistics.told_lines(period, asked.by)]


def numbers_out(line: statistics.Line, period: Period) -> dict[str, Any]:
    """A line as it is sent."""
    counts = ("payments", "electronic", "due", "overdue", "refunds")
    sums = {name: statistics.in_currency(line.told(name)) for name in ("amount", "overdue_amount", "refunded")}
    shares = {name: line.told(name) for name in ("share", "days")}
    return {
        "year": period.year,
        "key": line.key,
        "name": line.name,
        **{name: line.told(name) for name in counts},
        **{name: None if value is None else str(value) for name, value in {**sums, **shares}.items()},
        "currency": naming.pack().currency,
    }
