"""Invoices as payers and cashiers see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Document
from adaldyq.kernel.models.documents import WITHDRAWN
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.domain.references import plain
from adaldyq.measures.payments.models import Invoice, PaymentAttempt, Refund, Waiver
from adaldyq.measures.payments.states import GIVEABLE, ISSUED, OWED, REQUESTED

__all__ = ["Invoice", "PaymentAttempt", "Refund", "Waiver"]
"""Records that pages are handed."""

RECEIPT = "payments.receipt"
DOCUMENTS: Mapping[str, object] = {RECEIPT: _("Receipt of a payment")}
"""Documents that this measure issues."""

NOBODY = Q(pk__in=[])


def invoice(key: str) -> Invoice | None:
    """The invoice of a link."""
    return with_all().filter(pk=key).first()


def with_all() -> QuerySet[Invoice]:
    """Invoices with what pages say of each."""
    return Invoice.objects.select_related("version__schedule", "body", "person", "company")


def mine(by: Actor) -> QuerySet[Invoice]:
    """Invoices of whom the viewer stands for: themselves, whoever gave them a mandate, or a company; the newest first."""
    wanted = NOBODY
    if by.acting_for.startswith("company:"):
        wanted = Q(company_id=by.acting_for.removeprefix("company:"))
    elif by.stands_for and not by.system:
        wanted = Q(person_id=by.stands_for)
    return with_all().filter(wanted).order_by("-issued_at", "-pk")


def found(by: Actor, text: str) -> Invoice | None:
    """The invoice of a number or reference, however it is spaced, for whoever collects for its body."""
    typed = plain(text)
    one = with_all().filter(Q(number=typed) | Q(reference=typed)).first() if typed else None
    return one if one is not None and policies.may_issue(by, one.body) and not by.system else None


def for_cashier(by: Actor, key: str) -> Invoice | None:
    """An invoice that the viewer collects for."""
    one = invoice(key)
    return one if one is not None and policies.may_decide(by, one.body) else None


def attempts_of(of: Invoice) -> list[PaymentAttempt]:
    """Attempts to pay an invoice, the newest first."""
    return list(of.attempts.order_by("-created_at", "-pk"))


def refunds_of(of: Invoice) -> list[Refund]:
    """Refunds of an invoice, the newest first."""
    return list(of.refunds.select_related("attempt").order_by("-requested_at", "-pk"))


def waivers_of(of: Invoice) -> list[Waiver]:
    """Waivers of an invoice, the newest first."""
    return list(of.waivers.order_by("-proposed_at", "-pk"))


def in_money(units: int, currency: str) -> Money:
    """Least units as money."""
    return money(units, currency)


def may_be_paid(of: Invoice, day: date) -> bool:
    """Whether something is left to pay, and it has not expired."""
    return of.state == ISSUED and of.to_pay > 0 and (of.expires_date is None or day <= of.expires_date)


def paid_by(of: Invoice) -> list[PaymentAttempt]:
    """Payments of an invoice that have come, the first first."""
    return list(of.attempts.filter(captured__gt=0).order_by("ended_at", "pk"))


def receipt_of(of: Invoice, language: str) -> Document | None:
    """The receipt of an invoice that was issued in a language since it was paid last, and stands."""
    issued = Document.objects.filter(kind=RECEIPT, subject_id=of.pk, language=language).exclude(state=WITHDRAWN)
    since = of.settled_at
    return issued.filter(issued_at__gte=since).order_by("-issued_at").first() if since else None


def receipts_of(of: Invoice) -> list[Document]:
    """Its receipts that stand, in all languages, the oldest first."""
    issued = Document.objects.filter(kind=RECEIPT, subject_id=of.pk).exclude(state=WITHDRAWN)
    return list(issued.order_by("issued_at", "pk"))


def surplus(by: Actor) -> list[Invoice]:
    """Invoices for which more has come and stayed than is claimed, and no refund takes it yet; the viewer's bodies' only."""
    held = F("captured") - F("refunded") - F("charged_back")
    claimed = Q(
        state__in=OWED, captured__gt=F("amount") - F("waived") - F("reduced") + F("refunded") + F("charged_back")
    )
    dropped = ~Q(state__in=OWED) & Q(captured__gt=F("refunded") + F("charged_back"))
    listed = with_all().annotate(kept=held).filter(claimed | dropped).order_by("issued_at")
    return [one for one in listed if policies.may_decide(by, one.body) and left_over(one) > 0]


def left_over(of: Invoice) -> int:
    """What has come beyond the claim and no refund takes, in least units."""
    asked = sum(of.refunds.filter(state=REQUESTED).values_list("amount", flat=True))
    return of.held - (of.claim if of.state in OWED else 0) - asked


def can_give_back(of: Invoice) -> list[PaymentAttempt]:
    """Payments of an invoice of which something may go back."""
    held = of.attempts.filter(state__in=GIVEABLE, contested=0)
    return [one for one in held.order_by("created_at") if one.captured - one.refunding - one.charged_back > 0]


def waiting_refunds(by: Actor) -> list[Refund]:
    """Refunds that wait for a second person, the oldest first; the viewer's bodies' only."""
    listed = Refund.objects.filter(state=REQUESTED).select_related("invoice__body", "invoice__version", "attempt")
    return [one for one in listed.order_by("requested_at") if policies.may_decide(by, one.invoice.body)]


def refund(by: Actor, key: str) -> Refund | None:
    """A refund that the viewer may decide about, or has asked for."""
    one = Refund.objects.select_related("invoice__body", "invoice__version", "attempt").filter(pk=key).first()
    return one if one is not None and policies.may_decide(by, one.invoice.body) else None


def payer_name(of: Invoice) -> str:
    """Who pays, in the reader's language."""
    if of.company is not None:
        return of.company.name
    return naming.names_of([of.person_id]).get(of.person_id, "") if of.person_id else ""


def concerned(of: Invoice) -> tuple[str, str]:
    """An invoice and the person it is about, for the log of reads."""
    return of.pk, of.person_id or ""


def is_overdue(of: Invoice, day: date) -> bool:
    """Whether the last day to pay has passed and something is left to pay."""
    return of.state == ISSUED and of.to_pay > 0 and day > of.due_date


def settled_day(of: Invoice) -> date | None:
    """The country's day on which it was paid in full."""
    return day_of(of.settled_at) if of.settled_at else None


def any_issued() -> bool:
    """Whether there is any invoice."""
    return Invoice.objects.exists()
