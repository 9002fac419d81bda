"""Statements of banks for whoever collects and audits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Left

from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.domain.references import plain
from adaldyq.measures.payments.domain.standing import BANK
from adaldyq.measures.payments.models import BankStatement, Invoice, PaymentAttempt, Refund, StatementEntry
from adaldyq.measures.payments.models.statements import GIVEN_BACK, TAKEN_BACK
from adaldyq.measures.payments.queries.books import KEY
from adaldyq.measures.payments.states import (
    APPROVED,
    CHARGED_BACK,
    DISPUTED,
    DONE,
    DONE_ENTRY,
    ISSUED,
    MATCHED,
    NEW_ENTRY,
    NOT_DONE,
    QUEUED,
    SENT,
    SUCCESS,
)

CANDIDATES = 10
LEFT = F("amount") - F("waived") - F("reduced") - F("captured") + F("refunded") + F("charged_back")
BEFORE, CHECKED = timedelta(days=3), slice(4, None)
"""How long before an invoice was issued a payment of it may be booked; where a reference goes on after its check digits."""


@dataclass(frozen=True, slots=True)
class Sums:
    """How far a statement is explained, in least units.

    Attributes:
        explained: sum of the entries that are explained and in the books.
        left: sum of the rest.
        waiting: how many entries wait.
    """

    explained: int
    left: int
    waiting: int


def statements(by: Actor) -> QuerySet[BankStatement]:
    """All statements, with how many of their entries wait."""
    waits = Count("entries", filter=~Q(entries__state__in=DONE_ENTRY))
    found = BankStatement.objects.annotate(waiting=waits)
    return found if policies.may_read_books(by) else found.none()


def statement(by: Actor, key: str) -> BankStatement | None:
    """One of them."""
    return statements(by).filter(pk=key).first()


def entries_of(of: BankStatement) -> QuerySet[StatementEntry]:
    """Entries of a statement, with what explains them."""
    return of.entries.select_related("invoice", "attempt__invoice", "refund").order_by("place", "pk")


def unexplained(entries: QuerySet[StatementEntry]) -> QuerySet[StatementEntry]:
    """Those of some entries that are not explained, or not in the books."""
    return entries.exclude(state__in=DONE_ENTRY, posting__gt="")


def sums(of: BankStatement) -> Sums:
    """How far a statement is explained."""
    done = Q(state__in=DONE_ENTRY, posting__gt="")
    found = of.entries.aggregate(
        explained=Sum("amount", filter=done), left=Sum("amount", filter=~done), waiting=Count("pk", filter=~done)
    )
    return Sums(found["explained"] or 0, found["left"] or 0, found["waiting"])


def queue(by: Actor) -> QuerySet[StatementEntry]:
    """Entries that wait for a person, the oldest first."""
    found = StatementEntry.objects.filter(state=QUEUED).select_related("statement", "invoice")
    return found.order_by("booked_date", "pk") if policies.may_read_books(by) else found.none()


def entry(by: Actor, key: str) -> StatementEntry | None:
    """One entry, with what explains it."""
    found = StatementEntry.objects.select_related("statement", "invoice", "attempt__invoice", "refund", "decided_by")
    return found.filter(pk=key).first() if policies.may_read_books(by) else None


def candidates(of: StatementEntry) -> Sequence[Invoice]:
    """Invoices that an entry may pay: of our key, of its reference or one that differs in the check digits, of its number, its amount."""
    if of.amount <= 0:
        return ()
    written = plain(of.reference)
    likely = Q(reference=written) | Q(pk__in=PaymentAttempt.objects.filter(pk=of.end_to_end).values("invoice"))
    if len(written) > len(written[:4]):
        likely |= Q(number=written[CHECKED])
    words = {word.strip(".,:;()№#").upper() for word in of.words.split()}
    likely |= Q(number__in=sorted(words)[:50])
    same = Invoice.objects.filter(currency=of.currency)
    found = list(same.filter(likely).order_by("issued_at", "pk")[:CANDIDATES])
    until = min(of.booked_date, date.max - BEFORE) + BEFORE
    meant = same.annotate(left=LEFT).filter(left=of.amount, state=ISSUED, issued_at__date__lte=until)
    more = meant.exclude(pk__in=[one.pk for one in found]).order_by("-issued_at", "pk")
    return [*found, *more[: CANDIDATES - len(found)]]


def refunds_for(of: StatementEntry) -> QuerySet[Refund]:
    """Refunds that an entry which went out may be: of its sum, on their way by bank, done or failed, and shown by no other entry."""
    on_its_way = Q(attempt__provider=BANK, state__in=(APPROVED, SENT))
    same = Refund.objects.filter(on_its_way | Q(state__in=(DONE, NOT_DONE)), amount=-of.amount, currency=of.currency)
    found = same.exclude(statement_entries__verdict=GIVEN_BACK).select_related("invoice__body", "attempt")
    by_bank = Case(When(on_its_way, then=0), When(state=NOT_DONE, then=2), default=1)
    return found.order_by(by_bank, "-decided_at", "pk")


def payment_taken_by(of: StatementEntry) -> PaymentAttempt | None:
    """The payment at a provider of which an entry that went out may have taken a part, or all that is left; None where there is none.

    It is that whose key the entry bears: there is so much of it, or so much was taken back as was told, and no other entry
    shows it.
    """
    if of.amount >= 0 or not of.end_to_end:
        return None
    found = PaymentAttempt.objects.exclude(provider=BANK).exclude(statement_entries__verdict=TAKEN_BACK)
    there = Q(state__in=(SUCCESS, DISPUTED), left__gte=-of.amount) | Q(state=CHARGED_BACK, charged_back=-of.amount)
    named = found.annotate(left=F("captured") - F("refunding")).filter(there, pk=of.end_to_end, currency=of.currency)
    return named.select_related("invoice__body").first()


def transfers_taken_by(of: StatementEntry) -> QuerySet[PaymentAttempt]:
    """Transfers that an entry which went out may be, taken back by the payer's bank: of its sum, and nothing of them went back yet.

    A statement has shown that each came. Those for the invoice whose reference the entry bears come first.
    """
    shown = StatementEntry.objects.filter(key=Left(OuterRef("key"), KEY))
    same = PaymentAttempt.objects.filter(Exists(shown), provider=BANK, state=SUCCESS, currency=of.currency)
    whole = same.filter(amount=-of.amount, captured=F("amount"), refunding=0, charged_back=0)
    named = Case(When(invoice__reference=plain(of.reference), then=0), default=1)
    return whole.select_related("invoice__body").order_by(named, "-ended_at", "pk")


def payment_of_key(key: str) -> PaymentAttempt | None:
    """The payment of a key, as a form sends it back."""
    return PaymentAttempt.objects.select_related("invoice__body").filter(pk=key).first()


def refund_of_key(key: str) -> Refund | None:
    """The refund of a key, as a form sends it back."""
    return Refund.objects.select_related("invoice__body", "attempt").filter(pk=key).first()


def invoice_named(text: str) -> Invoice | None:
    """The invoice of a number or a reference, as somebody types it."""
    written = plain(text)
    return Invoice.objects.filter(Q(number=written) | Q(reference=written)).first() if written else None


def invoice_of_key(key: str) -> Invoice | None:
    """The invoice of a key, as a form sends it back."""
    return Invoice.objects.filter(pk=key).first()


def unmatched_statements() -> Sequence[BankStatement]:
    """Statements that have entries which nobody has looked at yet, or that are matched and not in the books, such as after a kill."""
    left = StatementEntry.objects.filter(posting="", state__in=(NEW_ENTRY, MATCHED))
    return list(BankStatement.objects.filter(pk__in=left.values("statement")).order_by("day", "pk"))
