"""Invoices of fines: asked for through the port of payments, taken back when the fine falls, and what payments answer."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from adaldyq.base.errors import Conflict
from adaldyq.base.money import Money
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import PortAnswer
from adaldyq.kernel.ports import INVOICE, fees
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.measures.declarations.actions.relief import page_of, tell
from adaldyq.measures.declarations.models import FineInvoice, NonFiling
from adaldyq.measures.declarations.states import CANCELLED, ISSUED, PAID, UNPAID, WAITING

TAKE = "declarations.invoice.take"
FROM = {"issued": (WAITING,), "paid": (*UNPAID, CANCELLED), "cancelled": UNPAID, "owed": (PAID,)}
"""From which states an answer leads on. What is paid after the fine has fallen is noted, for it must be given back."""
INTO = {"issued": ISSUED, "paid": PAID, "cancelled": WAITING, "owed": ISSUED}
"""An invoice that payments cancelled of themselves is owed still: it waits, and the treasury takes what is paid. One whose
money was taken back is owed again. No ground waives a fine."""


def ask_invoice(fined: NonFiling, *, due_date: date, by: Actor, at: datetime) -> FineInvoice:
    """Ask payments for the invoice of a fine, as part of the act that fines."""
    amount = fined.fine_amount
    if amount is None:
        raise ValueError("a fine has an amount")
    made = FineInvoice.objects.create(
        non_filing=fined,
        payer_id=fined.person_id,
        amount=amount,
        currency=fined.fine_currency,
        issued_at=at,
        due_date=due_date,
    )
    purpose = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words = _("Fine for a declaration about %(year)s that was not filed")
            purpose[language] = words % {"year": fined.owed.year}
    wanted = fees.Invoice(fined.person_id, Money(amount, fined.fine_currency), purpose, due_date, fined.pk)
    fees.invoice(wanted, about=made, by=by, at=at)
    return made


def cancel_invoice(fallen: NonFiling, *, by: Actor, at: datetime) -> None:
    """Cancel the invoice of a fine that has fallen, as part of the act that decides; payments are told, paid or not."""
    FineInvoice.objects.filter(non_filing=fallen, state__in=UNPAID).update(state=CANCELLED, cancelled_at=at)
    for one in FineInvoice.objects.filter(non_filing=fallen):
        withdraw(port=INVOICE, about=one, by=by, at=at)


def taken(invoice: FineInvoice) -> Recorded:
    """The ledger line of what payments answered: of which fine, and how its invoice stands."""
    facts: dict[str, object] = {
        "non_filing": invoice.non_filing_id,
        "invoice": invoice.pk,
        "state": invoice.state,
        "number": invoice.number,
    }
    return Recorded([facts], {"non_filing": invoice.non_filing_id, "state": invoice.state})


@act(TAKE, records=taken)
def take_answer(*, invoice: FineInvoice, answer: PortAnswer, by: Actor, at: datetime) -> FineInvoice:
    """Take in what payments answered about an invoice, and tell the person.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it stands so already, or the answer does not lead on from how it stands.
    """
    require(by.system, TAKE)
    facts: dict[str, object] = {"number": "" if answer.state == "cancelled" else answer.number or invoice.number}
    if answer.state == PAID:
        facts |= {"paid_at": at, "payment": ", ".join(filter(None, (answer.reference, answer.day.isoformat())))}
    elif answer.state == "owed":
        facts |= {"paid_at": None, "payment": ""}
    into = INTO.get(answer.state, invoice.state)
    rows = FineInvoice.objects.filter(pk=invoice.pk, state__in=FROM.get(answer.state, ()))
    if not rows.exclude(state=into).update(state=into, **facts):
        raise Conflict(TAKE, invoice.state)
    invoice.refresh_from_db()
    if answer.state in {"issued", "paid"}:
        message, year = f"non-filing-{answer.state}", invoice.non_filing.owed.year
        tell(invoice.payer_id, message, {"year": year}, invoice.pk, at, page_of(invoice.non_filing))
    return invoice
