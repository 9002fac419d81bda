"""Acts on invoices: they are issued by a fee of the day, cancelled, and expire by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_noop

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.base.money import Money
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.deadlines.actions import DueOf, begin_deadlines, cancel_deadline, meet_deadlines
from adaldyq.kernel.deadlines.days import day_of, later
from adaldyq.kernel.deadlines.terms import Bound, Due, kind_of
from adaldyq.kernel.models import Body, Company, Person
from adaldyq.kernel.models.deadlines import OPEN
from adaldyq.kernel.states import advance
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.books import post_change, post_new, standing
from adaldyq.measures.payments.domain.amounts import minor
from adaldyq.measures.payments.domain.formulas import formula_of
from adaldyq.measures.payments.domain.references import reference_of
from adaldyq.measures.payments.models import FeeVersion, Invoice
from adaldyq.measures.payments.queries.fees import counted, fee_on
from adaldyq.measures.payments.states import CANCEL, EXPIRE

ISSUE, CANCELLED_ACT, EXPIRED_ACT = "payments.invoice.issue", "payments.invoice.cancel", "payments.invoice.expire"
TERM = "bill_payment"
EXPIRE_ACTION = "adaldyq.measures.payments.actions.invoices.expire_invoice"
REMINDERS = (3,)


@dataclass(frozen=True, slots=True)
class NewInvoice:
    """What is to be paid.

    Attributes:
        version: the fee; it must be in force on the day.
        person, company: who pays; one of them.
        purpose: for the payer to read, by language; without it, what the fee is called.
        quantity: how many things the fee counts.
        stated: the sum, when the schedule leaves it to an act.
        due_date: last day to pay; without it, as the fee counts it.
        subject_kind, subject_id: what it is for, as app.Model and key.
        request: of the port that asked for it.
    """

    version: FeeVersion
    person: Person | None = None
    company: Company | None = None
    purpose: Mapping[str, str] = field(default_factory=dict)
    quantity: int = 1
    stated: Money | None = None
    due_date: date | None = None
    subject_kind: str = ""
    subject_id: str = ""
    request: str = ""
    body: Body | None = None


def told(invoice: Invoice) -> Recorded:
    """The ledger line of a step: which invoice by its number, by which fee, for how much, and how it stands."""
    facts: dict[str, object] = {
        "invoice": invoice.number,
        "fee": invoice.version_id,
        "amount": invoice.amount,
        "currency": invoice.currency,
        "state": invoice.state,
    }
    return Recorded([facts], {"invoice": invoice.pk, "state": invoice.state})


@act(ISSUE, records=told, on="result")
def issue_invoice(*, new: NewInvoice, by: Actor, at: datetime) -> Invoice:
    """Issue an invoice by a fee that is in force. The payer gets its link.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        DomainError: `invoice-without-payer`, `fee-not-in-force`, `fee-quantity`, `fee-sum-stated` when the schedule
            leaves the sum to an act and none is given or the other way round, `amount-not-payable`, `amount-out-of-range`.
    """
    body = new.body or new.version.schedule.body
    require(policies.may_issue(by, body), ISSUE)
    day = day_of(at)
    if (new.person is None) == (new.company is None):
        raise DomainError("invoice-without-payer", field="payer")
    if fee_on(new.version.schedule, day) != new.version:
        raise DomainError("fee-not-in-force", field="fee", value=new.version.schedule.code)
    sum_, how = sum_of(new, day)
    due = new.due_date or later(day, new.version.due_days, working=True)
    number, days = new_id(), new.version.expiry_days
    invoice = Invoice.objects.create(
        number=number,
        reference=reference_of(number),
        version=new.version,
        request=new.request,
        subject_kind=new.subject_kind,
        subject_id=new.subject_id,
        person=new.person,
        company=new.company,
        body=body,
        territory_id=place_of(new, day),
        purpose=dict(new.purpose or new.version.names),
        quantity=new.quantity,
        counted=how,
        currency=sum_.currency,
        amount=minor(sum_),
        due_date=due,
        expires_date=None if days is None else due + timedelta(days),
        issued_at=at,
    )
    post_new(invoice, at)
    await_payment(invoice, at)
    return invoice


def sum_of(new: NewInvoice, day: date) -> tuple[Money, dict[str, str]]:
    """What is to be paid, and how it was counted.

    Raises:
        DomainError: as `issue_invoice`.
    """
    if new.version.schedule.stated != (new.stated is not None):
        raise DomainError("fee-sum-stated", field="amount")
    if new.stated is not None:
        if new.stated.amount <= 0:
            raise DomainError("amount-not-payable", field="amount", value=str(new.stated.amount))
        return new.stated, {}
    return counted(formula_of(new.version.formula), new.quantity, day)


def place_of(new: NewInvoice, day: date) -> str | None:
    """The territory of the payer: of the company, or where the person lives."""
    if new.company is not None:
        return new.company.territory_id
    lived = new.person.residences.filter(valid_to=None).first() if new.person else None
    return lived.territory_id if lived else None


def await_payment(invoice: Invoice, at: datetime) -> None:
    """Let the clock expire an invoice that may expire, and remind whoever pays."""
    if invoice.expires_date is None:
        return
    due = Due(
        TERM,
        gettext_noop("Pay an invoice"),
        invoice.expires_date,
        working=False,
        action=EXPIRE_ACTION,
        reminders=REMINDERS,
        href=f"payments/invoices/{invoice.pk}/",
    )
    begin_deadlines(due=due, of=[DueOf(invoice, invoice.person_id or "", invoice.expires_date)], bound=Bound(), at=at)


def note_paid(invoice: Invoice, at: datetime) -> None:
    """Note that what was due of an invoice was done."""
    meet_deadlines(kind=kind_of(invoice), subjects=[invoice.pk], name=TERM, at=at)


def locked(invoice: Invoice | str) -> Invoice:
    """An invoice as it is now, held to the end of the transaction."""
    key = invoice if isinstance(invoice, str) else invoice.pk
    return Invoice.objects.select_for_update().get(pk=key)


@act(CANCELLED_ACT, records=told, on="invoice")
def cancel_invoice(*, invoice: Invoice, by: Actor, at: datetime) -> Invoice:
    """Cancel an invoice, since what it was for has fallen. What was paid for it is to be given back.

    Raises:
        NotAllowed: `by` is neither a cashier of the body nor the system.
        Conflict: it was cancelled or given back before.
    """
    require(policies.may_issue(by, invoice.body), CANCELLED_ACT)
    now = locked(invoice)
    before = standing(now)
    done = advance(now, CANCEL, by=by, at=at)
    post_change(done, before, kind="cancel", at=at)
    for running in deadlines.of_subject(done).filter(name=TERM, state__in=OPEN):
        cancel_deadline(deadline=running, reason="cancelled", by=by, at=at)
    return done


@act(EXPIRED_ACT, records=told, on="subject")
def expire_invoice(*, subject: Invoice, by: Actor, at: datetime) -> Invoice:
    """Let an invoice expire that nobody paid by its last day. The clock calls this, once.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it was paid or cancelled.
    """
    require(by.system, EXPIRED_ACT)
    now = locked(subject)
    before = standing(now)
    done = advance(now, EXPIRE, by=by, at=at)
    post_change(done, before, kind="expire", at=at)
    return done
